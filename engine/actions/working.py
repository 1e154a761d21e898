"""What is done around work, agreements, material and certificates."""

import datetime as dt
from collections.abc import Iterator

from engine.actions.around import Around
from engine.actions.model import Action, Call, Notify
from engine.counting import parts_of
from engine.ids import MatchId, PersonId
from engine.record import Record
from engine.spec.activities import (
    Agreement,
    Assignment,
    Certificate,
    Material,
    Task,
    Work,
)
from engine.spec.spans import Earned

_WEEK = dt.timedelta(days=7)


def work_steps(work: Work, around: Around) -> Iterator[Action]:
    """Yield: it is given, those who are not done are reminded, and who is, is told."""
    one = around.one
    missing = _missing(around)
    given = Notify(wording=work.kind, people=missing, occurrence=one.id)
    yield around.action("give", one.starts, given, until=one.ends)
    again = Notify(wording=f"{work.kind}-again", people=missing, occurrence=one.id)
    for number, step in enumerate(work.remind, start=1):
        due = around.step(one.ends, step)
        if one.starts < due < one.ends:
            yield around.action(f"remind-{number}", due, again, until=one.ends)
    told = _told_of(work, around)
    if told:
        closed = Notify(wording=f"{work.kind}-due", people=told, occurrence=one.id)
        due = around.record.days.sending(one.ends)
        yield around.action("due", due, closed, until=due + _WEEK)


def task_steps(task: Task, around: Around) -> Iterator[Action]:
    """Yield: the coordinator gets it as a task of theirs, others as work."""
    if not task.is_the_coordinators:
        yield from work_steps(task, around)
        return
    one = around.one
    call = Call(wording="task", occurrence=one.id)
    yield around.action("give", one.starts, call, until=one.ends)


def agreement_steps(agreement: Agreement, around: Around) -> Iterator[Action]:
    """Yield: a match is asked for it, reminded, and the coordinator told if need be."""
    one = around.one
    missing = _missing(around)
    if not missing:
        return
    asked = Notify(wording="agreement", people=one.slot.audience, occurrence=one.id)
    yield around.action("open", one.starts, asked, until=one.ends)
    again = Notify(wording="agreement-again", people=missing, occurrence=one.id)
    for number, step in enumerate(agreement.remind, start=1):
        due = around.step(one.starts, step)
        if due < one.ends:
            yield around.action(f"remind-{number}", due, again, until=one.ends)
    call = Call(wording="no-agreement", occurrence=one.id, match=one.slot.match)
    yield around.action("close", around.record.days.sending(one.ends), call)


def material_steps(_material: Material, around: Around) -> Iterator[Action]:
    """Yield: it is sent, unless its week has passed."""
    one = around.one
    tell = Notify(wording="material", people=one.slot.audience, occurrence=one.id)
    yield around.action("send", one.starts, tell, until=one.starts + _WEEK)


def certificate_steps(certificate: Certificate, around: Around) -> Iterator[Action]:
    """Yield: those who have earned it get it."""
    one, record = around.one, around.record
    earners = tuple(
        person
        for person in one.slot.audience
        if all(_came_to(record, person, what) for what in certificate.earned_by)
    )
    give = Notify(wording="certificate", people=earners, occurrence=one.id)
    yield around.action("give", one.starts, give, until=one.starts + 4 * _WEEK)


def _came_to(record: Record, person: PersonId, what: Earned) -> bool:
    """Return whether somebody came as often as it takes."""
    parts = parts_of(record, person)
    count = sum(one.came for one in parts if one.activity == what.activity)
    return count >= what.least


def _missing(around: Around) -> tuple[PersonId, ...]:
    done = around.record.state.completed.get(around.one.id, frozenset())
    return tuple(person for person in around.one.slot.audience if person not in done)


def _told_of(work: Work, around: Around) -> tuple[PersonId, ...]:
    """Return who is told, once it is due, who has done it."""
    match = around.record.state.matches.get(around.one.slot.match or MatchId(""))
    if isinstance(work, Assignment):
        if match is None or work.hand_in_to is None:
            return ()
        return match.members.get(work.hand_in_to, ())
    return around.coordinator
