"""Somebody takes another's place: what moves to them, what stays, what is refused."""

import datetime as dt
from dataclasses import replace as replaced
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.proposing import rematch
from engine.commands.reforming import exchange
from engine.facts import Noticed, Raised, Reformed
from engine.ids import MatchId
from tests.fakes.changes import (
    cancelled,
    confirm_in_turn,
    drop,
    letters,
    replace,
    swap,
    told,
)
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import KICK_OFF, Live, begun, recorded, small_files
from tests.fakes.companies import PEOPLE as COMPANY
from tests.fakes.companies import company_files, somebody

DAY = dt.timedelta(days=1)
BOOKED = KICK_OFF + 5 * DAY
PROPOSED = dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)
SPARE = person("krage")
FELLOW = person("spurv", roles=("mentee",), department="Kultur")


def booked() -> Live:
    """Return the small cohort with two who have no match, and a meeting booked."""
    live = begun()
    live.apply(small_files(people=(*PEOPLE, SPARE, FELLOW)))
    live.book("alk", BOOKED)
    return live


def groups() -> Live:
    """Return two groups that go on, a mentor and a mentee without one beside them."""
    files = company_files("groups")
    live = recorded(files)
    live.until(PROPOSED)
    live.approve()
    confirm_in_turn(live)
    live.until(KICK_OFF + DAY)
    more = (
        somebody("m2", "mentor"),
        somebody("e6", "mentee", department="Care", years=4),
    )
    live.apply(replaced(files, people=(*COMPANY["groups"], *more)))
    return live


def test_the_match_keeps_its_id_and_since_when_it_is_agreed() -> None:
    live = booked()
    before = live.state.matches[MatchId("pair-2")]

    replace(live, "pair-2", "ugle", "krage")

    members = {"mentor": (live.person("krage"),), "mentee": (live.person("alk"),)}
    assert live.facts(Reformed) == (Reformed(match=MatchId("pair-2"), members=members),)
    after = live.state.matches[MatchId("pair-2")]
    assert (after.members, after.agreed) == (members, before.agreed)
    assert after.former == {live.person("ugle"): "mentor"}


def test_what_is_booked_goes_over_and_the_other_sees_whom_they_meet() -> None:
    live = booked()
    before, count = told(live, "conversation-2"), len(live.posts("alk"))

    replace(live, "pair-2", "ugle", "krage")

    after = told(live, "conversation-2")
    assert (after.starts, after.sequence) == (before.starts, before.sequence)
    assert after.audience == (live.person("krage"), live.person("alk"))
    assert cancelled(live, "ugle") == ["Out of your calendar: Conversation"]
    (invited,) = (
        one for one in live.posts("krage") if one.subject == "Booked: Conversation"
    )
    assert invited.sections[0].paragraphs[0] == (
        "Your conversation with Alk Fugl is booked."
    )
    (update,) = live.posts("alk")[count:]
    assert (update.kind, update.method) == ("update", "request")
    assert update.entry is not None
    assert update.entry.description.startswith("With Krage Fugl.")


def test_each_is_told_apart_with_how_to_reach_whom_they_have_now() -> None:
    live = booked()
    before = {id_: len(live.posts(id_, "letter")) for id_ in ("ugle", "alk", "krage")}

    replace(live, "pair-2", "ugle", "krage")
    live.until(live.now + DAY)

    assert letters(live, "ugle", before["ugle"])[0] == (
        "Krage Fugl takes over your place",
    )
    assert letters(live, "krage", before["krage"])[0][0] == (
        "You are matched with Alk Fugl"
    )
    (section, *_) = live.posts("alk", "letter")[before["alk"]].sections
    assert section.title == "Krage Fugl takes over from Ugle Fugl"
    assert ("Email", "krage@example.org") in section.details


def test_nobody_is_asked_whether_they_met_who_was_not_there() -> None:
    live = booked()
    live.now = BOOKED + dt.timedelta(hours=1)

    replace(live, "pair-2", "ugle", "krage")
    live.until(BOOKED + 2 * DAY)

    asked = [
        post.person
        for post in live.posts(kind="letter")
        if "Conversation: did you meet?" in [one.title for one in post.sections]
    ]
    assert asked == [live.person("ugle"), live.person("alk")]


def test_a_rule_that_would_be_broken_is_named() -> None:
    live = booked()

    with pytest.raises(RefusedError) as refused:
        replace(live, "pair-2", "alk", "spurv")

    assert "spurv" in refused.value.problem
    assert "department" in refused.value.problem
    assert live.facts(Reformed) == ()


