"""Handing in an evaluation."""

import datetime as dt
from collections.abc import Mapping

from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.evaluation.summary import SCALE, questions_of
from engine.facts import Answered
from engine.ids import OccurrenceId, PersonId
from engine.ports import Response
from engine.spec.activities import Evaluation, Handover
from engine.spec.model import Question

LONGEST = 4000
"""Characters of an answer in somebody's own words; what is beyond is cut."""


def answer(
    standing: Standing,
    *,
    occurrence: OccurrenceId,
    person: PersonId,
    answers: Mapping[str, str | int],
    ballot: str,
    now: dt.datetime,
) -> Decision:
    """Record that a person answered, and apart from it what they wrote.

    Args:
        standing: The cohort.
        occurrence: The evaluation.
        person: Who answers.
        answers: By name of the question; a question may be left out.
        ballot: A random id drawn by the caller, so that nothing leads back.
        now: When.

    Raises:
        RefusedError: If it is not open to them, or an answer is no answer.
    """
    record = standing.record
    one = standing.timeline.occurrences.get(occurrence)
    asked = record.frozen.programme.activity(one.slot.activity) if one else None
    if one is None or not isinstance(asked, (Evaluation, Handover)):
        raise RefusedError(f"{occurrence} is no evaluation", "see stafet timeline")
    if person not in one.slot.audience:
        raise RefusedError(f"{occurrence} does not ask them", "see stafet timeline")
    if not one.starts <= now <= one.ends:
        raise RefusedError(f"{occurrence} is not open", "see stafet timeline for when")
    if person in record.state.answered.get(occurrence, ()):
        raise RefusedError("it was answered already", "once is enough; thank you")
    anonymous = isinstance(asked, Evaluation) and asked.anonymous is not None
    response = Response(
        ballot=ballot,
        occurrence=occurrence,
        person=None if anonymous else person,
        answers=_checked(questions_of(asked), answers),
    )
    said = Answered(occurrence=occurrence, person=person)
    return Decision(events=(said,), responses=(response,))


def _checked(
    questions: Mapping[str, Question], answers: Mapping[str, str | int]
) -> dict[str, str | int]:
    unknown = sorted(set(answers) - set(questions))
    if unknown:
        raise RefusedError(
            f"no question is called {', '.join(unknown)}",
            f"the questions are {', '.join(questions)}",
        )
    return {
        name: _one(name, questions[name], given)
        for name, given in answers.items()
        if given != ""
    }


def _one(name: str, question: Question, given: str | int) -> str | int:
    if question.scale is None:
        return str(given)[:LONGEST]
    if not str(given).isdecimal() or int(given) not in SCALE:
        raise RefusedError(f"{name}: {given!r} is not on the scale", "from 1 to 5")
    return int(given)
