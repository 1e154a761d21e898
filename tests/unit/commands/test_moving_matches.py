"""What a move by command means to those of a match."""

import datetime as dt
from functools import partial

from engine.commands.elsewhere import clashes_here
from engine.commands.foreseeing import foresee
from engine.commands.moving import reschedule
from engine.ids import OccurrenceId
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import begun, small_files

DAY = dt.timedelta(days=1)
LATE = dt.datetime(2027, 9, 8, 11, tzinfo=dt.UTC)
WALK = """\
      - meeting: walk
        with: pair
        from: kick-off
        every: 2 months
        times: 3
        on: Wednesday
        starts: 17:00
        lasts: 1 hour
        hold the date: at once
      - message: read-up
"""


def test_a_meeting_on_planned_days_is_moved_for_its_match_alone() -> None:
    live = begun()
    live.apply(small_files({"      - message: read-up\n": WALK}))
    live.until(live.now + DAY)
    match = live.match_of("alk").id
    walks = {one.id: one.starts for one in live.standing.timeline.of("walk")}
    first = next(
        one
        for one in live.standing.timeline.of("walk")
        if one.slot.match == match and one.starts > live.now
    )
    later = first.starts + DAY
    live.renderer.posts.clear()

    live.do(partial(reschedule, occurrence=first.id, starts=later, now=live.now))

    assert mails(live) == [
        ("ugle", "update", "Changed: Walk", 1),
        ("alk", "update", "Changed: Walk", 1),
    ]
    assert {one.id: one.starts for one in live.standing.timeline.of("walk")} == (
        walks | {first.id: later}
    )


def test_before_a_move_it_is_told_who_would_have_to_be_at_two_things_at_once() -> None:
    live = begun()
    live.book("alk", LATE)
    to_the_talk = partial(
        reschedule, occurrence=OccurrenceId("workshop-2"), starts=LATE, now=live.now
    )

    found = foresee(live.unit, live.cohort, to_the_talk, now=live.now)

    assert [
        (one.one.name, one.other.name, sorted(one.people))
        for one in clashes_here(found, now=live.now)
    ] == [("conversation 1", "workshop 2", ["alk@example.org"])]
