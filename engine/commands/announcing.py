"""How an occurrence is announced, and how the coordinator is called."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.coordinators import concerned
from engine.facts import Announced, Event, Noticed, Raised
from engine.ids import MatchId, OccurrenceId, PersonId
from engine.letters.entries import calendar_mail
from engine.letters.outgoing import Outgoing
from engine.needs import AT_ONCE
from engine.record import Record
from engine.sharing import sequence_beyond, taken_over, told_by_previous
from engine.spec.activities import Meeting
from engine.timeline.model import Slot

_AT_ONCE = dt.timedelta(days=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcing:
    """A new announcement, and the mails that it calls for."""

    told: Announced
    mails: tuple[Outgoing, ...]


def announcement(
    record: Record,
    occurrence: OccurrenceId,
    slot: Slot,
    *,
    invited: bool,
    cancelled: bool = False,
    relocated: bool = False,
) -> Announced:
    """Return what is told of an occurrence next, one revision after the last.

    RFC 5546 2.1.4: SEQUENCE rises when the time or the cancellation changes, and with
    the place of a physical gathering. `relocated` tells that the place is another one
    under the same name. Whoever is taken off gets a SEQUENCE of their own, one higher,
    and one higher again when they come back; higher too than the next cohort told them,
    where this is its kick-off.
    """
    known = record.state.announced.get(occurrence)
    last = known.told if known else None
    told = Announced(
        occurrence=occurrence,
        revision=last.revision + 1 if last else 0,
        sequence=last.sequence if last else 0,
        starts=slot.starts,
        ends=slot.ends,
        place=slot.place,
        audience=slot.audience,
        stage="invited" if invited or (last and last.stage == "invited") else "held",
        cancelled=cancelled,
    )
    if last is not None:
        told = _after(last, told, rises=relocated or _differ(last, told))
    return replace(told, extra={**told.extra, **_taken_back(record, last, told)})


def _after(last: Announced, told: Announced, *, rises: bool) -> Announced:
    """Return what is told after the last, with who was taken off and who is back."""
    gone = {*last.withdrawn, *last.audience} - set(told.audience)
    back = set(last.withdrawn) & set(told.audience)
    changed = sorted((gone - set(last.withdrawn)) | back)
    more = {one: last.extra.get(one, 0) + 1 for one in changed}
    return replace(
        told,
        sequence=last.sequence + rises,
        withdrawn=tuple(sorted(gone)),
        extra={**last.extra, **more},
    )


def _taken_back(
    record: Record, last: Announced | None, told: Announced
) -> Mapping[PersonId, int]:
    """Return what is added for newcomers who have it of the next cohort already."""
    before = last.audience if last else ()
    beyond = {
        one: sequence_beyond(record, told, one) - told.sequence
        for one in told.audience
        if one not in before
    }
    return {one: more for one, more in beyond.items() if more > told.extra.get(one, 0)}


def _differ(last: Announced, told: Announced) -> bool:
    return (last.starts, last.ends, last.place, last.cancelled) != (
        told.starts,
        told.ends,
        told.place,
        told.cancelled,
    )


def announce(
    record: Record,
    told: Announced,
    *,
    wording: str,
    now: dt.datetime,
    urgent: bool = False,
) -> Announcing:
    """Return an announcement with a mail to everyone whom it touches.

    Whoever is taken off gets a cancellation and nothing else; but whom the next cohort
    asks to it gets the entry of that one in its place. Nobody is written to about what
    has begun. Who is in the last cohort too has this gathering in their calendar
    already. What begins within two days, or would have, does not wait for sending
    hours.
    """
    if told.starts <= now:
        return Announcing(told=told, mails=())
    known = record.state.announced.get(told.occurrence)
    begins = min(told.starts, known.told.starts) if known else told.starts
    soon = urgent or begins - now <= _AT_ONCE
    leaves = now if soon else record.days.sending(now)
    mails = tuple(
        _mail(record, told, person, wording=words, now=now, not_before=leaves)
        for person, words in _readers(record, told, wording)
    )
    return Announcing(told=told, mails=mails)


def _mail(
    record: Record,
    told: Announced,
    person: PersonId,
    *,
    wording: str,
    now: dt.datetime,
    not_before: dt.datetime,
) -> Outgoing:
    """Return what brings somebody the entry or takes it back, or gives it on."""
    key = f"{record.id}/{told.occurrence}/r{told.revision}/{person}"
    if told.cancelled or person not in told.audience:
        theirs = taken_over(record, told, now=now)
        if theirs is not None and person in theirs.told.audience:
            record, told = theirs.record, theirs.told
            wording = told_as(record, told)
    return calendar_mail(
        record, told, person, wording=wording, now=now, not_before=not_before, key=key
    )


def _readers(
    record: Record, told: Announced, wording: str
) -> Iterator[tuple[PersonId, str]]:
    """Yield whom a new announcement touches, and what it means to each of them."""
    known = record.state.announced.get(told.occurrence)
    last = known.told if known else None
    before = last.audience if last else ()
    elsewhere = told_by_previous(record, told)
    same = (
        wording == "update"
        and last is not None
        and (last.sequence, last.stage) == (told.sequence, told.stage)
    )
    # The entry of what a match books says whom one meets; a planned day stays.
    named = _is_booked(record, told) and not set(told.audience) <= set(before)
    for person in told.audience:
        here = person in before
        if person not in elsewhere and not (same and here and not named):
            joins = wording == "update" and not here
            yield person, told_as(record, told) if joins else wording
    for person in before:
        # Whoever is still asked to it in the last cohort keeps the entry.
        if person not in told.audience and person not in elsewhere:
            away = person in record.state.presence.paused
            off = "taken-off-away" if away else "taken-off"
            yield person, "cancel" if told.cancelled else off


def told_as(record: Record, told: Announced) -> str:
    """Return how a newcomer is told: what everybody else was told so far."""
    if _is_booked(record, told):
        return "booked"
    return "invite" if told.stage == "invited" else "hold"


def _is_booked(record: Record, told: Announced) -> bool:
    """Return whether members of a match book it, and it is on no planned day."""
    slug = record.state.allocated[told.occurrence].activity
    return isinstance(record.frozen.programme.activity(slug), Meeting)


def call(
    record: Record,
    wording: str,
    *,
    subject: str,
    occurrence: OccurrenceId | None = None,
    match: MatchId | None = None,
    person: PersonId | None = None,
) -> tuple[Event, ...]:
    """Return a task, and the notices that tell it to the coordinators whom it concerns.

    Only what cannot wait is told by itself; the rest stands in the weekly list. A task
    that is open already is not raised again.
    """
    task = f"{wording}/{subject}"
    if task in record.state.tasks:
        return ()
    raised = Raised(
        task=task, wording=wording, occurrence=occurrence, match=match, person=person
    )
    if wording not in AT_ONCE:
        return (raised,)
    told = (
        Noticed(
            notice=f"{task}/{record.state.number}" + (f"/{each}" if place else ""),
            person=each,
            wording=wording,
            occurrence=occurrence,
            match=match,
            about=person,
        )
        for place, each in enumerate(concerned(record, match, person))
    )
    return (raised, *told)
