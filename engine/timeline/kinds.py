"""Which kind of activity gets its slots where: the one table of them."""

from collections.abc import Mapping
from typing import Any, cast

from engine.record import Record
from engine.spec.activities import (
    Evaluation,
    Gathering,
    Handover,
    Matching,
    Meeting,
    MessageActivity,
    Nomination,
)
from engine.timeline.compile import Compiler, SlotsOf
from engine.timeline.gatherings import gathering_slots
from engine.timeline.meetings import meeting_slots
from engine.timeline.model import Timeline
from engine.timeline.openings import (
    evaluation_slots,
    handover_slots,
    matching_slots,
    message_slots,
    nomination_slots,
)

_TABLE: Mapping[str, Any] = {
    Nomination.KEYWORD: nomination_slots,
    Matching.KEYWORD: matching_slots,
    Gathering.KEYWORD: gathering_slots,
    Meeting.KEYWORD: meeting_slots,
    Evaluation.KEYWORD: evaluation_slots,
    MessageActivity.KEYWORD: message_slots,
    Handover.KEYWORD: handover_slots,
}
KINDS = cast("Mapping[str, SlotsOf]", _TABLE)


def compile_timeline(record: Record, *, announced: bool = True) -> Timeline:
    """Return a cohort's year.

    Args:
        record: The cohort.
        announced: Whether what people were told holds, or what the files now say.

    Raises:
        TimelineError: If the time of an activity cannot be told.
    """
    return Compiler(record, KINDS, announced=announced).timeline()
