"""What people tell: who came, whether they will, and what is refused."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.moving import call_off
from engine.facts import Attended, Booked, Raised, Replied
from engine.ids import OccurrenceId
from tests.fakes.cohorts import (
    KICK_OFF,
    Live,
    begun,
    matched,
    recorded,
)

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TIME = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)


def booked() -> Live:
    live = begun()
    live.book("alk", TIME)
    return live


def test_who_came_is_recorded_once_and_may_be_put_right() -> None:
    live = begun()

    live.attend("kick-off-1", ugle=True, alk=False)
    live.attend("kick-off-1", ugle=True, alk=True)

    assert [(one.person, one.came) for one in live.facts(Attended)] == [
        (live.person("ugle"), True),
        (live.person("alk"), False),
        (live.person("alk"), True),
    ]
    assert "who-came/kick-off-1" not in live.state.tasks


def test_whoever_was_not_invited_did_not_come() -> None:
    live = begun()
    live.now = live.standing.timeline.occurrences[OccurrenceId("workshop-2")].ends

    with pytest.raises(RefusedError, match="ugle were not invited; leave them out"):
        live.attend("workshop-2", ugle=True)


def test_nobody_was_away_from_what_has_not_begun() -> None:
    live = begun()

    with pytest.raises(RefusedError, match="workshop-1 has not begun"):
        live.attend("workshop-1", alk=False)


def test_nobody_was_away_from_what_was_called_off() -> None:
    live = begun()
    off = OccurrenceId("workshop-1")
    live.do(partial(call_off, occurrence=off, now=live.now))
    live.now = live.state.announced[off].told.ends

    with pytest.raises(RefusedError, match="workshop-1 was called off"):
        live.attend("workshop-1", alk=False)


def test_who_came_is_not_asked_of_whoever_has_told_it_already() -> None:
    live = matched()
    live.until(KICK_OFF)
    live.now = live.state.announced[OccurrenceId("kick-off-1")].told.ends

    live.attend("kick-off-1", ugle=True, alk=True)
    live.until(live.now + 5 * DAY)

    assert [one.task for one in live.facts(Raised) if one.wording == "who-came"] == []


@pytest.mark.parametrize("occurrence", ["after-workshop-1", "nothing-7"])
def test_only_a_gathering_is_attended(occurrence: str) -> None:
    live = begun()

    with pytest.raises(RefusedError, match=f"{occurrence} is no gathering"):
        live.attend(occurrence, alk=True)


def test_a_meeting_of_a_match_is_told_held_and_not_attended() -> None:
    live = booked()

    with pytest.raises(RefusedError, match="is no gathering"):
        live.attend(live.facts(Booked)[0].occurrence, alk=True)


def test_whoever_was_away_is_not_asked_about_it() -> None:
    live = begun()
    live.until(dt.datetime(2027, 5, 5, 15, tzinfo=dt.UTC))

    live.attend("workshop-1", alk=False, mejse=True)
    live.until(live.now + 10 * DAY)

    asked = {
        id_: len([one for one in live.posts(id_) if "your opinion" in one.subject])
        for id_ in ("alk", "mejse")
    }
    assert asked == {"alk": 0, "mejse": 3}


def test_the_answer_to_an_invitation_keeps_the_sequence_that_it_answered() -> None:
    live = begun()

    live.accept("workshop-1", "alk")
    live.accept("workshop-1", "alk")

    assert live.facts(Replied) == (
        Replied(
            occurrence=OccurrenceId("workshop-1"),
            person=live.person("alk"),
            answer="accepted",
            sequence=0,
        ),
    )


@pytest.mark.parametrize(
    ("occurrence", "id_"), [("workshop-2", "ugle"), ("nothing-1", "alk")]
)
def test_an_answer_to_no_invitation_is_refused(occurrence: str, id_: str) -> None:
    live = begun()

    with pytest.raises(RefusedError, match=f"no invitation to {occurrence}"):
        live.accept(occurrence, id_)


REFUSED: list[Callable[[Live], None]] = [
    lambda live: live.book("alk", live.now - HOUR),
    lambda live: live.met("conversation-1"),
    lambda live: live.attend("nothing", alk=True),
    lambda live: live.accept("nothing", "alk"),
    lambda live: live.answer("nothing", "alk"),
]


@pytest.mark.parametrize("command", REFUSED)
def test_a_refused_command_changes_nothing(command: Callable[[Live], None]) -> None:
    live = matched()
    before, messages = live.history(), live.messages()

    with pytest.raises(RefusedError):
        command(live)

    assert (live.history(), live.messages()) == (before, messages)


def test_a_held_date_becomes_an_invitation_with_the_same_uid_and_sequence() -> None:
    live = recorded()

    live.until(KICK_OFF - 20 * DAY)

    shown = [
        (post.subject, post.method, entry.uid, entry.sequence)
        for post in live.posts("alk")
        if (entry := post.entry) is not None and "Kick off" in post.subject
    ]
    uid = live.record.uid(OccurrenceId("kick-off-1"))
    assert shown == [
        ("Please keep the date: Kick off", "request", uid, 0),
        ("Invitation: Kick off", "request", uid, 0),
    ]
    told = live.state.announced[OccurrenceId("kick-off-1")].told
    assert (told.revision, told.stage) == (1, "invited")
