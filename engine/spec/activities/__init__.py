"""The kinds of activity that a phase may hold, and what may be said of each."""

from collections.abc import Mapping

from engine.spec.activities.asking import Evaluation, Handover
from engine.spec.activities.base import ActivityPart, Weekday
from engine.spec.activities.enrolment import Matching, Nomination
from engine.spec.activities.gatherings import Edition, Gathering
from engine.spec.activities.meetings import Meeting, PlacedMeeting, Prompts
from engine.spec.activities.telling import Certificate, Material, MessageActivity
from engine.spec.activities.work import Agreement, Assignment, Module, Task, Work

__all__ = [
    "ACTIVITIES",
    "Activity",
    "ActivityPart",
    "Agreement",
    "Assignment",
    "Certificate",
    "Edition",
    "Evaluation",
    "Gathering",
    "Handover",
    "Matching",
    "Material",
    "Meeting",
    "MessageActivity",
    "Module",
    "Nomination",
    "PlacedMeeting",
    "Prompts",
    "Task",
    "Weekday",
    "Work",
]

ACTIVITIES: Mapping[str, type[ActivityPart]] = {
    part.KEYWORD: part
    for part in (
        Nomination,
        Matching,
        Gathering,
        Meeting,
        Evaluation,
        MessageActivity,
        Handover,
        Agreement,
        Assignment,
        Module,
        Task,
        Material,
        Certificate,
    )
} | {"meeting/placed": PlacedMeeting}

Activity = (
    Nomination
    | Matching
    | Gathering
    | Meeting
    | Evaluation
    | MessageActivity
    | Handover
    | Agreement
    | Assignment
    | Module
    | Task
    | Material
    | Certificate
    | PlacedMeeting
)
