"""A plan as plain values, which other programs read, and in which two plans differ.

The keys are documented in `docs/outputs.md`, and stay.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from engine.documents import Document
from engine.ids import CohortId, PersonId
from engine.plan import Appointment, Called, Change, Mailed, Plan, Stay, Touched
from engine.record import Record, ids_of

_EFFECTS = ("joined", "edited", "missing", "back", "changes", "mails", "settled")
"""The keys under which two plans may differ so that the second is not the first."""


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
    before = {(key, line) for key in _EFFECTS for line in _lines(was, key)}
    after = {(key, line) for key in _EFFECTS for line in _lines(now, key)}
    for key, line in sorted(before - after):
        yield f"no more among {key}: {line}"
    for key, line in sorted(after - before):
        yield f"new among {key}: {line}"


def of_cohort(document: Document) -> CohortId:
    """Return which cohort a plan is of."""
    return CohortId(document["cohort"])


def _lines(document: Document, key: str) -> Iterator[str]:
    for one in document[key]:
        if key == "changes":
            was, now = (_said(one[side]) for side in ("was", "now"))
            yield f"{one['title']} ({one['occurrence']}), {was} becomes {now}"
        elif key == "mails":
            if one["cause"] == "at once":
                yield f"{one['kind']} to {one['participant']}: {one['subject']}"
        else:
            yield str(one)


def _said(one: Document | None) -> str:
    if one is None:
        return "nothing"
    return f"{one['starts']} {one['place']} for {', '.join(one['audience'])}"


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
