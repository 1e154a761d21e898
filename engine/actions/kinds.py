"""Which kind of activity has its actions where: the one table of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from engine.actions.around import Around
from engine.actions.asking import evaluation_steps
from engine.actions.matching import matching_steps
from engine.actions.model import Action
from engine.actions.nominating import nomination_steps
from engine.actions.steps import (
    gathering_steps,
    meeting_steps,
    message_steps,
    placed_steps,
)
from engine.actions.working import (
    agreement_steps,
    certificate_steps,
    material_steps,
    task_steps,
    work_steps,
)
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

StepsOf = Callable[[ActivityPart, Around], Iterator[Action]]
"""What is done around one occurrence of a kind of activity."""

_TABLE: Mapping[type[ActivityPart], Any] = {
    Nomination: nomination_steps,
    Matching: matching_steps,
    Gathering: gathering_steps,
    PlacedMeeting: placed_steps,
    Meeting: meeting_steps,
    Evaluation: evaluation_steps,
    MessageActivity: message_steps,
    Handover: evaluation_steps,
    Agreement: agreement_steps,
    Assignment: work_steps,
    Module: work_steps,
    Task: task_steps,
    Material: material_steps,
    Certificate: certificate_steps,
}
STEPS = cast("Mapping[type[ActivityPart], StepsOf]", _TABLE)
