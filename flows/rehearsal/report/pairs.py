"""Who was matched with whom, why, and what is proven of it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.documents import Document
from engine.facts import Dissolved
from engine.ids import MatchId
from engine.people import Participant
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An approved match with its grounds.

    Attributes:
        members: Role by role.
        alternative: The cheapest one; empty where none was computed.
        replaced: Whether it was made after somebody said no.
    """

    id: MatchId
    members: tuple[tuple[Participant, ...], ...]
    points: int
    reasons: tuple[str, ...]
    alternative: str
    replaced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """The matches of one kind.

    Attributes:
        proof: What the solver proved, of these or of what it would do afresh.
        worst: Points of the worst of the approved matches.
        unmatched, shortages, declined: In a line each.
    """

    title: str
    roles: Sequence[str]
    rows: tuple[Row, ...]
    proof: str
    aim: str
    total: int
    worst: int
    unmatched: tuple[str, ...]
    shortages: tuple[str, ...]
    declined: tuple[str, ...]


def kinds(material: Material) -> tuple[Kind, ...]:
    """Return each kind of match, in the order of the spec."""
    return tuple(
        _kind(material, kind, material.matches)
        for kind in material.record.frozen.programme.matches
    )


def _kind(material: Material, kind: str, document: Document) -> Kind:
    record, words = material.record, material.words
    part, summary = record.frozen.programme.matches[kind], document["summary"][kind]
    rows = tuple(
        _row(material, one) for one in document["matches"] if one["kind"] == kind
    )
    points = [row.points for row in rows]
    matching = record.frozen.programme.matching(kind)
    return Kind(
        title=record.activity_title(
            matching.slug if matching else kind, words.language
        ),
        roles=tuple(role.capitalize() for role in part.everybody),
        rows=rows,
        proof=_proof(material, rows, summary),
        aim=words.get("matches.aim", aim=_aim(material, part.aim)),
        total=sum(points),
        worst=min(points, default=0),
        unmatched=tuple(_unmatched(material, kind, summary)),
        shortages=(*summary["unmet"], *summary["shortages"]),
        declined=tuple(_declined(material, kind)),
    )


def _row(material: Material, told: Mapping[str, Any]) -> Row:
    record = material.record
    match = record.state.matches[told["id"]]
    alternatives = told["alternatives"]
    return Row(
        id=match.id,
        members=tuple(
            tuple(record.people[person] for person in those)
            for those in match.members.values()
        ),
        points=told["score"],
        reasons=tuple(told["reasons"]),
        alternative=alternatives[0] if alternatives else "",
        replaced=match.approved > _first_approval(material, match.kind),
    )


def _first_approval(material: Material, kind: str) -> dt.datetime:
    matches = material.record.state.matches.values()
    return min(one.approved for one in matches if one.kind == kind)


def _aim(material: Material, aims: Sequence[str]) -> str:
    words = material.words
    named = (
        words.get(f"aim.{one}") if words.has(f"aim.{one}") else one for one in aims
    )
    return ", ".join(named)


def _proof(material: Material, rows: Sequence[Row], summary: Mapping[str, Any]) -> str:
    """Return what is proven; it may not hold for matches made after a no."""
    words, points = material.words, [row.points for row in rows]
    status, bound = summary["status"], str(summary["bound"])
    total, worst = summary["total"], summary["worst"]
    if (sum(points), min(points, default=None)) == (total, worst):
        return words.get(f"matches.{status}", bound=bound)
    afresh = words.get(
        "matches.afresh",
        total=str(total),
        worst=str(worst or 0),
        proof=words.get(f"matches.statuses.{status}"),
    )
    later = words.get("matches.later") if any(row.replaced for row in rows) else ""
    return f"{afresh} {later}".strip()


def _unmatched(
    material: Material, kind: str, summary: Mapping[str, Any]
) -> Iterator[str]:
    """Yield who has no match in a role, with the cause where the solver names one."""
    record = material.record
    living = [
        match
        for match in record.state.matches.values()
        if match.kind == kind and not match.dissolved
    ]
    causes = {(o["participant"], o["role"]): o["reason"] for o in summary["unmatched"]}
    part = record.frozen.programme.matches[kind]
    for role in (one for one in part.roles if one in (part.repeated, part.placed)):
        matched = {person for one in living for person in one.members.get(role, ())}
        for one in record.participants:
            if role in one.roles and one.person not in matched:
                unknown = material.words.get("matches.left", name=one.name)
                yield f"{causes.get((one.id, role), unknown)} ({role})"


def _declined(material: Material, kind: str) -> Iterator[str]:
    """Yield the matches that somebody said no to; not who of them did."""
    for fact in material.facts:
        if isinstance(fact.event, Dissolved):
            match = material.record.state.matches[fact.event.match]
            if match.kind == kind:
                date = shown(material.words, material.local(fact.at), "date")
                pair = material.pair(match.id)
                yield material.words.get("matches.said-no", pair=pair, date=date)
