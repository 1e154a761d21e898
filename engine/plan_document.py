"""A plan as plain values, which other programs read, and in which two plans differ.

The keys are documented in `docs/outputs.md`, and stay.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from engine.documents import Document
from engine.ids import CohortId, PersonId
from engine.plan import Appointment, Called, Change, Mailed, Plan, Stay, Touched
from engine.record import Record, ids_of

FEW = 6
"""So many people are named in one place; of more it is told how many they are."""

_SAID = {
    "joined": "takes part:",
    "edited": "the file tells otherwise of",
    "missing": "not in the file:",
    "back": "back in the file:",
    "settled": "settled:",
}
"""What the lists of names in a plan mean."""


def plan_document(record: Record, plan: Plan, *, now: dt.datetime) -> Document:
    """Return a plan as plain values; people by their ids in the file.

    Args:
        record: The cohort as it would be.
        plan: What would be done.
        now: When it was made.
    """
    zone = record.days.zone
    return {
        "cohort": record.id,
        "name": plan.name,
        "made": zone.local(now).isoformat(),
        "until": zone.local(plan.until).isoformat() if plan.until else None,
        "first": plan.first,
        "changed": plan.changed,
        "joined": _ids(record, plan.joined),
        "edited": _ids(record, plan.edited),
        "missing": _ids(record, plan.missing),
        "back": _ids(record, plan.back),
        "left": _ids(record, plan.left),
        "changes": [_change(record, one) for one in plan.changes],
        "stays": [_stay(record, one) for one in plan.stays],
        "warns": list(plan.warns),
        "call": _ids(record, plan.soon),
        "matches": list(plan.matches),
        "mails": [_mail(record, one) for one in plan.mails],
        "tasks": [_task(record, one) for one in plan.tasks],
        "settled": list(plan.settled),
        "people": [_touched(record, one) for one in plan.touched()],
    }


def differing(was: Document, now: Document) -> Iterator[str]:
    """Yield each effect of one plan that the other has not, in words.

    When mail leaves is no effect: it moves with the clock.
    """
    for word, one, other in (("no more", was, now), ("new", now, was)):
        for line in _only(one, other):
            yield f"{word}: {line}"


def of_cohort(document: Document) -> CohortId:
    """Return which cohort a plan is of."""
    return CohortId(document["cohort"])


def _only(one: Document, other: Document) -> Iterator[str]:
    """Yield the effects of one plan alone, alike mails together."""
    for key, words in _SAID.items():
        if those := [each for each in one[key] if each not in other[key]]:
            yield f"{words} {_some(those)}"
    theirs = [_effect(change) for change in other["changes"]]
    yield from (
        _said_of(change) for change in one["changes"] if _effect(change) not in theirs
    )
    others = _at_once(other)
    for (kind, subject), people in _at_once(one).items():
        known = others.get((kind, subject), ())
        if those := [each for each in people if each not in known]:
            yield f"{kind} to {_some(those)}: {subject}"


def _at_once(document: Document) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return who is mailed at once, by the kind and the subject of the mail."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in document["mails"]:
        if one["cause"] == "at once":
            mail = one["kind"], one["subject"]
            found.setdefault(mail, []).append(one["participant"])
    return found


def _effect(change: Document) -> tuple[object, ...]:
    """Return what becomes of an occurrence, without whether people were told."""
    return change["occurrence"], change["was"], change["now"]


def _said_of(change: Document) -> str:
    """Return what becomes of an occurrence, and of what it keeps only where it was."""
    was, now = change["was"], change["now"]
    title = f"{change['title']} ({change['occurrence']})"
    if was is None:
        return f"{title}: {_said(now)}"
    if now is None:
        return f"{title}: {_said(was)}, is no more"
    return f"{title}: {_said(was)}, becomes {_said(now, beside=was)}"


def _said(one: Document, *, beside: Document | None = None) -> str:
    starts = dt.datetime.fromisoformat(one["starts"])
    place, people = one["place"], one["audience"]
    at = "" if beside and beside["place"] == place else f" at {place or 'no place'}"
    whom = "" if beside and beside["audience"] == people else f" for {_some(people)}"
    return f"{starts:%a %Y-%m-%d %H:%M}{at if place or beside else ''}{whom}"


def _some(names: Sequence[str]) -> str:
    return f"{len(names)} people" if len(names) > FEW else ", ".join(sorted(names))


def _change(record: Record, one: Change) -> Document:
    return {
        "occurrence": one.occurrence,
        "kind": one.kind,
        "title": one.title,
        "match": one.match,
        "told": one.told,
        "begun": one.begun,
        "overrules": one.overrules,
        "was": _appointment(record, one.was),
        "now": _appointment(record, one.now),
        "joining": _ids(record, one.joining),
        "leaving": _ids(record, one.leaving),
    }


def _stay(record: Record, one: Stay) -> Document:
    return {
        "occurrence": one.occurrence,
        "title": one.title,
        "starts": record.days.zone.local(one.starts).isoformat(),
        "why": one.why,
    }


def _appointment(record: Record, one: Appointment | None) -> Document | None:
    if one is None:
        return None
    local = record.days.zone.local
    return {
        "starts": local(one.starts).isoformat(),
        "ends": local(one.ends).isoformat(),
        "place": one.place,
        "audience": _ids(record, one.audience),
    }


def _mail(record: Record, one: Mailed) -> Document:
    return {
        "participant": record.people[one.person].id,
        "kind": one.kind,
        "subject": one.subject,
        "leaves": record.days.zone.local(one.leaves).isoformat(),
        "sequence": one.sequence,
        "cause": one.cause,
    }


def _task(record: Record, one: Called) -> Document:
    at = record.days.zone.local(one.at).isoformat()
    return {"task": one.task, "at": at, "cause": one.cause}


def _touched(record: Record, one: Touched) -> Document:
    return {
        "participant": record.people[one.person].id,
        "joins": [change.occurrence for change in one.joins],
        "leaves": [change.occurrence for change in one.leaves],
        "moved": [change.occurrence for change in one.moved],
        "mails": [mail.subject for mail in one.mails if mail.cause != "no more"],
        "no more": [mail.subject for mail in one.mails if mail.cause == "no more"],
    }


def _ids(record: Record, people: Sequence[PersonId]) -> list[str]:
    return list(ids_of(people, record))
