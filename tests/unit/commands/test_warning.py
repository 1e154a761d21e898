"""What a plan warns of: what is easily overlooked, and stops nothing."""

import datetime as dt
from functools import partial

from engine.commands.foreseeing import foresee
from engine.commands.importing import edits, in_turn
from engine.commands.moving import call_off, reschedule
from engine.ids import OccurrenceId
from engine.plan import Plan
from engine.spec.rows import Row
from tests.fakes.cohorts import Live, begun, small_files
from tests.unit.timeline.test_planned import agreed

DAY = dt.timedelta(days=1)
WINDS, CAREERS, BALANCE = (OccurrenceId(f"workshop-{one}") for one in (1, 2, 3))


def moved(live: Live, occurrence: OccurrenceId, starts: dt.datetime) -> Plan:
    """Return what moving something would come to."""
    move = partial(reschedule, occurrence=occurrence, starts=starts, now=live.now)
    return foresee(live.unit, live.cohort, move, now=live.now).plan


def at(live: Live, occurrence: OccurrenceId) -> dt.datetime:
    """Return when something begins."""
    return live.standing.timeline.occurrences[occurrence].starts


def test_what_was_called_off_and_has_another_date_in_the_file_stays_off() -> None:
    live = begun()
    live.do(partial(call_off, occurrence=CAREERS, now=live.now))
    first = "kick-off: 2027-03-03 13:00"
    dates = {first: f"{first}\n  workshop 2: 2027-07-07"}
    dated = small_files(cohort=dates)

    newly = live.plan(dated)
    live.apply(dated)
    again = live.plan(small_files({"lasts: 4 hours": "lasts: 5 hours"}, cohort=dates))

    assert newly.warns == (
        (
            "Workshop: Careers (workshop-2) was called off and stays so, though the"
            " file has it on 2027-07-07; write a gathering of its own for that day"
        ),
    )
    assert again.warns == ()


def test_a_move_to_a_closed_day_is_warned_of_whatever_moves_it() -> None:
    live = begun()
    easter = dt.datetime(2027, 3, 26, 9, tzinfo=dt.UTC)
    cells = {"occurrence": WINDS, "starts": "2027-03-26 10:00"}
    changed = edits(live.standing, {"ahead": [Row(line=2, cells=cells)]}, now=live.now)
    by_table = in_turn(live.unit, changed, now=live.now)

    tabled = foresee(live.unit, live.cohort, by_table, now=live.now).plan

    warning = "Workshop: Winds (workshop-1) would be on 2027-03-{}, which is closed: {}"
    good_friday = (warning.format(26, "Langfredag"),)
    assert (moved(live, WINDS, easter).warns, tabled.warns) == (good_friday,) * 2
    assert moved(live, WINDS, easter + DAY).warns == (warning.format(27, "a Saturday"),)
    assert moved(live, WINDS, easter - 2 * DAY).warns == ()


def test_what_would_come_after_the_next_of_its_series_is_warned_of() -> None:
    live = begun()
    third = at(live, BALANCE)

    assert moved(live, CAREERS, third - DAY).warns == ()
    assert moved(live, CAREERS, third + DAY).warns == (
        (
            "Workshop: Careers (workshop-2) would come after the one that follows it,"
            " workshop-3"
        ),
    )
    assert moved(live, WINDS, third + DAY).warns == (
        (
            "Workshop: Winds (workshop-1) would come after the one that follows it,"
            " workshop-2"
        ),
    )


def test_it_is_warned_of_once() -> None:
    live = begun()
    late = at(live, BALANCE) + DAY
    live.do(partial(reschedule, occurrence=CAREERS, starts=late, now=live.now))

    assert moved(live, CAREERS, late + DAY).warns == ()


def test_each_group_has_a_series_of_its_own() -> None:
    live = agreed()
    live.until(dt.datetime(2027, 2, 20, tzinfo=dt.UTC))
    first, second = (one.id for one in live.standing.timeline.of("round")[:3:2])
    late = at(live, second) + DAY

    assert moved(live, first, late).warns == (
        f"Round ({first}) would come after the one that follows it, {second}",
    )
