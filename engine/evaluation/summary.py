"""What may be shown of the answers to an evaluation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean

from engine.ids import OccurrenceId
from engine.ports import Response
from engine.spec.activities import Evaluation, Handover
from engine.spec.model import Language, Question

SCALE = range(1, 6)
HANDED_OVER = "baton"
"""The name of a handover's only question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What was answered to one question.

    Attributes:
        counts: How many chose each step of the scale; empty for own words.
        mean: Of the scale, or None.
        words: In people's own words, sorted, so that their order tells nothing.
    """

    name: str
    ask: Mapping[Language, str]
    counts: Mapping[int, int]
    mean: float | None
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What was answered to an evaluation, or that too few answered to show it.

    Attributes:
        answers: How many were handed in.
        hidden: Whether they are fewer than the `least` that protects each of them.
    """

    answers: int
    least: int
    hidden: bool
    results: tuple[Result, ...]


def questions_of(asked: Evaluation | Handover) -> Mapping[str, Question]:
    """Return the questions by name; a handover asks one."""
    if isinstance(asked, Evaluation):
        return asked.questions
    return {HANDED_OVER: Question(ask=asked.question, words="free")}


def summarise(
    asked: Evaluation | Handover,
    occurrence: OccurrenceId,
    responses: tuple[Response, ...],
) -> Summary:
    """Return what may be shown of the responses to one occurrence."""
    given = [one for one in responses if one.occurrence == occurrence]
    protected = asked.anonymous if isinstance(asked, Evaluation) else None
    least = protected.least if protected else 1
    hidden = 0 < len(given) < least
    results = () if hidden else tuple(_results(asked, given, least=least))
    return Summary(answers=len(given), least=least, hidden=hidden, results=results)


def _results(
    asked: Evaluation | Handover, given: list[Response], *, least: int
) -> Iterator[Result]:
    """Yield what may be shown; of a question that too few answered, nothing."""
    for name, question in questions_of(asked).items():
        answers = [one.answers[name] for one in given if name in one.answers]
        answers = answers if len(answers) >= least else []
        numbers = [one for one in answers if isinstance(one, int)]
        yield Result(
            name=name,
            ask=question.ask,
            counts={step: numbers.count(step) for step in SCALE} if numbers else {},
            mean=fmean(numbers) if numbers else None,
            words=tuple(sorted(one for one in answers if isinstance(one, str))),
        )
