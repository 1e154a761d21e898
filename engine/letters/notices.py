"""The words of each notice: what a section of a letter says to its reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.company import Company, company_of
from engine.facts import Noticed
from engine.letters.asked import OWN_DETAILS, own_link, own_words
from engine.letters.company import fitting, listed
from engine.letters.details import DETAILS, Context, Responses, activity_of
from engine.letters.entries import occurrence_title
from engine.letters.needs import listing
from engine.letters.nominations import nomination_values
from engine.letters.outgoing import Personal, common, first_name, personal, words_for
from engine.letters.texts import fill, inline
from engine.needs import NEEDS_YOU, open_tasks
from engine.ports import Link
from engine.posts import Section
from engine.record import Record
from engine.spec.activities import (
    Evaluation,
    Handover,
    Matching,
    MessageActivity,
)
from engine.spec.model import text_in
from engine.timeline.model import Occurrence, Timeline
from engine.waiting import CHANGED, GROWN, former_of

_AGAIN = "-again"
_MAY_BE_EMPTY = (
    *("activity", "inline", "partner", "pair", "person", "question"),
    *("by", "role", "nominator", "answer", "former"),
)
CONSENT = "consent"
"""The scope of a link whose subject is a nomination and who is proposed in it."""

_SCOPES: Mapping[str, str] = {
    "confirm-match": "confirm",
    "book-meeting": "book",
    "meeting-declined": "book",
    "did-you-meet": "met",
    "evaluation": "answer",
    "handover": "answer",
    "assignment": "done",
    "module": "done",
    "task": "done",
    "agreement": "done",
    "nominate": "nominate",
    "nominee-replace": "nominate",
    "nominee": "accept",
    "nominee-consent": CONSENT,
}
_DETAILS = {**DETAILS, **OWN_DETAILS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A section, and the personal link in it."""

    section: Section
    link: Link | None = None


def word(
    record: Record,
    notice: Noticed,
    *,
    timeline: Timeline,
    responses: Responses = tuple,
) -> Told:
    """Return what a notice says to its reader, as things stand now."""
    base = _wording(record, notice)
    context = Context(
        record=record,
        notice=replace(notice, wording=base),
        words=words_for(record, notice.person),
        reader=record.people[notice.person],
        one=timeline.occurrences.get(notice.occurrence) if notice.occurrence else None,
        responses=responses,
    )
    if base == NEEDS_YOU:
        return Told(section=_needs_you(context, timeline))
    link = _link(context)
    section = _section(context, link)
    if notice.wording.endswith(_AGAIN):
        again = context.words.get("subject.reminder", title=section.title)
        section = replace(section, title=again)
    return Told(section=section, link=link.link if link else None)


def _wording(record: Record, notice: Noticed) -> str:
    """Return the wording of a notice; nobody is named of whom it is not sure."""
    base = notice.wording.removesuffix(_AGAIN)
    unsure = base == CHANGED and former_of(notice, record.state) is None
    return GROWN if unsure else base


def _needs_you(context: Context, timeline: Timeline) -> Section:
    """Return what is open for a coordinator, also where their deputy reads it."""
    record, notice = context.record, context.notice
    found = []
    for name, task in open_tasks(record, notice.about or notice.person):
        raised = task.raised
        told = replace(
            notice,
            notice=name,
            wording=raised.wording,
            occurrence=raised.occurrence,
            match=raised.match,
            about=raised.person,
        )
        gone = raised.occurrence and raised.occurrence not in timeline.occurrences
        section = None if gone else word(record, told, timeline=timeline).section
        found.append((name, task, section))
    return listing(record, context.words, found)


def _link(context: Context) -> Personal | None:
    scope = _SCOPES.get(context.notice.wording)
    if scope is None:
        return None
    subject = context.notice.occurrence or context.notice.match or ""
    if scope == CONSENT:
        subject = f"{subject}/{context.notice.about}"
    return personal(context.record, scope, context.reader.person, subject)


