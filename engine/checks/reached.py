"""Whether there is anybody whom an activity is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds, roles
from engine.checks.matches import check_roles
from engine.checks.places import Placed, placed_activities
from engine.checks.years import Year
from engine.record import EVERYONE, role_of
from engine.spec.activities import (
    Evaluation,
    Gathering,
    Matching,
    Meeting,
    Nomination,
    PlacedMeeting,
    Task,
)
from engine.spec.cells import roles_of
from engine.spec.model import Audience
from engine.spec.programme import TRACK, Programme
from engine.spec.wording import listed, quoted
from engine.timeline.gatherings import edition_of
from engine.timeline.model import Occurrence


@dataclass(frozen=True, kw_only=True, slots=True)
class _Lack:
    """Why there is nobody, and what to write in which column."""

    problem: str
    words: tuple[str, ...]
    column: str


def check_reached(programme: Programme, year: Year) -> Iterator[Finding]:
    """Yield what is for nobody of a cohort, once for each role or track that lacks.

    Roles of matches are told with their matches. Who is proposed may still come.
    """
    if any(check_roles(programme)):
        return
    lacking: dict[_Lack, list[str]] = {}
    places: dict[_Lack, list[Placed]] = {}
    for one in placed_activities(programme):
        for name, lack in _unreached(one, year):
            lacking.setdefault(lack, []).append(name)
            places.setdefault(lack, []).append(one)
    for lack, what in lacking.items():
        yield _finding(lack, what, places[lack], programme)


def _unreached(one: Placed, year: Year) -> Iterator[tuple[str, _Lack]]:
    """Yield what nobody comes to, and why: a whole series, or some of it by number."""
    found = year.occurrences.get(one.activity.slug, ())
    empty = [
        (occurrence, lack)
        for occurrence in found
        if not occurrence.slot.audience
        and (lack := _lack(one, occurrence, year)) is not None
    ]
    name = one.activity.name
    if empty and len(empty) == len(found):
        yield name, empty[0][1]
        return
    for occurrence, lack in empty:
        yield f"{name} {occurrence.slot.ordinal}", lack


def _finding(
    lack: _Lack, what: Sequence[str], places: Sequence[Placed], programme: Programme
) -> Finding:
    known = roles(programme)
    values = tuple(
        (*one.path, key) for one in places for key in ("for", TRACK, "editions", "with")
    )
    grounds = Grounds(
        values=(*known.values, *values, ("roles",), ("tracks",)), gaps=known.gaps
    )
    verb = "is" if len(what) == 1 else "are"
    named = listed([quoted(one) for one in what], last="and")
    problem = f"{lack.problem}, so {named} {verb} for nobody"
    words = listed([f"`{one}`" for one in lack.words])
    remedy = f"write {words} in the column {lack.column} of the participants file"
    return Finding(("people",), problem, remedy, in_programme=grounds)


def _lack(one: Placed, occurrence: Occurrence, year: Year) -> _Lack | None:
    """Return why nobody is meant; None where that is told elsewhere, or may change."""
    programme = year.record.frozen.programme
    named = _named(one, occurrence, programme)
    if named is None:
        return None
    words = (named,) if isinstance(named, str) else named
    wanted = tuple(role_of(word) for word in words if word != EVERYONE)
    known, told = roles_of(programme), _of_matches(programme)
    if programme.nominated.intersection(wanted or known):
        return None
    if not words or not set(wanted) <= set(known):
        return None
    if EVERYONE in words or year.record.audience(named):
        return _off_track(one, year)
    if told.intersection(wanted):
        return None
    problem = f"nobody is a {listed(wanted)}"
    return _Lack(problem=problem, words=wanted, column="roles")


def _off_track(one: Placed, year: Year) -> _Lack | None:
    track = one.activity.track
    if track is None or track not in year.record.frozen.programme.tracks:
        return None
    there = any(
        person.values.get(TRACK) in (track, None)
        for person in year.record.people.values()
    )
    who = "none of them" if there else "nobody"
    return _Lack(
        problem=f"{who} is on the track {quoted(track)}", words=(track,), column=TRACK
    )


def _named(
    one: Placed, occurrence: Occurrence, programme: Programme
) -> Audience | None:
    """Return whom an occurrence is for, in the words of the file; None for others'."""
    activity = one.activity
    if isinstance(activity, Nomination | Matching):
        return None
    if isinstance(activity, Task) and activity.is_the_coordinators:
        return None
    if isinstance(activity, Meeting | PlacedMeeting) and activity.with_ is not None:
        kind = programme.matches.get(activity.with_)
        return tuple(f"{role}s" for role in kind.everybody) if kind else None
    if isinstance(activity, Gathering):
        return edition_of(activity, occurrence.slot.ordinal).for_ or activity.for_
    if isinstance(activity, Evaluation):
        return activity.for_
    named: Audience | None = getattr(activity, "for_", None)
    return named


def _of_matches(programme: Programme) -> frozenset[str]:
    return frozenset(
        role for match in programme.matches.values() for role in match.everybody
    )
