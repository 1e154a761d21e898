"""The numbers at the top: how many, and of how many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.commands.meetings import is_meeting
from engine.facts import Replied
from engine.spec.activities import Evaluation, Gathering, Handover
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import counted
from flows.rehearsal.report.year import Entry

_ASKING = (Evaluation.KEYWORD, Handover.KEYWORD)
_CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One number, what it counts, and what to see it against."""

    name: str
    number: int
    label: str
    note: str = ""


def tiles(material: Material, entries: Sequence[Entry]) -> tuple[Tile, ...]:
    """Return the numbers of a rehearsal."""
    words, state = material.words, material.record.state
    notes = dict(_notes(material, entries))
    numbers = {
        "participants": len(material.record.participants),
        "matches": sum(1 for one in state.matches.values() if not one.dissolved),
        "gatherings": sum(
            1
            for entry in entries
            if entry.kind == Gathering.KEYWORD and entry.status != _CANCELLED
        ),
        "meetings": sum(1 for held, _ in state.held.values() if held),
        "mails": len(material.mails),
        "answers": sum(len(people) for people in state.answered.values()),
    }
    return tuple(
        Tile(
            name=name,
            number=number,
            label=words.get(f"tile.{name}"),
            note=notes.get(name, ""),
        )
        for name, number in numbers.items()
    )


def _notes(material: Material, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    words, state = material.words, material.record.state
    yield "participants", _unmatched(material)
    if declined := sum(1 for one in state.matches.values() if one.dissolved):
        yield "matches", counted(words, "tile.declined", declined)
    replied = sum(1 for fact in material.facts if isinstance(fact.event, Replied))
    yield "gatherings", counted(words, "tile.invited", replied)
    told = sum(1 for one in state.announced if is_meeting(material.record, one))
    yield "meetings", words.get("tile.of-meetings", booked=str(told))
    days = len({mail.sent.date() for mail in material.mails})
    yield "mails", counted(words, "tile.mail-days", days)
    asked = sum(entry.audience for entry in entries if entry.kind in _ASKING)
    yield "answers", words.get("tile.of-answers", asked=str(asked))


def _unmatched(material: Material) -> str:
    record = material.record
    if not record.frozen.programme.matches:
        return ""
    living = (one for one in record.state.matches.values() if not one.dissolved)
    matched = {person for one in living for person in one.people}
    alone = sum(1 for one in record.participants if one.person not in matched)
    if not alone:
        return material.words.get("tile.all-matched")
    return counted(material.words, "tile.unmatched", alone)