def _section(context: Context, link: Personal | None) -> Section:
    if context.notice.wording == "message":
        return _own_message(context)
    words, wording = context.words, context.notice.wording
    values = _values(context)
    label = f"{wording}.button"
    promise = _promise(context) if wording == Evaluation.KEYWORD else ()
    own = own_words(context, values)
    url = link.url if link else own_link(context)
    return Section(
        title=words.get(f"{wording}.title", **values),
        paragraphs=(words.get(_text(context), **values), *promise, *own),
        details=_DETAILS[wording](context) if wording in _DETAILS else (),
        button=(words.get(label), url) if url and words.has(label) else None,
    )


def _text(context: Context) -> str:
    company = _company_of(context)
    return fitting(context.words, context.notice.wording, context.record, company)


def _company_of(context: Context) -> Company | None:
    """Return whom a notice is about: those of a match who meet, or all of it."""
    slot = context.one.slot if context.one else None
    match = context.notice.match or (slot.match if slot else None)
    if match is None:
        return None
    return company_of(context.record.state, slot.series if slot else "", match=match)


def _own_message(context: Context) -> Section:
    """Return a message of the spec's own, its placeholders filled."""
    activity = activity_of(context)
    if not isinstance(activity, MessageActivity):
        raise TypeError(activity)
    values, language = _values(context), context.words.language
    return Section(
        title=fill(text_in(activity.subject, language), values),
        paragraphs=tuple(
            fill(paragraph, values)
            for paragraph in text_in(activity.text, language).split("\n\n")
        ),
    )


def _values(context: Context) -> dict[str, str]:
    """Return the placeholders of a notice; one that it has no word for is empty."""
    record, notice = context.record, context.notice
    values = dict.fromkeys(_MAY_BE_EMPTY, "")
    values |= common(record, context.words, notice.person)
    values |= _of_cohort(record)
    values["name"] = first_name(context.reader.name)
    if context.one is not None:
        values |= _of_occurrence(context, context.one)
    values |= _of_match(context)
    if notice.about is not None:
        values["person"] = record.people[notice.about].name
    return values


def _of_occurrence(context: Context, one: Occurrence) -> dict[str, str]:
    record, words = context.record, context.words
    activity = activity_of(context)
    title = occurrence_title(
        record, one.slot.activity, one.slot.ordinal, words.language
    )
    values = {
        "activity": title,
        "inline": inline(title),
        "occurrence": one.id,
        "until": words.date(record.days.zone.local(one.ends)),
        "count": str(len(one.slot.audience)),
        "asked": str(len(one.slot.audience)),
        "answered": str(len(record.state.answered.get(one.id, ()))),
    }
    if isinstance(activity, Handover):
        values["question"] = text_in(activity.question, words.language)
    values |= nomination_values(context)
    if isinstance(activity, Matching):
        values |= _of_proposal(record, activity, words.language)
    return values


def _of_proposal(record: Record, matching: Matching, language: str) -> dict[str, str]:
    proposed = record.state.proposed.get(matching.name)
    return {
        "kind": record.activity_title(matching.slug, language),
        "count": str(len(proposed.matches) if proposed else 0),
        "unmatched": str(len(proposed.unmatched) if proposed else 0),
    }


def _of_match(context: Context) -> dict[str, str]:
    record, notice = context.record, context.notice
    company = _company_of(context)
    if company is None:
        return {}
    people = [record.people[one] for one in company.people]
    others = [one for one in people if one.person != notice.person]
    former = former_of(notice, record.state)
    return {
        "former": record.people[former].name if former else "",
        "partner": listed([one.name for one in others]),
        "pair": listed([one.name for one in people]),
    }


def _of_cohort(record: Record) -> dict[str, str]:
    return {
        "mentors": str(len(record.audience("mentors"))),
        "mentees": str(len(record.audience("mentees"))),
    }


def _promise(context: Context) -> tuple[str, ...]:
    """Return what an anonymous evaluation promises to whoever answers."""
    activity = activity_of(context)
    if not isinstance(activity, Evaluation) or activity.anonymous is None:
        return ()
    least = str(activity.anonymous.least)
    return (context.words.get("evaluation.anonymous", least=least),)
