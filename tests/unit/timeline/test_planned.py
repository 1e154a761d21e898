"""Meetings on planned days, what lies between and around them, and tracks."""

import datetime as dt
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.circle_files import circle_files
from tests.fakes.cohorts import Live, recorded

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@cache
def _agreed() -> Live:
    live = recorded(circle_files())
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    live.until(live.now + dt.timedelta(days=1))
    live.confirm_all()
    return live


def agreed() -> Live:
    """Return the cohort, all of whose matches are agreed, before its kick-off."""
    return _agreed().copied()


def shown(live: Live, activity: str) -> list[tuple[str, str, str]]:
    """Return from when to when each is, and for whom."""
    return [
        (
            one.starts.astimezone(COPENHAGEN).strftime("%a %F %H:%M"),
            one.ends.astimezone(COPENHAGEN).strftime("%a %F %H:%M"),
            " ".join(live.record.people[who].id for who in one.slot.audience),
        )
        for one in live.standing.timeline.of(activity)
    ]


def test_each_match_meets_on_the_planned_days_after_working_hours() -> None:
    days = ["Tue 2027-03-09", "Tue 2027-04-06", "Tue 2027-05-04"]

    assert shown(agreed(), "round") == [
        (f"{day} 16:00", f"{day} 18:00", people)
        for day in days
        for people in ("falk mejse", "ugle alk")
    ]


def test_before_anybody_is_matched_planned_meetings_are_forecasts_for_all() -> None:
    found = recorded(circle_files()).standing.timeline.of("round")

    assert [one.slot.firm for one in found] == [False] * 3
    assert {len(one.slot.audience) for one in found} == {4}


def test_work_between_meetings_is_for_its_track_and_due_before_the_next() -> None:
    assert shown(agreed(), "essay") == [
        ("Wed 2027-03-10 08:00", "Fri 2027-04-02 23:59", "alk"),
        ("Wed 2027-04-07 08:00", "Fri 2027-04-30 23:59", "alk"),
    ]


def test_others_meet_after_each_round_but_the_last_and_before_each_but_the_first() -> (
    None
):
    live = agreed()

    assert shown(live, "review") == [
        ("Wed 2027-03-10 09:00", "Wed 2027-03-10 10:00", "ugle falk"),
        ("Wed 2027-04-07 09:00", "Wed 2027-04-07 10:00", "ugle falk"),
    ]
    assert shown(live, "preparation") == [
        ("Mon 2027-04-05 09:00", "Mon 2027-04-05 10:00", "ugle falk"),
        ("Mon 2027-05-03 09:00", "Mon 2027-05-03 10:00", "ugle falk"),
    ]


def test_what_lasts_days_is_midway_on_its_weekday_with_every_day_open() -> None:
    assert shown(agreed(), "camp") == [
        ("Tue 2027-07-06 09:00", "Thu 2027-07-08 16:00", "ugle falk alk mejse")
    ]


def test_what_lasts_days_keeps_clear_of_a_holiday_in_the_middle() -> None:
    # Ascension Day is Thursday 6 May: the nearest three open days from a Tuesday.
    edits = {"midway between kick-off and closing": "9 weeks after kick-off"}

    live = recorded(circle_files(edits))

    assert [one[0] for one in shown(live, "camp")] == ["Tue 2027-05-11 09:00"]


def test_an_agreement_is_open_for_each_match_from_the_day_it_counts_from() -> None:
    assert shown(agreed(), "contract") == [
        ("Wed 2027-03-03 13:00", "Wed 2027-03-24 23:59", "falk mejse"),
        ("Wed 2027-03-03 13:00", "Wed 2027-03-24 23:59", "ugle alk"),
    ]


def test_the_cohort_file_moves_one_round_of_all_matches() -> None:
    files = circle_files()
    dates = {**files.frozen.cohort.dates}
    moved = type(dates["kick-off"]).parse("2027-04-08 15:00")
    cohort = files.frozen.cohort.model_copy(
        update={"dates": {**dates, "round 2": moved}}
    )
    frozen = files.frozen.model_copy(update={"cohort": cohort})
    live = agreed()
    live.until(dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC))
    told = len(live.posts())
    live.apply(type(files)(id=files.id, frozen=frozen, people=files.people))

    second = [one for one in shown(live, "round") if "04-0" in one[0]]

    assert second == [
        ("Thu 2027-04-08 15:00", "Thu 2027-04-08 17:00", people)
        for people in ("falk mejse", "ugle alk")
    ]
    assert [(post.kind, post.key) for post in live.posts()[told:]] == [
        ("update", f"relay/2027/{round_}/r1/{live.person(who)}")
        for round_, pair in (("round-2", "falk mejse"), ("round-5", "ugle alk"))
        for who in pair.split()
    ]


@pytest.mark.parametrize(
    ("cadence", "windows"),
    [
        ("4 to 6 weeks", [28, 28, 28]),
        ("2 to 3 weeks for 2 months, then 5 to 6 weeks", [14, 14, 14, 14, 35]),
    ],
)
def test_meetings_that_are_booked_come_further_apart_as_the_spec_says(
    cadence: str, windows: list[int]
) -> None:
    live = recorded(
        circle_files({"then every: 4 to 6 weeks": f"then every: {cadence}"})
    )
    days = [
        tuple(edge.astimezone(COPENHAGEN).date() for edge in (one.starts, one.ends))
        for one in live.standing.timeline.of("conversation")
    ]

    gaps = [
        (later[0] - (first + (last - first) // 2)).days
        for (first, last), later in pairwise(days)
    ]

    assert gaps[: len(windows)] == windows
