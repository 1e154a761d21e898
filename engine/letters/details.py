"""The facts in a notice: who, when, where, by when, and what was answered."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat

from engine.evaluation.summary import summarise
from engine.facts import Noticed
from engine.ids import OccurrenceId
from engine.letters.entries import occurrence_title
from engine.letters.texts import Words
from engine.matching import word_breach
from engine.people import Participant
from engine.ports import Response
from engine.problems import breaches
from engine.record import Record
from engine.spec.activities import ActivityPart, Evaluation, Handover
from engine.spec.model import text_in
from engine.timeline.model import Occurrence
from engine.waiting import AWAY

Responses = Callable[[], tuple[Response, ...]]
"""What was handed in; asked for only by the few letters that tell of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """A notice with everything that its words need.

    Attributes:
        notice: With the wording of its first telling, also when it tells again.
        one: The occurrence that it is about.
    """

    record: Record
    notice: Noticed
    words: Words
    reader: Participant
    one: Occurrence | None
    responses: Responses


def _about(context: Context) -> tuple[tuple[str, str], ...]:
    """Return the occurrence that another one is about, such as the workshop."""
    record, one, words = context.record, context.one, context.words
    source = record.state.allocated.get(OccurrenceId(one.slot.series)) if one else None
    if source is None:
        return ()
    title = occurrence_title(record, source.activity, source.ordinal, words.language)
    return ((words.get("label.about"), title),)


def activity_of(context: Context) -> ActivityPart | None:
    """Return the activity that a notice is about."""
    if context.one is None:
        return None
    return context.record.frozen.programme.activity(context.one.slot.activity)


def _partner_details(context: Context) -> tuple[tuple[str, str], ...]:
    """Return how the others of a match are reached; before both said yes, who it is."""
    record, words, notice = context.record, context.words, context.notice
    if notice.match is None:
        return ()
    agreed = record.state.matches[notice.match].agreed
    details: list[tuple[str, str]] = []
    for partner in record.partners(notice.match, notice.person):
        details.append((words.get("label.with"), partner.name))
        details.append((words.get("label.department"), partner.department))
        if agreed is not None:
            details.append((words.get("label.email"), partner.email))
            details.append((words.get("label.phone"), partner.phone))
    if agreed is not None:
        details += _on_call(context, record.state.matches[notice.match].kind)
    return tuple((label, value) for label, value in details if value)


def _on_call(context: Context, kind: str) -> Iterator[tuple[str, str]]:
    """Yield who can be called on by matches of a kind."""
    record, words = context.record, context.words
    roles = record.frozen.programme.roles
    on_call = [role for role, part in roles.items() if part.on_call_for == kind]
    for person in record.audience(tuple(f"{role}s" for role in on_call)):
        someone = record.people[person]
        told = ", ".join(filter(None, (someone.name, someone.email, someone.phone)))
        yield words.get("label.on-call"), told


def _deadline(context: Context) -> tuple[tuple[str, str], ...]:
    if context.one is None:
        return ()
    local = context.record.days.zone.local(context.one.ends)
    until = (context.words.get("label.until"), context.words.date(local))
    return (*_about(context), until)


def _window(context: Context) -> tuple[tuple[str, str], ...]:
    if context.one is None:
        return ()
    zone, words = context.record.days.zone, context.words
    first, last = zone.local(context.one.starts), zone.local(context.one.ends)
    return ((words.get("label.window"), f"{words.date(first)} - {words.date(last)}"),)


def _when(context: Context) -> tuple[tuple[str, str], ...]:
    if context.one is None:
        return ()
    zone, words = context.record.days.zone, context.words
    starts, ends = zone.local(context.one.starts), zone.local(context.one.ends)
    return ((words.get("label.when"), words.times(starts, ends)),)


def _results(context: Context) -> tuple[tuple[str, str], ...]:
    """Return what may be shown of the answers, question by question."""
    activity, one, words = activity_of(context), context.one, context.words
    if one is None or not isinstance(activity, (Evaluation, Handover)):
        return ()
    found = summarise(activity, one.id, context.responses())
    rows: list[tuple[str, str]] = [*_about(context)]
    for result in found.results:
        if result.mean is not None:
            mean = words.get("answer.mean", mean=words.number(result.mean))
            rows.append((text_in(result.ask, words.language), mean))
        labels = chain([text_in(result.ask, words.language)], repeat(""))
        rows += [(next(labels), f"“{own}”") for own in result.words]
    if found.hidden:
        hidden = words.get("answer.hidden", least=str(found.least))
        rows.append((words.get("label.answers"), hidden))
    return tuple(rows)


def _rematched_by(context: Context) -> tuple[tuple[str, str], ...]:
    """Return until when those of a match that has ended should have another."""
    record, match = context.record, context.notice.match
    ended = record.state.matches[match].ended if match else None
    within = record.frozen.programme.changes.rematch
    if ended is None or within is None:
        return ()
    days = record.days
    by = days.last_open(days.add(days.zone.date(ended), within))
    local = days.zone.local(days.zone.at(by, dt.time()))
    return ((context.words.get("label.due"), context.words.date(local)),)


def _reached(context: Context) -> tuple[tuple[str, str], ...]:
    """Return how a person is reached, for who is to call them."""
    if context.notice.about is None:
        return ()
    one, words = context.record.people[context.notice.about], context.words
    rows = (
        (words.get("label.phone"), one.phone),
        (words.get("label.email"), one.email),
    )
    return tuple(row for row in rows if row[1])


def _until_back(context: Context) -> tuple[tuple[str, str], ...]:
    """Return until when somebody is away, where that is known."""
    away = context.record.state.presence.paused.get(context.notice.person)
    if away is None or away.until is None:
        return ()
    local = context.record.days.zone.local(away.until)
    return ((context.words.get("label.back"), context.words.date(local)),)


def _broken_rules(context: Context) -> tuple[tuple[str, str], ...]:
    """Return each rule that a match breaks now, and whom it concerns."""
    record, match = context.record, context.notice.match
    if match is None:
        return ()
    names = {person: one.name for person, one in record.people.items()}
    found = breaches(record).get(match, frozenset())
    told = {word_breach(one, context.words.language, names=names) for one in found}
    return tuple((context.words.get("label.rule"), each) for each in sorted(told))


DETAILS: Mapping[str, Callable[[Context], tuple[tuple[str, str], ...]]] = {
    "confirm-match": _partner_details,
    "match-agreed": _partner_details,
    "evaluation": _deadline,
    "handover": _deadline,
    "book-meeting": _window,
    "call-me": _reached,
    "did-you-meet": _when,
    "meeting-declined": _when,
    "no-longer-fits": _broken_rules,
    "rule-broken": _broken_rules,
    "evaluation-closed": _results,
    "handover-closed": _results,
    "find-match": _rematched_by,
    **dict.fromkeys(AWAY, _until_back),
    "match-joined": _partner_details,
    "match-changed": _partner_details,
    "match-grown": _partner_details,
}
