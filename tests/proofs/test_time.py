"""What the clock may do: skip a night's hour, repeat it, go back, or stand for days."""

import datetime as dt
from collections import Counter

from sqlalchemy import Engine

from engine.commands.deliver import Delivery
from engine.ids import OccurrenceId
from tests.fakes.cohorts import FIRST_WORKSHOP, KICK_OFF, Live, recorded, small_files
from tests.fakes.stored import DAY, Arrival, Stored, events, live_on, stored

NIGHTS = {
    "kick-off: 2027-03-03 13:00": (
        "kick-off: 2027-03-28 02:30\n  closing: 2027-10-31 02:30"
    )
}
"""In Copenhagen the first is skipped by the clocks, and the second comes twice."""

AGREED = dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


class TestTime:
    """R5 and R6 of the promise."""

    def test_r5_a_time_that_does_not_exist_is_the_first_later_minute(
        self, engine: Engine
    ) -> None:
        live = stored(engine, small_files(cohort=NIGHTS))
        live_on(live, dt.datetime(2027, 4, 2, 9, tzinfo=dt.UTC))

        told = live.state.announced[OccurrenceId("kick-off-1")].told

        assert told.starts == dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC)
        assert told.ends - told.starts == 3 * HOUR
        assert f"{live.record.days.zone.local(told.starts):%H:%M %z}" == "03:00 +0200"
        assert _starts_told(live, "Kick off") == {told.starts}

    def test_r5_of_a_time_that_comes_twice_the_first_is_meant(
        self, engine: Engine
    ) -> None:
        live = stored(engine, small_files(cohort=NIGHTS))
        live.until(live.now)

        told = live.state.announced[OccurrenceId("closing-1")].told

        assert told.starts == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)
        assert told.ends - told.starts == 4 * HOUR
        assert f"{live.record.days.zone.local(told.starts):%H:%M %z}" == "02:30 +0200"
        assert _starts_told(live, "Closing") == {told.starts}

    def test_r5_a_clock_two_hours_back_decides_and_sends_nothing_again(
        self, engine: Engine
    ) -> None:
        undisturbed = recorded()
        live_on(undisturbed, KICK_OFF)
        live = stored(engine)
        live_on(live, AGREED)

        for day in (live.now, AGREED + dt.timedelta(days=14), KICK_OFF):
            live.until(day)
            live.now -= 2 * HOUR
            again = (live.advance(), live.deliver())
            assert again == ((), Delivery())

        live.until(KICK_OFF)
        assert events(live) == events(undisturbed)
        keys = Counter(one.message.key for one in live.arrived)
        assert keys == Counter(post.key for post in undisturbed.posts())

    def test_r6_after_ten_days_each_overdue_action_has_one_outcome(
        self, engine: Engine
    ) -> None:
        live = _away(engine, over=FIRST_WORKSHOP + DAY)
        overdue = {one.id for one in live.standing.actions if one.due <= _back(live)}
        number = live.state.number

        arrived = _in_the_hour_after(live)

        # What was skipped is told by its fact; what came of what was done comes too.
        assert live.outcomes(after=number) == {
            "workshop-1/invite": "skipped",
            "conversation-3/silent": "done",
            "conversation-4/silent": "done",
            "conversation-5/ask": "done",
            "conversation-6/ask": "done",
            "conversation-5/remind-1": "done",
            "conversation-6/remind-1": "done",
            "workshop-1/attendance": "done",
            "after-workshop-1/open": "done",
            f"needs-you/{live.person('coordinator')}/2027-05-03": "done",
        }
        assert overdue <= live.outcomes(after=number).keys()
        assert [one.message.kind for one in arrived] == ["letter"] * 5
        assert len({one.message.recipient for one in arrived}) == 5

    def test_r6_nobody_is_invited_into_the_past(self, engine: Engine) -> None:
        live = _away(engine, over=FIRST_WORKSHOP + DAY)

        _in_the_hour_after(live)
        live.until(live.now + dt.timedelta(days=30))

        assert {one.message.kind for one in live.arrived} == {"letter"}
        assert all(post.entry is None for post in live.posts())

    def test_r6_an_invitation_ten_days_late_leaves_once_beside_one_letter(
        self, engine: Engine
    ) -> None:
        live = _away(engine, over=FIRST_WORKSHOP - 6 * DAY)

        arrived = _in_the_hour_after(live)

        # A calendar mail has one entry and never merges: ADR 0010.
        mails = Counter((one.message.recipient, one.message.kind) for one in arrived)
        assert {kind for _, kind in mails} == {"invitation", "letter"}
        assert set(mails.values()) == {1}


def _away(engine: Engine, *, over: dt.datetime) -> Stored:
    """Return a cohort as it was when everything stopped, nine days before a moment."""
    late = {"invite: 4 weeks before": "invite: 1 week before"}
    live = stored(engine, small_files(late))
    live_on(live, KICK_OFF)
    live.until(over - dt.timedelta(days=9, hours=3))
    live.arrived.clear()
    live.renderer.posts.clear()
    return live


def _back(live: Stored) -> dt.datetime:
    return live.now + dt.timedelta(days=10)


def _in_the_hour_after(live: Stored) -> tuple[Arrival, ...]:
    """Return what leaves in the hour after ten days in which nothing ran."""
    live.now = _back(live)
    live.advance()
    live.deliver()
    live.until(live.now + HOUR)
    return tuple(live.arrived)


def _starts_told(live: Live, title: str) -> set[dt.datetime]:
    """Return when a gathering begins, as its calendar mails say."""
    entries = (post.entry for post in live.posts() if title in post.subject)
    return {entry.starts.astimezone(dt.UTC) for entry in entries if entry}
