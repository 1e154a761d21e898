"""Handing in an evaluation, or what to pass on to the next cohort."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.commands.answers import LONGEST, answer
from engine.commands.unit import Decide
from engine.evaluation.summary import SCALE, questions_of
from engine.ids import OccurrenceId
from engine.letters.entries import occurrence_title
from engine.spec.activities import Evaluation, Handover
from engine.spec.model import text_in
from engine.timeline.model import Occurrence
from integrations.web.intake import Form
from integrations.web.pages import Details, Page, gone, told
from integrations.web.visits import Visit

"""How many characters an answer in own words may have; the engine keeps no more."""

_NOTHING = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The evaluation that a visitor is asked for."""

    activity: Evaluation | Handover
    one: Occurrence


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question as the form shows it.

    Attributes:
        id: Of the first thing in it to fill in.
        steps: The scale to choose from; empty for own words.
        given: What was answered so far.
    """

    id: str
    name: str
    ask: str
    steps: tuple[str, ...]
    given: str


def show(visit: Visit) -> Page:
    """Return the form while it is open to the visitor, and else how things stand."""
    asked = _asked(visit)
    if asked is None:
        return gone(visit)
    return _standing(visit, asked) or _form(visit, asked, {}, {})


def act(visit: Visit, form: Form, *, ballots: Callable[[], str]) -> Decide | Page:
    """Return the command that hands in, or the form with what is wrong in it."""
    asked = _asked(visit)
    if asked is None:
        return replace(gone(visit), status=409)
    if (standing := _standing(visit, asked)) is not None:
        return replace(standing, status=409)
    answers = _answers(asked, form)
    if faults := _faults(visit, asked, answers):
        return _form(visit, asked, answers, faults)
    ballot = ballots()
    return lambda standing: answer(
        standing,
        occurrence=asked.one.id,
        person=visit.person,
        answers=answers,
        ballot=ballot,
        now=visit.now,
    )


def _asked(visit: Visit) -> Asked | None:
    """Return what the link asks for; None if it is not asked for any more."""
    one = visit.standing.timeline.occurrences.get(visit.occurrence)
    if one is None or visit.person not in one.slot.audience:
        return None
    activity = visit.record.frozen.programme.activity(one.slot.activity)
    if not isinstance(activity, (Evaluation, Handover)):
        return None
    return Asked(activity=activity, one=one)


def _standing(visit: Visit, asked: Asked) -> Page | None:
    """Return what to tell instead of the form; None while there is one."""
    one, words = asked.one, visit.words
    title = _title(visit, one.slot.activity, one.slot.ordinal)
    if visit.person in visit.record.state.answered.get(one.id, ()):
        return told(visit, "answered", mark="done")
    if visit.now > one.ends:
        date = words.date(visit.local(one.ends))
        return told(visit, "closed", mark="over", title=title, date=date)
    if visit.now < one.starts:
        date = words.date(visit.local(one.starts))
        return told(visit, "early", mark="waiting", title=title, date=date)
    return None


def _form(visit: Visit, asked: Asked, answers: Form, faults: Mapping[str, str]) -> Page:
    slot = asked.one.slot
    return Page(
        template="answer.html.j2",
        title=_title(visit, slot.activity, slot.ordinal),
        values={
            "details": _details(visit, asked.one),
            "paragraphs": _promise(visit, asked.activity),
            "fields": _fields(visit, asked, answers),
            "longest": LONGEST,
        },
        faults=faults,
        status=422 if faults else 200,
    )


def _title(visit: Visit, activity: str, ordinal: int) -> str:
    return occurrence_title(visit.record, activity, ordinal, visit.words.language)


def _details(visit: Visit, one: Occurrence) -> Details:
    """Return what it is about, such as a workshop, and until when it is open."""
    words = visit.words
    source = visit.record.state.allocated.get(OccurrenceId(one.slot.series))
    about = _title(visit, source.activity, source.ordinal) if source else ""
    return [
        (words.get("page.answer.about"), about),
        (words.get("label.until"), words.date(visit.local(one.ends))),
    ]


def _promise(visit: Visit, activity: Evaluation | Handover) -> tuple[str, ...]:
    """Return what is said of the answers before they are given."""
    words = visit.words
    if isinstance(activity, Handover):
        return (words.get("page.answer.named"),)
    if activity.anonymous is None:
        return (words.get("evaluation.text"), words.get("page.answer.named"))
    least = str(activity.anonymous.least)
    return (
        words.get("evaluation.text"),
        words.get("evaluation.anonymous", least=least),
        words.get("page.answer.anonymous"),
    )


def _fields(visit: Visit, asked: Asked, answers: Form) -> tuple[Field, ...]:
    ids = _ids(asked)
    return tuple(
        Field(
            id=ids[name],
            name=_field(name),
            ask=text_in(question.ask, visit.words.language),
            steps=tuple(map(str, SCALE)) if question.scale else (),
            given=answers.get(name, _NOTHING),
        )
        for name, question in questions_of(asked.activity).items()
    )


def _field(question: str) -> str:
    return f"answer.{question}"


def _ids(asked: Asked) -> Mapping[str, str]:
    """Return an id for each question: its name may have spaces, which an id may not."""
    questions = questions_of(asked.activity)
    return {name: f"question-{n}" for n, name in enumerate(questions, start=1)}


def _answers(asked: Asked, form: Form) -> Form:
    """Return what was answered, by the name of the question; nothing else of a form."""
    given = {name: form.get(_field(name)) for name in questions_of(asked.activity)}
    return {name: value for name, value in given.items() if value}


def _faults(visit: Visit, asked: Asked, answers: Form) -> Mapping[str, str]:
    """Return what is wrong, by id.

    An empty answer would count towards the number that protects the others' answers.
    """
    words, ids, questions = visit.words, _ids(asked), questions_of(asked.activity)
    if not answers:
        return {next(iter(ids.values())): words.get("page.answer.fault.empty")}
    faults: dict[str, str] = {}
    for name, given in answers.items():
        if questions[name].scale and given not in map(str, SCALE):
            faults[ids[name]] = words.get("page.answer.fault.scale")
        elif len(given) > LONGEST:
            long = words.get("page.answer.fault.long", most=str(LONGEST))
            faults[ids[name]] = long
    return faults
