"""What a letter tells, and when: together, in hours, one a day, nothing moot."""

import datetime as dt
from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.actions.due import owed
from engine.commands.answers import answer
from engine.commands.decision import Decision
from engine.facts import Event, Noticed, Posted
from engine.ids import ActionId, OccurrenceId
from engine.posts import Post
from tests.fakes.cohorts import (
    FIRST_WORKSHOP,
    KICK_OFF,
    Live,
    begun,
    matched,
    proposed,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def happen(live: Live, *events: Event) -> None:
    """Let something be recorded, now."""
    live.do(lambda _: Decision(events=events))


def silence(live: Live, name: str, about: str) -> Noticed:
    """Return a notice to alk that somebody has not answered."""
    return Noticed(
        notice=name,
        person=live.person("alk"),
        wording="no-answer-on-match",
        about=live.person(about),
    )


def asked_again(live: Live, wording: str, occurrence: str) -> Noticed:
    """Return a reminder to alk."""
    return Noticed(
        notice="late",
        person=live.person("alk"),
        wording=wording,
        occurrence=OccurrenceId(occurrence),
    )


def letters(live: Live, id_: str) -> tuple[Post, ...]:
    return live.posts(id_, "letter")


def leaving(live: Live) -> dict[str, list[dt.datetime]]:
    """Return when the letters to each person leave, in local time."""
    found: dict[str, list[dt.datetime]] = {}
    for one in live.messages():
        if one.kind == "letter":
            local = one.not_before.astimezone(COPENHAGEN)
            found.setdefault(one.recipient, []).append(local)
    return found


def assert_one_a_day_and_in_hours(live: Live) -> None:
    for moments in leaving(live).values():
        days = [moment.date() for moment in moments]
        assert max(Counter(days).values()) == 1
        assert all(8 <= moment.hour < 16 for moment in moments)
        assert all(live.record.days.is_open(day) for day in days)


def test_several_notices_on_one_day_become_one_letter() -> None:
    live = matched()
    live.until(dt.datetime(2027, 2, 22, 9, tzinfo=dt.UTC))
    before = len(letters(live, "alk"))
    for name, about in {"c": "mejse", "a": "ugle", "b": "falk"}.items():
        happen(live, silence(live, name, about))

    live.until(live.now + HOUR)

    (one,) = letters(live, "alk")[before:]
    assert [section.title for section in one.sections] == [
        "No answer yet: Ugle Fugl",
        "No answer yet: Falk Fugl",
        "No answer yet: Mejse Fugl",
    ]
    assert one.subject == "No answer yet: Ugle Fugl (and 2 more)"
    assert live.facts(Posted)[-1].told == ("a", "b", "c")


def test_a_letter_of_one_thing_has_that_as_its_subject() -> None:
    live = matched()

    live.until(KICK_OFF)

    assert letters(live, "alk")[-1].subject == "Time to book: Conversation"


def test_what_comes_after_the_letter_of_a_day_waits_for_the_next_morning() -> None:
    live = matched()
    live.until(dt.datetime(2027, 2, 24, 9, tzinfo=dt.UTC))
    assert letters(live, "alk")[-1].subject == "Read up"
    before = len(letters(live, "alk"))

    happen(live, silence(live, "more", "falk"))
    live.until(live.now + 10 * HOUR)
    same_day = len(letters(live, "alk")) - before
    live.until(live.now + 20 * HOUR)

    assert same_day == 0
    (next_one,) = letters(live, "alk")[before:]
    assert next_one.date.isoformat() == "2027-02-25T08:00:00+01:00"


def test_a_whole_year_writes_one_letter_a_day_at_the_most_and_in_hours() -> None:
    live = begun()

    live.until(KICK_OFF + 400 * DAY)

    assert_one_a_day_and_in_hours(live)


@settings(max_examples=25)
@given(
    gaps=st.lists(st.integers(1, 20), min_size=5, max_size=20),
    noticed=st.sets(st.integers(0, 19), min_size=3),
)
def test_however_the_service_runs_nobody_gets_two_letters_on_one_day(
    gaps: list[int], noticed: set[int]
) -> None:
    live = begun()

    for turn, gap in enumerate(gaps):
        live.outage(live.now + gap * HOUR)
        if turn in noticed:
            happen(live, silence(live, f"n{turn}", "falk"))

    assert_one_a_day_and_in_hours(live)


def test_a_letter_written_at_night_is_the_letter_of_the_next_morning() -> None:
    live = matched()
    live.until(dt.datetime(2027, 2, 22, 9, tzinfo=dt.UTC))
    happen(live, silence(live, "in time", "falk"))
    live.outage(dt.datetime(2027, 2, 22, 21, tzinfo=dt.UTC))
    before = len(letters(live, "alk"))
    live.now = dt.datetime(2027, 2, 23, 8, tzinfo=dt.UTC)

    happen(live, silence(live, "later", "ugle"))
    live.until(live.now + HOUR)

    assert letters(live, "alk")[before:] == ()
    live.until(live.now + DAY)
    assert_one_a_day_and_in_hours(live)


def test_nothing_is_written_in_a_break() -> None:
    live = matched()
    live.until(dt.datetime(2027, 7, 13, 9, tzinfo=dt.UTC))  # in the summer break
    before = len(letters(live, "alk"))
    waiting = set(live.state.waiting)

    happen(live, silence(live, "in summer", "ugle"))
    live.until(dt.datetime(2027, 8, 8, 21, tzinfo=dt.UTC))

    assert letters(live, "alk")[before:] == ()
    assert set(live.state.waiting) >= waiting | {"in summer"}
    live.until(dt.datetime(2027, 8, 9, 9, tzinfo=dt.UTC))
    (one,) = letters(live, "alk")[before:]
    assert one.date.isoformat() == "2027-08-09T08:00:00+02:00"


def test_whoever_has_answered_meanwhile_is_not_asked() -> None:
    live = begun()
    live.until(dt.datetime(2027, 5, 7, 5, tzinfo=dt.UTC))
    opens = dt.datetime(2027, 5, 7, 6, tzinfo=dt.UTC)
    who = {one: live.person(one) for one in ("alk", "mejse")}
    live.now = opens
    # The notices are written at eight o'clock; alk answers before the letters are.
    while not [one for one in live.state.waiting if "after-workshop" in one]:
        live.step()
    live.do(
        lambda one: answer(
            one,
            occurrence=OccurrenceId("after-workshop-1"),
            person=who["alk"],
            answers={"useful": 5},
            ballot="b",
            now=opens,
        )
    )
    before = {id_: len(letters(live, id_)) for id_ in who}

    live.until(opens + HOUR)

    assert [len(letters(live, id_)) - before[id_] for id_ in who] == [0, 1]
    moot = [one.moot for one in live.facts(Posted) if one.person == who["alk"]]
    assert moot[-1] == (f"after-workshop-1/open/{who['alk']}",)


def test_a_letter_that_nothing_is_left_of_is_not_counted() -> None:
    live = begun()
    live.book("alk", live.now + 3 * DAY)
    count = live.state.letters[live.person("alk")]

    happen(live, asked_again(live, "book-meeting-again", live.conversations("alk")[0]))
    live.until(live.now + 2 * HOUR)

    assert live.state.letters[live.person("alk")] == count
    assert live.facts(Posted)[-1] == Posted(
        letter="", person=live.person("alk"), told=(), moot=("late",)
    )


def test_nobody_is_asked_for_what_has_closed_by_the_time_of_the_letter() -> None:
    live = begun()
    live.until(dt.datetime(2027, 5, 14, 7, tzinfo=dt.UTC))
    # The last reminder is written, and then nothing runs until Wednesday.
    before = len(letters(live, "alk"))
    happen(live, asked_again(live, "evaluation-again", "after-workshop-1"))

    live.outage(dt.datetime(2027, 5, 19, 9, tzinfo=dt.UTC))

    asked = [one.subject for one in letters(live, "alk")[before:]]
    assert not [subject for subject in asked if "your opinion" in subject]
    assert "late" not in live.state.waiting


def test_after_an_outage_a_letter_tells_each_thing_once() -> None:
    live = begun()
    live.until(FIRST_WORKSHOP + HOUR)
    before = len(letters(live, "alk"))

    live.outage(dt.datetime(2027, 5, 14, 9, tzinfo=dt.UTC))

    (one,) = letters(live, "alk")[before:]
    titles = [section.title for section in one.sections]
    assert [title for title in titles if "opinion" in title] == [
        "After workshop: your opinion"
    ]
    assert len(set(titles)) == len(titles)


def test_letters_of_a_moment_come_after_all_else_that_is_due_then() -> None:
    live = begun()
    live.until(dt.datetime(2027, 5, 7, 5, tzinfo=dt.UTC))
    live.now = dt.datetime(2027, 5, 7, 6, tzinfo=dt.UTC)
    live.step()

    due = [one for one in live.standing.actions if one.due <= live.now]

    kinds = ["letter" if one.activity == "letters" else "action" for one in due]
    assert sorted(kinds) == kinds
    assert "letter" in kinds
    assert all(a.due <= b.due for a, b in pairwise(owed(live.record, ())))


def test_nobody_has_a_letter_due_while_nothing_waits_for_them() -> None:
    live = proposed()

    due = {one.id for one in live.standing.actions if one.activity == "letters"}

    waiting = {one.notice.person for one in live.state.waiting.values()}
    assert due == {
        ActionId(f"letter/{who}/{live.state.letters.get(who, (0,))[0] + 1}")
        for who in waiting
    }
