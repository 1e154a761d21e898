"""What needed the coordinator, when, and what was done about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.commands.advance import SCHEDULE
from engine.commands.matching import DECLINED
from engine.commands.proposing import APPROVE
from engine.facts import Approved, Attended, Booked, Event, Fact, Raised, Settled
from engine.ids import OccurrenceId, PersonId
from engine.record import COORDINATOR
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import counted, shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Chore:
    """A task of the coordinator.

    Attributes:
        settled: When; empty while it is open.
    """

    raised: str
    what: str
    settled: str = ""
    done: str = ""


def chores(material: Material) -> tuple[Chore, ...]:
    """Return every task in the order in which they came."""
    return tuple(_chores(material))


def _chores(material: Material) -> Iterator[Chore]:
    for fact in material.facts:
        if isinstance(fact.event, Raised):
            settled = _settling(material, fact, fact.event.task)
            yield Chore(
                raised=_date(material, fact),
                what=_what(material, fact.event),
                settled=_date(material, settled) if settled else "",
                done=_done(material, fact.event, settled) if settled else "",
            )


def _date(material: Material, fact: Fact) -> str:
    return shown(material.words, material.local(fact.at), "dated")


def _settling(material: Material, raised: Fact, task: str) -> Fact | None:
    later = (fact for fact in material.facts if fact.number > raised.number)
    return next((fact for fact in later if fact.event == Settled(task=task)), None)


def _what(material: Material, raised: Raised) -> str:
    words, name = material.words, f"task.{raised.wording}"
    subject = _subject(material, raised)
    if not words.has(name):
        return f"{raised.wording.replace('-', ' ').capitalize()}: {subject}"
    return words.get(name, subject=subject)


def _subject(material: Material, raised: Raised) -> str:
    record = material.record
    if raised.person is not None:
        return record.people[raised.person].name
    if raised.match is not None:
        return material.pair(raised.match, _series(material, raised))
    one = material.timeline.occurrences.get(raised.occurrence or OccurrenceId(""))
    return material.heading(one) if one else raised.task


def _done(material: Material, raised: Raised, settled: Fact) -> str:
    """Return what was recorded in one go with the settling, about the same thing."""
    words, who = material.words, _who(material, settled.actor)
    together = [
        fact.event
        for fact in material.facts
        if (fact.at, fact.actor) == (settled.at, settled.actor)
    ]
    approved = sum(1 for one in together if isinstance(one, Approved))
    if approved and raised.wording in (APPROVE, DECLINED):
        return counted(words, "tasks.approved", approved, who=who)
    about = [one for one in together if _is_about(material, one, raised)]
    if came := [one.came for one in about if isinstance(one, Attended)]:
        counts = {"came": str(sum(came)), "asked": str(len(came))}
        return words.get("tasks.attended", who=who, **counts)
    for one in about:
        if isinstance(one, Booked):
            date = shown(words, material.local(one.starts), "dated")
            return words.get("tasks.booked", who=who, date=date)
    return words.get("tasks.settled-by", who=who)


def _is_about(material: Material, event: Event, raised: Raised) -> bool:
    """Return whether an event is about what a task is about, or of the same people."""
    if not isinstance(event, (Attended, Booked)):
        return False
    series = material.record.state.allocated[event.occurrence].series
    of_same = raised.match is not None and series == _series(material, raised)
    return event.occurrence == raised.occurrence or of_same


def _series(material: Material, raised: Raised) -> str:
    """Return what the meetings are counted in that a task is about."""
    occurrence = raised.occurrence or OccurrenceId("")
    allocated = material.record.state.allocated.get(occurrence)
    return allocated.series if allocated else raised.match or ""


def _who(material: Material, actor: str) -> str:
    words = material.words
    if actor in (COORDINATOR, SCHEDULE):
        return words.get(f"tasks.{actor}")
    person = material.record.people.get(PersonId(actor))
    return person.name if person else words.get(f"tasks.{SCHEDULE}")