def test_a_rule_may_be_broken_on_purpose_and_is_a_task_then() -> None:
    live = booked()

    replace(live, "pair-2", "alk", "spurv", anyway=True)

    assert live.match_of("spurv").id == "pair-2"
    assert live.facts(Raised)[-1] == Raised(
        task="rule-broken/pair-2", wording="rule-broken", match=MatchId("pair-2")
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("mejse", "krage", "mejse is not in pair-2"),
        ("ugle", "alk", "alk is in pair-2 already"),
        ("ugle", "falk", "falk: more matches than places"),
        ("ugle", "spurv", "spurv is no mentor"),
    ],
)
def test_who_cannot_be_in_it_is_refused(old: str, new: str, problem: str) -> None:
    live = booked()

    with pytest.raises(RefusedError) as refused:
        replace(live, "pair-2", old, new)

    assert refused.value.problem == problem


def test_who_has_left_is_replaced_in_the_group_that_waits_for_it() -> None:
    live = groups()
    match = live.match_of("e0")
    id_ = live.record.people[match.members["mentor"][0]].id
    drop(live, id_)
    live.until(live.now + 40 * DAY)
    asked = len(live.posts("m2", "letter"))

    replace(live, match.id, id_, "m2")

    after = live.state.matches[match.id]
    assert after.members["mentor"] == (live.person("m2"),)
    assert f"place-free/{match.id}/{live.person(id_)}" not in live.state.tasks
    assert asked == 0
    window = next(
        one for one in live.standing.timeline.of("talk") if one.slot.match == match.id
    )
    assert window.ends > live.now
    live.until(live.now + 2 * DAY)
    titles = [one for titles in letters(live, "m2") for one in titles]
    assert "Time to book: Talk" in titles


def test_a_running_group_that_is_never_refilled_gets_nobody_new() -> None:
    live = groups()
    match = live.match_of("e0")
    drop(live, "e0")

    with pytest.raises(RefusedError) as refused:
        replace(live, match.id, "e0", "e6")

    assert refused.value.problem == (
        "e6 would be new in party-1, which `when someone leaves: never refill` does not"
        " allow"
    )


def test_two_of_two_groups_that_are_never_refilled_do_not_swap() -> None:
    live = groups()
    one, other = live.state.matches.values()
    places = [(each.id, each.members["mentee"][0]) for each in (one, other)]
    ids = [live.record.people[person].id for _, person in places]

    with pytest.raises(RefusedError) as refused:
        swap(live, (one.id, ids[0]), (other.id, ids[1]))

    rule = "which `when someone leaves: never refill` does not allow"
    assert refused.value.problem == (
        f"{ids[1]} would be new in {one.id}, {rule}; "
        f"{ids[0]} would be new in {other.id}, {rule}"
    )


def test_matching_anew_puts_nobody_into_a_running_group() -> None:
    live = groups()
    running = {one.id: one.members for one in live.state.matches.values()}
    drop(live, "e0")

    with pytest.raises(RefusedError):
        rematch(live.standing)

    after = {one.id: one.members["mentee"] for one in live.state.matches.values()}
    joined = [{*after[id_]} - {*was["mentee"]} for id_, was in running.items()]
    assert joined == [set()] * len(running)


def test_two_who_swap_have_each_others_partner() -> None:
    live = booked()

    swap(live, ("pair-2", "ugle"), ("pair-1", "falk"))

    assert live.match_of("alk").members["mentor"] == (live.person("falk"),)
    assert live.match_of("mejse").members["mentor"] == (live.person("ugle"),)
    assert told(live, "conversation-2").audience == (
        live.person("falk"),
        live.person("alk"),
    )


def test_two_of_one_match_do_not_swap() -> None:
    live = booked()

    with pytest.raises(RefusedError, match="both are in pair-2"):
        swap(live, ("pair-2", "ugle"), ("pair-2", "alk"))


def test_two_of_one_group_change_places_with_two_of_another_at_once() -> None:
    live = groups()
    one, other = (match for match in live.state.matches.values())
    pairs = list(zip(one.members["mentee"], other.members["mentee"], strict=False))[:2]
    exchanges = [(one.id, here, there) for here, there in pairs]
    exchanges += [(other.id, there, here) for here, there in pairs]
    since = live.state.number

    live.do(partial(exchange, exchanges=tuple(exchanges), now=live.now, anyway=True))

    become = dict(pairs)
    after = live.state.matches[one.id].members["mentee"]
    assert after == tuple(become.get(who, who) for who in one.members["mentee"])
    said = [
        (notice.person, notice.wording, notice.about)
        for notice in live.facts(Noticed)
        if notice.match == one.id and notice.notice.endswith(f"/{since}")
    ]
    stay = [who for who in one.people if who not in become]
    assert said == [
        told_of
        for out, comes in pairs
        for told_of in (
            *((who, "match-changed", comes) for who in stay),
            (comes, "match-joined", None),
            (out, "place-given", comes),
        )
    ]
