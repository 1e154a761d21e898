"""The shipped programmes, with everyone matched and agreed, without a rehearsal."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from engine.commands.apply import Files
from engine.commands.proposing import solution_for
from engine.commands.sketch import sketch
from engine.commands.standing import Standing, stand
from engine.facts import Approved, Confirmed, Event, Fact
from engine.frozen import freeze
from engine.ids import MatchId, PersonId
from engine.matching import Solution
from engine.people import Participant
from engine.record import Record
from engine.spec.activities import Activity
from engine.spec.moments import LocalDate
from engine.spec.programme import Programme
from engine.state import fold
from flows.loading import load

SPECS = Path(__file__).parents[3] / "specs"
COHORTS: Mapping[str, Path] = {
    path.parents[1].name: path for path in sorted(SPECS.glob("*/cohorts/*.yaml"))
}
AGREED = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
Times = tuple[str, str]


@cache
def files(programme: str) -> Files:
    """Return the files of the cohort that is shipped with a programme."""
    return load(COHORTS[programme])


@cache
def matched(programme: str) -> Standing:
    """Return where that cohort stands when the proposed matches are agreed."""
    record = sketch(files(programme)).record
    events = [event for kind in kinds(record) for event in _agreed(record, kind)]
    facts = (
        Fact(cohort=record.id, number=number, at=AGREED, actor="", event=event)
        for number, event in enumerate(events, start=record.state.number + 1)
    )
    return stand(replace(record, state=fold(record.state, facts)))


@cache
def proposal(programme: str, kind: str) -> Solution:
    """Return the matches that are proposed."""
    return solution_for(sketch(files(programme)).record, kind)


def kinds(record: Record) -> Iterable[str]:
    """Return the kinds of match of a programme."""
    return record.frozen.programme.matches


def begun(told: Files, at: LocalDate) -> Files:
    """Return the same cohort with another kick-off."""
    cohort = told.frozen.cohort.model_copy(update={"dates": {"kick-off": at}})
    frozen = freeze(told.frozen.programme, cohort, told.frozen.texts)
    return replace(told, frozen=frozen)


def in_zone(programme: str, zone: str) -> Files:
    """Return the files of a cohort in another time zone."""
    there, frozen = {"timezone": zone}, files(programme).frozen
    elsewhere = frozen.programme.model_copy(update=there)
    again = freeze(elsewhere, frozen.cohort, frozen.texts)
    return replace(files(programme), frozen=again)


def spec(programme: str) -> Programme:
    """Return the programme."""
    return files(programme).frozen.programme


def names(programme: str, phase: str) -> list[str]:
    """Return the activities of a phase, as kind and name, in the order of the file."""
    return [
        f"{activity.kind} {activity.name}"
        for found, activity in spec(programme).activities()
        if found.phase == phase
    ]


def told(programme: str, activity: str) -> Mapping[str, object]:
    """Return what the spec says of an activity, in its own words and keys."""
    return written(next(one for one in _of(programme) if one.slug == activity))


def written(activity: Activity) -> Mapping[str, object]:
    """Return an activity in its own words and keys, without what is not told."""
    return activity.model_dump(mode="json", by_alias=True, exclude_unset=True)


def times(standing: Standing, activity: str) -> list[Times]:
    """Return the local start and end of each occurrence, those at once told once."""
    zone = standing.record.days.zone
    found = (
        (
            f"{zone.local(one.starts):%Y-%m-%d %H:%M}",
            f"{zone.local(one.ends):%Y-%m-%d %H:%M}",
        )
        for one in standing.timeline.of(activity)
    )
    return list(dict.fromkeys(found))


def audience(standing: Standing, activity: str) -> list[set[str]]:
    """Return who each occurrence is for, by id in the people file."""
    people = standing.record.people
    return [
        {people[person].id for person in one.slot.audience}
        for one in standing.timeline.of(activity)
    ]


def with_roles(programme: str, *roles: str) -> set[str]:
    """Return the ids of everybody who has one of the roles."""
    return {one.id for one in files(programme).people if set(roles) & set(one.roles)}


@cache
def members(programme: str, kind: str) -> list[Mapping[str, tuple[Participant, ...]]]:
    """Return the people of each proposed match by role."""
    people = sketch(files(programme)).record.people
    return [
        {role: _people(ids, people) for role, ids in match.members.items()}
        for match in proposal(programme, kind).matches
    ]


def _people(
    ids: Iterable[PersonId], people: Mapping[PersonId, Participant]
) -> tuple[Participant, ...]:
    return tuple(people[one] for one in ids)


def _of(programme: str) -> Iterable[Activity]:
    return (activity for _, activity in spec(programme).activities())


def _agreed(record: Record, kind: str) -> Iterable[Event]:
    solution = solution_for(record, kind)
    for number, match in enumerate(solution.matches, start=1):
        id_ = MatchId(f"{kind}-{number}")
        points = match.points
        yield Approved(match=id_, kind=kind, members=match.members, points=points)
        for role in match.members.values():
            for person in role:
                yield Confirmed(match=id_, person=person, agrees=True)
