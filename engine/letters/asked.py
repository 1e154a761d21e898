"""What a letter says in the spec's own words: what to do, to think of, to agree on."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.company import company_of
from engine.facts import Members
from engine.ids import PersonId
from engine.letters.details import Context, activity_of
from engine.letters.missed import MISSED, given, next_time
from engine.letters.nominations import CRITERIA, NOMINATION_DETAILS, criteria
from engine.letters.texts import fill
from engine.record import Record
from engine.spec.activities import (
    Agreement,
    Assignment,
    Certificate,
    Gathering,
    Material,
    Meeting,
    Nomination,
    PlacedMeeting,
    Work,
)
from engine.spec.model import Texts, text_in

Details = tuple[tuple[str, str], ...]
_BULLET = "• "


def own_words(context: Context, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paragraphs that the spec has for what a notice is about."""
    return tuple(fill(words, values) for words in _words(context))


def own_link(context: Context) -> str:
    """Return the link that a notice leads to, where it is none of ours."""
    activity = activity_of(context)
    return activity.link if isinstance(activity, Material) else ""


def _words(context: Context) -> Iterator[str]:
    activity, language = activity_of(context), context.words.language
    wording = context.notice.wording
    match activity:
        case Agreement() if wording == "agreement":
            yield from _bullets(activity.points, language)
        case Work() | Material() | Certificate() if wording == activity.kind:
            yield from text_in(activity.text, language).split("\n\n")
            yield from _passing_round(activity, context)
        case Meeting() | PlacedMeeting() if wording in ("think-before", "think-after"):
            yield from _prompts(activity, context)
        case Gathering() if wording == MISSED and context.one is not None:
            sent = given(context.record, context.one.id)
            yield from text_in(sent, language).split("\n\n") if sent else ()
        case Nomination() if wording in CRITERIA:
            yield from criteria(context)
        case _:
            return


def _bullets(points: tuple[Texts, ...], language: str) -> Iterator[str]:
    for point in points:
        yield _BULLET + text_in(point, language)


def _prompts(meeting: Meeting | PlacedMeeting, context: Context) -> Iterator[str]:
    """Yield what the reader is asked to think of, in each of their roles."""
    match = _match(context)
    for role, prompts in meeting.prompts.items():
        if context.notice.person in match.get(role, ()):
            before = context.notice.wording == "think-before"
            points = prompts.before if before else prompts.after
            yield from _bullets(points, context.words.language)
    if meeting.logbook and context.notice.wording == "think-after":
        yield context.words.get("think-after.logbook")


def _passing_round(activity: object, context: Context) -> Iterator[str]:
    if isinstance(activity, Assignment) and activity.passed_round is not None:
        always = activity.passed_round == "always"
        yield context.words.get(f"assignment.{'passed' if always else 'maybe-passed'}")


def work_details(context: Context) -> Details:
    """Return until when, how long it takes, and to whom it goes."""
    activity, words, one = activity_of(context), context.words, context.one
    if one is None or not isinstance(activity, Work):
        return ()
    due = words.date(context.record.days.zone.local(one.ends))
    found = [(words.get("label.due"), due)]
    if activity.takes is not None:
        found.append((words.get("label.takes"), _lasting(activity, context)))
    if isinstance(activity, Assignment):
        if activity.size is not None:
            size = text_in(activity.size, words.language)
            found.append((words.get("label.size"), size))
        for name, address in _receivers(activity, context):
            found.append((words.get("label.hand-in"), f"{name}, {address}"))
    if activity.link:
        found.append((words.get("label.link"), activity.link))
    return tuple(found)


def completed_details(context: Context) -> Details:
    """Return who has done it, and who has not."""
    if context.one is None:
        return ()
    record, words = context.record, context.words
    done = record.state.completed.get(context.one.id, frozenset())
    audience = context.one.slot.audience
    return tuple(
        (words.get(label), ", ".join(_names(record, people)))
        for label, people in (
            ("label.done", [one for one in audience if one in done]),
            ("label.missing", [one for one in audience if one not in done]),
        )
        if people
    )


def agreement_details(context: Context) -> Details:
    """Return who draws it up, and until when."""
    activity, words, one = activity_of(context), context.words, context.one
    if one is None or not isinstance(activity, Agreement):
        return ()
    writers = _match(context).get(activity.drawn_up_by, ())
    until = words.date(context.record.days.zone.local(one.ends))
    return (
        (words.get("label.writes"), ", ".join(_names(context.record, writers))),
        (words.get("label.due"), until),
    )


def _receivers(activity: Assignment, context: Context) -> Iterator[tuple[str, str]]:
    for person in _match(context).get(activity.hand_in_to or "", ()):
        someone = context.record.people[person]
        yield someone.name, someone.email


def _lasting(activity: Work, context: Context) -> str:
    takes = activity.takes
    if takes is None:
        return ""
    unit = context.words.get(f"unit.{takes.most.unit}s")
    least, most = takes.least.count, takes.most.count
    return f"{most} {unit}" if least == most else f"{least}-{most} {unit}"


def _match(context: Context) -> Members:
    slot = context.one.slot if context.one else None
    if slot is None or slot.match is None:
        return {}
    company = company_of(context.record.state, slot.series, match=slot.match)
    return company.members if company else {}


def _names(record: Record, people: Iterable[PersonId]) -> list[str]:
    return [record.people[person].name for person in people]


OWN_DETAILS: Mapping[str, Callable[[Context], Details]] = {
    "assignment": work_details,
    "module": work_details,
    "task": work_details,
    "assignment-due": completed_details,
    "module-due": completed_details,
    "task-due": completed_details,
    **NOMINATION_DETAILS,
    MISSED: next_time,
    "agreement": agreement_details,
    "no-agreement": completed_details,
}
