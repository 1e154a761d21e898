"""What other programs read of a cohort: its year and its matches as plain values.

The keys are documented in `docs/outputs.md`, and stay.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from engine.commands.proposing import solution_for
from engine.commands.standing import Standing
from engine.distribution import distribution
from engine.ids import MatchId, PersonId
from engine.letters.entries import occurrence_title
from engine.matching import (
    Match,
    Problem,
    Solution,
    blocking,
    check,
    priced,
    rate,
    speech_of,
    word,
    word_alternative,
    word_breach,
    word_proof,
    word_relief,
    word_shortage,
    word_unmatched,
    word_waiver,
)
from engine.matching.result import Members
from engine.problems import problem
from engine.record import Record, ids_of
from engine.spec.activities import Meeting
from engine.timeline.model import Occurrence
from engine.timeline.shifts import Shift

Document = Mapping[str, Any]


def timeline_document(
    standing: Standing, *, language: str, now: dt.datetime | None = None
) -> tuple[Document, ...]:
    """Return every occurrence, in order of time; times local with their offset.

    Args:
        standing: The cohort.
        language: Of the titles.
        now: From which `past` is told; None tells nothing of it.
    """
    return tuple(
        _occurrence(standing.record, one, language, now)
        for one in standing.timeline.occurrences.values()
    )


def _occurrence(
    record: Record, one: Occurrence, language: str, now: dt.datetime | None
) -> Document:
    zone = record.days.zone
    return {
        "id": one.id,
        "phase": one.slot.phase,
        "activity": one.slot.activity,
        "kind": one.slot.kind,
        "starts": zone.local(one.starts).isoformat(),
        "ends": zone.local(one.ends).isoformat(),
        "timezone": zone.name,
        "place": record.place(one.slot.place),
        "audience": list(ids_of(one.slot.audience, record)),
        "match": one.slot.match,
        "title": occurrence_title(
            record, one.slot.activity, one.slot.ordinal, language
        ),
        "status": status_of(record, one, now),
    }


def status_of(record: Record, one: Occurrence, now: dt.datetime | None) -> str:
    """Return where an occurrence stands, in one word of the documented list."""
    state = record.state
    announcement = state.announced.get(one.id)
    if one.off or (announcement and announcement.told.cancelled):
        return "cancelled"
    activity = record.frozen.programme.activity(one.slot.activity)
    if isinstance(activity, Meeting) or one.id in state.held:
        return _meeting_status(record, one)
    if now is not None and one.ends <= now:
        return "past"
    if announcement:
        return "invited" if announcement.told.stage == "invited" else "date held"
    return "planned"


def _meeting_status(record: Record, one: Occurrence) -> str:
    if (held := record.state.held.get(one.id)) is not None:
        return "held" if held[0] else "not held"
    if one.id in record.state.lapsed:
        return "lapsed"
    if one.id in record.state.booked:
        return "booked"
    return "forecast" if one.provisional else "to be booked"


def matches_document(record: Record, *, language: str) -> Document:
    """Return the approved matches with their reasons, and what the solver proved."""
    matches: list[Document] = []
    summary: dict[str, Document] = {}
    for kind, part in record.frozen.programme.matches.items():
        asked = problem(record, kind, ignore_matches=True)
        best = solution_for(record, kind, ignore_matches=True)
        solution = priced(asked, best, seed=record.id.encode())
        living = _living(record, kind)
        summary[kind] = {
            **_summary(record, asked, solution, language),
            "distribution": _distribution(record, kind, living.values()),
        }
        for id_, members in living.items():
            people = (one for those in members.values() for one in those)
            rated = rate(_with(asked, record, people), members)
            matches.append(
                _match(record, rated, solution, language)
                | {"id": id_, "kind": kind, "shape": part.shape}
            )
    return {"matches": matches, "summary": summary}


def proposal_document(
    record: Record, *, language: str, only: str = "", whose: Collection[PersonId] = ()
) -> Document:
    """Return what would be proposed now: matches without an id, and the summary.

    With `only` of that kind of match; else of all. With `whose` these people are told
    what other partners would cost, whatever work that takes.
    """
    matches: list[Document] = []
    summary: dict[str, Document] = {}
    for kind in (only,) if only else record.frozen.programme.matches:
        asked = problem(record, kind)
        best = solution_for(record, kind)
        solution = priced(asked, best, seed=record.id.encode(), whose=whose)
        told = solution_document(record, asked, solution, language)
        matches += told["matches"]
        summary |= told["summary"]
    return {"matches": matches, "summary": summary}


def solution_document(
    record: Record, asked: Problem, solution: Solution, language: str
) -> Document:
    """Return matches that some solution proposes, and its summary.

    Its distribution counts who is in a match already as well.
    """
    members = [
        *_living(record, solution.kind).values(),
        *(match.members for match in solution.matches),
    ]
    summary = {
        **_summary(record, asked, solution, language),
        "distribution": _distribution(record, solution.kind, members),
    }
    return {
        "matches": solution_documents(record, solution, language=language),
        "summary": {solution.kind: summary},
    }


def _living(record: Record, kind: str) -> Mapping[MatchId, Members]:
    return {
        match.id: match.members
        for match in record.state.matches.values()
        if match.kind == kind and not match.dissolved
    }


def _distribution(
    record: Record, kind: str, matches: Iterable[Members]
) -> list[Document]:
    return [asdict(one) for one in distribution(record, kind, matches)]


def solution_documents(
    record: Record, solution: Solution, *, language: str
) -> list[Document]:
    """Return the matches of a solution, which have no id yet."""
    shape = record.frozen.programme.matches[solution.kind].shape
    return [
        _match(record, match, solution, language)
        | {"id": None, "kind": solution.kind, "shape": shape}
        for match in solution.matches
    ]


def _with(asked: Problem, record: Record, people: Iterable[PersonId]) -> Problem:
    """Return the problem with these people in it, also where they have left."""
    known = {one.person for one in asked.participants}
    left = tuple(record.people[one] for one in people if one not in known)
    return replace(asked, participants=(*asked.participants, *left))


def _match(
    record: Record, match: Match, solution: Solution, language: str
) -> dict[str, Any]:
    names = {person: one.name for person, one in record.people.items()}
    solved = next((o for o in solution.matches if o.members == match.members), None)
    return {
        "id": None,
        "kind": "",
        "shape": "",
        "members": {
            role: list(ids_of(people, record)) for role, people in match.members.items()
        },
        "score": match.points,
        "reasons": [word(reason, language) for reason in match.reasons],
        "alternatives": [
            word_alternative(one, language, names=names, whose=solution.many)
            for one in (solved.alternatives if solved else ())
        ],
    }


def _summary(
    record: Record, asked: Problem, solution: Solution, language: str
) -> Document:
    names = {person: one.name for person, one in record.people.items()}
    return {
        "status": solution.status,
        "total": solution.total,
        "worst": solution.worst,
        "bound": solution.bound,
        "proof": word_proof(solution, language),
        "unmatched": [
            {
                "participant": record.people[one.person].id,
                "role": one.role,
                "reason": word_unmatched(one, language, names=names),
            }
            for one in solution.unmatched
        ],
        "unmet": [
            word_breach(one, language, names=names)
            for one in check(asked, [match.members for match in solution.matches])
        ],
        "unpriced": list(ids_of(solution.unpriced, record)),
        "blocking": [
            [record.people[one].id for one in two]
            for two in blocking(asked, solution.matches)
        ],
        "shortages": list(_wanting(record, solution, language, names)),
    }


def _wanting(
    record: Record, solution: Solution, language: str, names: Mapping[PersonId, str]
) -> Iterator[str]:
    """Yield what there is too little of, and what would help."""
    part = record.frozen.programme.matches[solution.kind]
    sides = speech_of(part.shape, part.roles).sides
    for one in solution.shortages:
        yield word_shortage(one, sides, language)
        for waiver in one.waivers:
            yield word_waiver(waiver, language, names=names)
    for waiver in solution.waivers:
        yield word_waiver(waiver, language, names=names)
    for relief in solution.reliefs:
        yield word_relief(relief, language)


def shift_document(
    shift: Shift, *, before: Record, after: Record, language: str
) -> Document:
    """Return an occurrence that is at another time, in one year alone, or no more."""
    shown, record = (shift.now, after) if shift.now else (shift.was, before)
    if shown is None:
        raise AssertionError("a shift is of something")
    slot = shown.slot
    return {
        "activity": slot.activity,
        "title": occurrence_title(record, slot.activity, slot.ordinal, language),
        "was": _times(before, shift.was),
        "now": _times(after, shift.now),
    }


def _times(record: Record, one: Occurrence | None) -> Document | None:
    if one is None:
        return None
    local = record.days.zone.local
    return {
        "starts": local(one.starts).isoformat(),
        "ends": local(one.ends).isoformat(),
    }
