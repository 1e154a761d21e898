"""Which kind of activity gets its slots where: the one table of them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from engine.record import Record
from engine.spec.activities import (
    ActivityPart,
    Agreement,
    Assignment,
    Certificate,
    Evaluation,
    Gathering,
    Handover,
    Matching,
    Material,
    Meeting,
    MessageActivity,
    Module,
    Nomination,
    PlacedMeeting,
    Task,
)
from engine.timeline.compile import Compiler, SlotsOf
from engine.timeline.gatherings import gathering_slots
from engine.timeline.meetings import meeting_slots
from engine.timeline.model import Known, Timeline
from engine.timeline.openings import (
    evaluation_slots,
    handover_slots,
    matching_slots,
    message_slots,
    nomination_slots,
)
from engine.timeline.work import (
    agreement_slots,
    assignment_slots,
    certificate_slots,
    material_slots,
    module_slots,
    task_slots,
)

_TABLE: Mapping[type[ActivityPart], Any] = {
    Nomination: nomination_slots,
    Matching: matching_slots,
    Gathering: gathering_slots,
    PlacedMeeting: gathering_slots,
    Meeting: meeting_slots,
    Evaluation: evaluation_slots,
    MessageActivity: message_slots,
    Handover: handover_slots,
    Agreement: agreement_slots,
    Assignment: assignment_slots,
    Module: module_slots,
    Task: task_slots,
    Material: material_slots,
    Certificate: certificate_slots,
}
KINDS = cast("Mapping[type[ActivityPart], SlotsOf]", _TABLE)


def compile_timeline(
    record: Record,
    *,
    filed_after: dt.datetime | None = None,
    known: Known | None = None,
) -> Timeline:
    """Return a cohort's year.

    Args:
        record: The cohort.
        filed_after: Of what begins later than this holds what the files now say; of
            the rest, and of all where it is None, what people were told.
        known: The year as it was, of which all is kept where nothing has happened.

    Raises:
        TimelineError: If the time of an activity cannot be told.
    """
    return Compiler(record, KINDS, filed_after=filed_after, known=known).timeline()
