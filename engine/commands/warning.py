"""What a coordinator should think of before they say yes to a plan."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from engine.commands.decision import Decision
from engine.commands.standing import Standing
from engine.facts import Booked, CalledOff, Noticed, Rescheduled
from engine.ids import OccurrenceId
from engine.letters.entries import occurrence_title
from engine.record import Record
from engine.spec.activities import Gathering
from engine.timeline.gatherings import dated
from engine.timeline.model import Occurrence
from engine.waiting import NO_MATCH


def warnings(
    before: Standing | None, after: Standing, decision: Decision
) -> Iterator[str]:
    """Yield each warning, in words; none of them stops anything.

    Args:
        before: The cohort; None where it is not recorded yet.
        after: Where it would stand.
        decision: What would be done.
    """
    yield from _closed(after.record, decision)
    yield from _told_while_away(after.record, decision)
    if before is not None:
        yield from _dated_though_off(before.record, after.record)
        yield from _overtaken(before, after)


def _closed(after: Record, decision: Decision) -> Iterator[str]:
    """Yield each holiday, weekend or day of a break to which something is moved.

    It may be meant.
    """
    days = after.days
    for one in decision.events:
        if not isinstance(one, Rescheduled | Booked):
            continue
        date, last = days.zone.date(one.starts), days.zone.date(one.ends)
        while date <= last:
            if not days.is_open(date):
                title = _title(after, one.occurrence)
                why = after.frozen.closed.get(date, f"a {date:%A}")
                yield f"{title} would be on {date}, which is closed: {why}"
            date += dt.timedelta(days=1)


def _told_while_away(after: Record, decision: Decision) -> Iterator[str]:
    """Yield who is away, was told that they keep their match, and does not."""
    for one in decision.events:
        if not isinstance(one, Noticed) or one.wording not in NO_MATCH:
            continue
        if one.person in after.state.presence.paused:
            name = after.people[one.person].id
            yield (
                f"{name} is away, and was told that they keep their match: "
                f"they are written to now, so talk to them first"
            )


def _dated_though_off(before: Record, after: Record) -> Iterator[str]:
    """Yield what was called off and stays so, and has another date in the file now."""
    for id_, move in before.state.moves.items():
        one = before.state.allocated[id_]
        activity = after.frozen.programme.activity(one.activity)
        if not isinstance(move, CalledOff) or not isinstance(activity, Gathering):
            continue
        date = dated(after, activity, one.ordinal)
        if date is not None and date != dated(before, activity, one.ordinal):
            yield (
                f"{_title(after, id_)} was called off and stays so, though the file "
                f"has it on {date.date}; write a gathering of its own for that day"
            )


def _overtaken(before: Standing, after: Standing) -> Iterator[str]:
    """Yield what would come after the next one of its series, and did not."""
    known = {(one.id, other.id) for one, other in _out_of_order(before)}
    for one, other in _out_of_order(after):
        if (one.id, other.id) not in known:
            title = _title(after.record, one.id)
            yield f"{title} would come after the one that follows it, {other.id}"


def _out_of_order(standing: Standing) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield each gathering that comes after the next one of its series.

    What is held beside each of others comes after it as those do.
    """
    series: dict[tuple[str, str], list[Occurrence]] = {}
    programme = standing.record.frozen.programme
    for one in standing.timeline.occurrences.values():
        activity = programme.activity(one.slot.activity)
        counted = isinstance(activity, Gathering) and activity.about_every is not None
        if counted and one.slot.firm and not one.off:
            series.setdefault((one.slot.activity, one.slot.series), []).append(one)
    for several in series.values():
        in_order = sorted(several, key=lambda one: one.slot.ordinal)
        yield from (two for two in pairwise(in_order) if two[0].starts > two[1].starts)


def _title(record: Record, id_: OccurrenceId) -> str:
    one, language = record.state.allocated[id_], record.frozen.programme.languages[0]
    return f"{occurrence_title(record, one.activity, one.ordinal, language)} ({id_})"
