"""What every store does, whatever it stands on: subclass and give a `world`."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.facts import Done, Enrolled, Fact
from engine.ids import CohortId, PersonId
from engine.ports import Change, ConflictError
from tests.fakes.samples import (
    ANNA,
    BO,
    COHORT,
    LEASE,
    NOW,
    OTHER,
    World,
    change,
    done,
    link,
    message,
    participant,
    response,
)

DAY = dt.timedelta(days=1)


class StoreContract:
    """The store's half of `engine.ports`."""

    def test_an_unknown_cohort_is_empty(self, world: World) -> None:
        assert world.store.cohorts() == ()
        assert world.store.due(NOW) == ()
        assert world.store.next_due(COHORT) is None
        assert world.store.frozen(COHORT) is None
        assert world.store.people(COHORT) == ()
        assert world.store.facts(COHORT) == ()
        assert world.store.responses(COHORT) == ()
        assert world.store.link("0" * 64) is None
        assert world.store.next_person() == 1

    def test_facts_are_numbered_after_the_expected_one(self, world: World) -> None:
        world.store.append(COHORT, change([done("a"), done("b")]), expected=0)
        world.store.append(COHORT, change([done("c")], at=NOW + DAY), expected=2)

        assert world.store.facts(COHORT, after=1) == (
            Fact(cohort=COHORT, number=2, at=NOW, actor="schedule", event=done("b")),
            Fact(
                cohort=COHORT, number=3, at=NOW + DAY, actor="schedule", event=done("c")
            ),
        )
        assert world.store.facts(OTHER) == ()

    def test_an_instant_from_another_zone_comes_back_in_utc(self, world: World) -> None:
        oslo = dt.timezone(dt.timedelta(hours=2))
        world.store.append(
            COHORT,
            change([done("a")], at=NOW.astimezone(oslo), next_due=NOW.astimezone(oslo)),
            expected=0,
        )

        assert world.store.facts(COHORT)[0].at.utcoffset() == dt.timedelta(0)
        assert world.store.next_due(COHORT) == NOW

    @pytest.mark.parametrize("field", ["at", "next_due"])
    def test_a_naive_moment_is_refused(self, world: World, field: str) -> None:
        naive = NOW.replace(tzinfo=None)

        with pytest.raises(ValueError, match="no time zone"):
            world.store.append(
                COHORT, change([done("a")], **{field: naive}), expected=0
            )

        assert world.store.cohorts() == ()

    @pytest.mark.parametrize("expected", [0, 1, 3])
    def test_whoever_decided_on_other_facts_is_refused_whole(
        self, world: World, expected: int
    ) -> None:
        world.store.append(COHORT, change([done("a"), done("b")]), expected=0)
        late = change(
            [done("c")],
            next_due=NOW,
            frozen="{}",
            people=[participant()],
            messages=[message("m")],
            links=[link("1" * 64)],
            responses=[response("b1")],
        )

        with pytest.raises(ConflictError):
            world.store.append(COHORT, late, expected=expected)

        assert len(world.store.facts(COHORT)) == 2
        assert world.store.next_due(COHORT) is None
        assert world.store.frozen(COHORT) is None
        assert world.store.people(COHORT) == ()
        assert world.outbox.standings() == ()
        assert world.store.link("1" * 64) is None
        assert world.store.responses(COHORT) == ()

    def test_an_unknown_cohort_starts_at_nothing(self, world: World) -> None:
        with pytest.raises(ConflictError):
            world.store.append(COHORT, change([done("a")]), expected=4)

        assert world.store.cohorts() == ()

    def test_a_change_without_facts_moves_the_due_moment(self, world: World) -> None:
        world.store.append(COHORT, change(next_due=NOW), expected=0)
        world.store.append(COHORT, change([done("a")], next_due=NOW + DAY), expected=0)
        world.store.append(COHORT, change(next_due=None), expected=1)

        assert world.store.next_due(COHORT) is None
        assert len(world.store.facts(COHORT)) == 1

    def test_due_cohorts_come_oldest_first(self, world: World) -> None:
        third, never = CohortId("c/3"), CohortId("c/4")
        world.store.append(COHORT, change(next_due=NOW), expected=0)
        world.store.append(OTHER, change(next_due=NOW - DAY), expected=0)
        world.store.append(third, change(next_due=NOW + DAY), expected=0)
        world.store.append(never, change(next_due=None), expected=0)

        assert world.store.due(NOW) == (OTHER, COHORT)
        assert world.store.due(NOW + DAY) == (OTHER, COHORT, third)
        assert world.store.cohorts() == (COHORT, third, never, OTHER)

    def test_cohorts_are_in_plain_order_whatever_the_database_speaks(
        self, world: World
    ) -> None:
        # In Danish aa comes last, and letters of both cases stand together.
        names = [CohortId(name) for name in ("aa/1", "B/1", "b/1", "a-b/1", "ab/1")]
        for name in names:
            world.store.append(name, change(next_due=NOW), expected=0)

        assert world.store.cohorts() == tuple(sorted(names))
        assert world.store.due(NOW) == tuple(sorted(names))

    def test_the_newest_revision_is_in_force(self, world: World) -> None:
        world.store.append(COHORT, change([done("a")], frozen='{"a": 1}'), expected=0)
        world.store.append(COHORT, change([done("b")]), expected=1)

        assert world.store.frozen(COHORT) == (1, '{"a": 1}')

        world.store.append(COHORT, change([done("c")], frozen='{"å": 2}'), expected=2)

        assert world.store.frozen(COHORT) == (2, '{"å": 2}')

    def test_people_come_back_as_they_were_in_order_of_surrogate(
        self, world: World
    ) -> None:
        both = [participant(BO), participant(ANNA)]
        world.store.append(COHORT, change(people=both), expected=0)

        assert world.store.people(COHORT) == (participant(ANNA), participant(BO))
        assert world.store.people(OTHER) == ()
        assert world.store.next_person() == 11

    def test_a_person_is_overwritten_and_stays_the_same_person(
        self, world: World
    ) -> None:
        renamed = participant(name="Anna Holm", email="Holm@Example.org", values={})
        world.store.append(COHORT, change(people=[participant()]), expected=0)
        world.store.append(COHORT, change(people=[renamed]), expected=0)

        assert world.store.people(COHORT) == (renamed,)
        assert world.store.surrogates(["holm@example.org", "p2@example.org"]) == {
            "holm@example.org": ANNA
        }

    def test_one_person_takes_part_in_two_cohorts_differently(
        self, world: World
    ) -> None:
        there = participant(id="other", roles=("mentee",), department="IT", values={})
        world.store.append(COHORT, change(people=[participant()]), expected=0)
        world.store.append(OTHER, change(people=[there]), expected=0)

        assert world.store.people(COHORT) == (participant(),)
        assert world.store.people(OTHER) == (there,)

    def test_a_surrogate_minted_twice_is_refused(self, world: World) -> None:
        somebody = participant(email="bo@example.org")
        world.store.append(COHORT, change(people=[participant()]), expected=0)

        with pytest.raises(ConflictError):
            world.store.append(OTHER, change(people=[somebody]), expected=0)

        assert world.store.people(COHORT) == (participant(),)
        assert world.store.cohorts() == (COHORT,)

    def test_an_address_has_one_surrogate(self, world: World) -> None:
        twin = participant(BO, email="P2@EXAMPLE.ORG")
        world.store.append(COHORT, change(people=[participant()]), expected=0)

        with pytest.raises(ConflictError):
            world.store.append(OTHER, change(people=[twin]), expected=0)

        assert world.store.surrogates(["p2@example.org"]) == {"p2@example.org": ANNA}

    def test_a_link_is_found_by_its_hash_and_kept_as_it_was(self, world: World) -> None:
        first, again = link("1" * 64), link("1" * 64, scope="book", expires=None)
        feed = link("2" * 64, scope="feed", subject="", expires=None)
        world.store.append(COHORT, change(links=[first, feed]), expected=0)
        world.store.append(COHORT, change(links=[again]), expected=0)

        assert world.store.link("1" * 64) == first
        assert world.store.link("2" * 64) == feed
        assert world.store.link("3" * 64) is None

    def test_what_people_wrote_is_kept_by_its_name(self, world: World) -> None:
        world.store.append(COHORT, change(written={"a/place-1": "Café Ø"}), expected=0)
        world.store.append(COHORT, change(written={"b/place-2": "="}), expected=0)

        assert world.store.written(COHORT) == {"a/place-1": "Café Ø", "b/place-2": "="}
        assert world.store.written(OTHER) == {}

    def test_responses_are_in_order_of_ballot_not_of_handing_in(
        self, world: World
    ) -> None:
        for ballot in ("c", "a", "b"):
            world.store.append(COHORT, change(responses=[response(ballot)]), expected=0)
        world.store.append(
            COHORT, change(responses=[response("d", "after-workshop-1")]), expected=0
        )

        assert world.store.responses(COHORT) == (
            response("d", "after-workshop-1"),
            response("a"),
            response("b"),
            response("c"),
        )
        assert world.store.responses(OTHER) == ()

    def test_a_message_with_a_known_key_is_passed_over(self, world: World) -> None:
        again = message("m", payload=b"other\r\n")
        world.post(message("m"))
        world.post(again, message("n"))

        (claim,) = world.outbox.claim(now=NOW, lease=LEASE)

        assert claim.message == message("m")
        assert world.statuses() == {"m": "leased", "n": "pending"}

    def test_of_two_that_append_at_once_one_is_refused(self, world: World) -> None:
        def append(number: int) -> bool:
            mine = change(
                [done(f"{number}"), Enrolled(person=PersonId("p1"), roles=())],
                messages=[message(f"{number}", lane="l")],
            )
            try:
                world.store.append(COHORT, mine, expected=0)
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            won = list(pool.map(append, range(8)))

        assert won.count(True) == 1
        assert len(world.store.facts(COHORT)) == 2
        assert len(world.outbox.standings()) == 1

    def test_each_of_many_appends_finds_its_place(self, world: World) -> None:
        def append(number: int) -> None:
            while True:
                expected = len(world.store.facts(COHORT))
                mine: Change = change([done(str(number))])
                try:
                    return world.store.append(COHORT, mine, expected=expected)
                except ConflictError:
                    continue

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(append, range(12)))

        facts = world.store.facts(COHORT)
        actions = [fact.event for fact in facts]
        assert [fact.number for fact in facts] == list(range(1, 13))
        assert {a.action for a in actions if isinstance(a, Done)} == {
            str(number) for number in range(12)
        }
