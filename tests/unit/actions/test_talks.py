"""What hangs on talks that are held one by one: prompts, questions, certificates."""

import datetime as dt
from collections.abc import Mapping
from functools import cache

import pytest

from engine.facts import Booked
from engine.ids import PersonId
from engine.timeline.model import Occurrence
from tests.fakes.cohorts import KICK_OFF, Live, recorded
from tests.fakes.talk_files import talk_files
from tests.fakes.talks import DAY, TIME, agreed, mentor_of, talks, told

BOOKED_BY = "        booked by: mentee\n"
WITH_PROMPTS = {
    BOOKED_BY: BOOKED_BY
    + """\
        logbook: advised
        agenda: [{en: What you want}]
        prompts:
          mentee: {before: [{en: What do you want?}], after: [{en: What was useful?}]}
          mentor: {after: [{en: What did you learn?}]}
"""
}
QUESTION = """\
      - evaluation: good-talk
        when: 1 day after the 1st held talk
        open for: 10 days
        questions:
          good: {ask: {en: Was it good?}, scale: 1-5}
"""
CERTIFICATE = """\
      - certificate: talked
        when: 8 weeks after kick-off
        for: mentees
        earned by: [1 of talk]
        text: {en: "{name} has talked."}
"""
AFTER = {BOOKED_BY: BOOKED_BY + QUESTION + CERTIFICATE}
SERIES = {
    "        times: 1\n": "        then every: 2 weeks\n        times: 3\n",
}


@cache
def _agreed(edits: tuple[tuple[str, str], ...], shape: str) -> Live:
    return agreed(recorded(talk_files(dict(edits), shape)))


def begun(edits: Mapping[str, str], shape: str = "groups") -> Live:
    return _agreed(tuple(edits.items()), shape).copied()


def about(live: Live, one: Occurrence) -> set[str]:
    return ids(live, one.slot.audience)


def ids(live: Live, people: tuple[PersonId, ...]) -> set[str]:
    return {live.record.people[one].id for one in people}


def test_the_two_are_asked_to_think_of_their_talk_and_nobody_else_is() -> None:
    live = begun(WITH_PROMPTS)
    live.book("e0", TIME)

    live.until(TIME + 2 * DAY)

    asked = {
        (live.record.people[post.person].id, section.title)
        for post in live.posts(kind="letter")
        for section in post.sections
        if section.title in ("Talk: before you meet", "Talk: afterwards")
    }
    assert asked == {
        ("e0", "Talk: before you meet"),
        ("e0", "Talk: afterwards"),
        (mentor_of(live, "e0"), "Talk: afterwards"),
    }
    assert told(live, mentor_of(live, "e0"), "afterwards") == [
        (
            "03-10",
            "You have met E0 Fugl. Take five minutes for this, while it is fresh:",
        )
    ]


def test_the_invitation_to_a_talk_has_its_agenda() -> None:
    live = begun(WITH_PROMPTS)

    live.book("e0", TIME)

    (post,) = [one for one in live.posts("e0") if one.subject == "Booked: Talk"]
    assert post.sections[0].paragraphs[1:] == (
        "A good meeting goes through:",
        "1. What you want",
    )


def test_what_is_asked_after_a_talk_is_asked_of_the_two_for_each_talk() -> None:
    live = begun(AFTER)
    for number, id_ in enumerate(("e0", "e1")):
        live.book(id_, TIME + number * DAY)
    live.until(TIME + 3 * DAY)

    for booked in live.facts(Booked):
        live.met(booked.occurrence)
    live.until(live.now + 3 * DAY)

    found = live.standing.timeline.of("good-talk")
    assert sorted(sorted(about(live, one)) for one in found) == sorted(
        sorted([id_, mentor_of(live, id_)]) for id_ in ("e0", "e1")
    )
    assert {one.slot.match for one in found} == {
        live.match_of(id_).id for id_ in ("e0", "e1")
    }
    assert len(told(live, "e0", "your opinion")) == 1
    assert told(live, "e5", "your opinion") == []


def test_a_certificate_is_earned_by_a_talk_of_ones_own_that_was_held() -> None:
    live = begun(AFTER)
    live.book("e0", TIME)
    live.book("e1", TIME + DAY)
    live.until(TIME + 3 * DAY)
    first, other = (one.occurrence for one in live.facts(Booked))

    live.met(first)
    live.met(other, held=False)
    live.until(KICK_OFF + 60 * DAY)

    assert [id_ for id_ in ("e0", "e1", "e2") if told(live, id_, "Talked")] == ["e0"]


def test_three_talks_are_three_that_were_not_told_to_have_failed() -> None:
    live = begun(SERIES)
    held = iter([True, False, True, True])

    while open_ := [
        one for one in talks(live, "e0") if one.id not in live.state.booked
    ]:
        live.book(
            "e0", max(open_[0].starts, live.now) + DAY + 10 * dt.timedelta(hours=1)
        )
        live.until(live.facts(Booked)[-1].ends + DAY)
        live.met(live.facts(Booked)[-1].occurrence, held=next(held))

    outcomes = [live.state.held[one.id][0] for one in talks(live, "e0")]
    assert outcomes == [True, False, True, True]


@pytest.mark.parametrize("booker", ["member", "consultant"])
def test_each_member_of_a_network_meets_its_consultant_alone(booker: str) -> None:
    edits = {
        "one by one: mentee": "one by one: member",
        "booked by: mentee": f"booked by: {booker}",
    }
    live = begun(edits, "networks")

    found = live.standing.timeline.of("talk")

    assert sorted(sorted(about(live, one)) for one in found) == [
        ["c1", f"n{number}"] for number in range(7)
    ]
    asked = {
        live.record.people[post.person].id
        for post in live.posts(kind="letter")
        if any("Time to book" in one.title for one in post.sections)
    }
    members = {f"n{number}" for number in range(7)}
    assert asked == (members if booker == "member" else {"c1"})


def test_who_books_for_many_is_asked_about_each_of_them() -> None:
    live = begun({"booked by: mentee": "booked by: mentor"})

    asked = told(live, mentor_of(live, "e0"), "Time to book")

    names = {text.partition("talk with ")[2].partition(".")[0] for _, text in asked}
    mentees = live.match_of("e0").members["mentee"]
    assert names == {live.record.people[one].name for one in mentees}
