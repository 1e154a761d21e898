"""A mentee with several mentors, each in a pair of its own."""

from dataclasses import replace

from engine.commands.ending import end
from engine.commands.proposing import rematch
from engine.facts import Proposed
from engine.problems import problem
from tests.fakes.cohorts import PEOPLE, Live, person, recorded, small_files

TWO = {"    require:\n": "    require:\n      - each mentee: 2 mentors\n"}
ROOM = [
    replace(one, values={**one.values, "capacity": 2}) if "mentor" in one.roles else one
    for one in PEOPLE
]


def agreed(live: Live) -> Live:
    """Return the cohort after its matches were approved and agreed to."""
    live.until(live.now.replace(month=2, day=3))
    live.approve()
    live.until(live.now.replace(day=4))
    live.confirm_all()
    return live


def pairs(live: Live) -> list[tuple[str, ...]]:
    """Return the ids of each pair that goes on."""
    return sorted(
        tuple(live.record.people[one].id for one in match.people)
        for match in live.state.matches.values()
        if not match.dissolved
    )


def test_each_has_two_pairs_and_meets_in_each() -> None:
    live = agreed(recorded(small_files(TWO, people=ROOM)))

    assert pairs(live) == [
        ("falk", "alk"),
        ("falk", "mejse"),
        ("ugle", "alk"),
        ("ugle", "mejse"),
    ]
    alk = live.person("alk")
    met = {
        one.slot.match
        for one in live.standing.timeline.of("conversation")
        if alk in one.slot.audience
    }
    assert met == {one.id for one in live.state.matches.values() if alk in one.people}


def test_whoever_has_one_of_two_is_matched_with_somebody_else_as_well() -> None:
    live = agreed(recorded(small_files(TWO, people=PEOPLE[:1] + PEOPLE[2:])))
    assert pairs(live) == [("ugle", "alk"), ("ugle", "mejse")]

    live.apply(small_files(TWO, people=[*PEOPLE[:1], person("falk"), *PEOPLE[2:]]))
    asked = problem(live.record, "pair")
    live.do(rematch)

    assert {asked.room(live.person(one)) for one in ("alk", "mejse")} == {1}
    (laid,) = live.facts(Proposed)[-1:]
    assert [
        tuple(
            live.record.people[one].id
            for those in each.members.values()
            for one in those
        )
        for each in laid.matches
    ] == [("falk", "mejse")]
    assert live.person("alk") not in laid.unmatched


def test_whose_one_pair_ends_keeps_the_other() -> None:
    live = agreed(recorded(small_files(TWO, people=ROOM)))
    gone = live.match_of("alk")

    live.do(lambda one: end(one, match=gone.id, now=live.now))

    assert len(pairs(live)) == 3
    asked = problem(live.record, "pair")
    assert (asked.room(live.person("alk")), asked.room(live.person("mejse"))) == (1, 0)
