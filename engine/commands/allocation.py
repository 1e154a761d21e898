"""Which occurrences get their lasting id now, and whose calendar entry they are."""

from dataclasses import replace

from engine.facts import Allocated
from engine.ids import CohortId, OccurrenceId
from engine.record import Record
from engine.spec.activities import Gathering
from engine.timeline.model import Occurrence, Timeline


def allocations(record: Record, timeline: Timeline) -> tuple[Allocated, ...]:
    """Return an id for every occurrence that is no forecast and has none."""
    return tuple(
        Allocated(
            occurrence=one.id,
            activity=one.slot.activity,
            series=one.slot.series,
            ordinal=one.slot.ordinal,
            shared=shared_with(record, one),
        )
        for one in timeline.occurrences.values()
        if one.provisional and one.slot.firm
    )


def renumbered(record: Record, timeline: Timeline) -> tuple[Allocated, ...]:
    """Return each gathering that an edit of its series made another one in order.

    Its id stays; its theme and its place go with the number. What is no more has no
    number once that is another's, so that no calendar calls it by the other's theme.
    """
    known = record.state.allocated
    gatherings = [
        one
        for one in timeline.occurrences.values()
        if isinstance(record.frozen.programme.activity(one.slot.activity), Gathering)
    ]
    numbers = {one.id: one.slot.ordinal for one in gatherings if not one.provisional}
    taken = {
        (one.slot.activity, one.slot.series, one.slot.ordinal) for one in gatherings
    }
    gone = {
        one.occurrence: 0
        for one in known.values()
        if one.occurrence not in timeline.occurrences
        and (one.activity, one.series, one.ordinal) in taken
    }
    return tuple(
        replace(known[id_], ordinal=number)
        for id_, number in (numbers | gone).items()
        if known[id_].ordinal != number
    )


def shared_with(
    record: Record, one: Occurrence
) -> tuple[CohortId, OccurrenceId] | None:
    """Return the last cohort's closing, where this kick-off is the same gathering."""
    previous = record.state.linked.get("previous")
    if previous is None or record.previous is None or not starts_cohort(record, one):
        return None
    for closing in record.previous.allocated.values():
        activity = record.frozen.programme.activity(closing.activity)
        if isinstance(activity, Gathering) and activity.together_with is not None:
            return previous, closing.occurrence
    return None


def starts_cohort(record: Record, one: Occurrence) -> bool:
    """Return whether this is the gathering whose date is the cohort's own."""
    activity = record.frozen.programme.activity(one.slot.activity)
    return isinstance(activity, Gathering) and activity.is_the_cohorts
