"""The windows in which the members of a match are to meet."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.ids import OccurrenceId
from engine.timeline.model import Occurrence
from tests.fakes.cohorts import Live, begun, matched, recorded, small_files

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def window(one: Occurrence) -> tuple[str, str]:
    """Return the first and the last day of a window."""
    starts, ends = (edge.astimezone(COPENHAGEN) for edge in (one.starts, one.ends))
    assert (starts.hour, starts.minute) == (0, 0)
    assert (ends.hour, ends.minute) == (23, 59)
    return starts.date().isoformat(), ends.date().isoformat()


def windows(live: Live) -> list[tuple[str, str]]:
    """Return the windows of alk's match that are not booked."""
    mine = live.match_of("alk").id
    return [
        window(one)
        for one in live.standing.timeline.of("conversation")
        if one.slot.match == mine and one.id not in live.state.booked
    ]


def at(date: str, hour: int = 10) -> dt.datetime:
    day = dt.datetime.fromisoformat(date).replace(hour=hour, tzinfo=COPENHAGEN)
    return day.astimezone(dt.UTC)


def test_before_anybody_is_matched_there_is_one_forecast_for_all() -> None:
    found = recorded().standing.timeline.of("conversation")

    assert {one.slot.match for one in found} == {None}
    assert {one.slot.firm for one in found} == {False}
    assert {len(one.slot.audience) for one in found} == {4}


def test_each_match_has_one_meeting_to_book_and_a_forecast_of_the_rest() -> None:
    found = matched().standing.timeline.of("conversation")

    firm = [(one.slot.match, one.slot.ordinal) for one in found if one.slot.firm]
    assert firm == [("pair-1", 1), ("pair-2", 1)]
    assert all(one.provisional for one in found if not one.slot.firm)


def test_the_first_window_opens_with_the_kick_off() -> None:
    assert windows(matched())[0] == ("2027-03-03", "2027-03-17")


def test_a_match_agreed_after_the_kick_off_has_its_first_window_then() -> None:
    live = recorded()
    live.until(at("2027-03-08"))
    live.approve()
    live.confirm("ugle")
    live.until(at("2027-03-15"))

    live.confirm("alk")

    assert windows(live)[0] == ("2027-03-15", "2027-03-29")


def test_the_window_after_a_booked_meeting_counts_from_that_meeting() -> None:
    live = begun()

    live.book("alk", at("2027-03-10"))

    assert windows(live)[0] == ("2027-04-07", "2027-04-21")


def test_the_window_after_one_that_was_held_counts_from_it() -> None:
    live = begun()
    live.book("alk", at("2027-03-10"))
    live.until(at("2027-03-19"))

    live.met("conversation-2")

    assert windows(live)[0] == ("2027-04-07", "2027-04-21")


def test_days_of_a_break_do_not_count_in_a_window() -> None:
    live = begun()

    live.book("alk", at("2027-06-23"))

    # Three weeks and five days before the break of four weeks, the rest behind it.
    assert windows(live)[0] == ("2027-08-18", "2027-09-01")


def test_where_breaks_are_not_told_to_rest_their_days_count() -> None:
    live = recorded(small_files({"        rests in: breaks\n": ""}))
    live.until(at("2027-02-03"))
    live.approve()
    live.confirm_all()

    live.book("alk", at("2027-06-23"))

    assert windows(live)[0] == ("2027-07-21", "2027-08-04")


@pytest.mark.parametrize("told", ["2027-03-10", "2027-03-11", "2027-03-22"])
def test_a_meeting_that_was_not_held_is_to_be_booked_again_at_once(told: str) -> None:
    live = begun()
    live.book("alk", at("2027-03-10"))
    live.until(at(told, hour=14))
    booked_one = OccurrenceId("conversation-2")

    live.met(booked_one, held=False)

    assert live.standing.timeline.occurrences[booked_one].starts == at("2027-03-10")
    assert windows(live)[0][0] == told
    (again,) = [
        one
        for one in live.standing.timeline.of("conversation")
        if one.slot.match == "pair-2" and one.slot.firm and one.id != booked_one
    ]
    assert (again.id, again.slot.ordinal) == ("conversation-3", 2)


def test_a_meeting_held_after_all_counts_again() -> None:
    live = begun()
    live.book("alk", at("2027-03-10"))
    live.until(at("2027-03-12"))
    live.met("conversation-2", held=False)

    live.met("conversation-2", held=True)

    assert windows(live)[0] == ("2027-04-07", "2027-04-21")


def test_the_last_window_ends_on_the_last_open_day_before_the_end() -> None:
    # Eleven days before this closing is the last day of the break in week 42.
    files = small_files(
        {"closing\n        lasts: 90": "11 days before closing\n        lasts: 90"},
        {"  kick-off: 2027": "  closing: 2027-11-04 13:00\n  kick-off: 2027"},
    )
    live = recorded(files)
    live.until(at("2027-02-03"))
    live.approve()
    live.confirm_all()

    live.book("alk", at("2027-09-18"))

    # The next window would open on 16 October, after the last working day.
    assert windows(live) == []


@given(day=st.integers(0, 200), hour=st.integers(8, 17))
def test_wherever_a_meeting_is_booked_windows_follow_in_order_and_within_the_year(
    day: int, hour: int
) -> None:
    live = begun()
    starts = at("2027-03-05", hour) + dt.timedelta(days=day)
    gatherings = [one.told.starts.date() for one in live.state.announced.values()]
    assume(starts.date() not in gatherings)

    live.book("alk", starts)

    mine = [
        one
        for one in live.standing.timeline.of("conversation")
        if one.slot.match == live.match_of("alk").id
    ]
    assert [one.slot.ordinal for one in mine] == list(range(1, len(mine) + 1))
    assert all(one.starts < one.ends for one in mine)
    assert all(a.starts < b.starts for a, b in pairwise(mine))
    assert mine[-1].ends <= at("2027-12-01", 23) + dt.timedelta(minutes=59)
