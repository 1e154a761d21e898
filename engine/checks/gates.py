"""Whether everything that waits for something can ever come about."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engine.checks.anchors import KICK_OFF, counted_from
from engine.checks.circles import circle_from
from engine.checks.findings import Finding
from engine.checks.grounds import Grounds, matches, names
from engine.checks.places import Placed, called, placed_activities, placed_phases
from engine.spec.activities import (
    Activity,
    Agreement,
    Evaluation,
    Meeting,
    PlacedMeeting,
)
from engine.spec.faults import Path
from engine.spec.moments import Anchor, Condition, Moment
from engine.spec.programme import Phase, Programme
from engine.spec.wording import listed, quoted


@dataclass(frozen=True, slots=True)
class _Use:
    """Something that is for matches of a kind only, or waits for them."""

    path: Path
    kind: str
    what: str


def check_made(programme: Programme) -> Iterator[Finding]:
    """Yield each kind of match that no activity makes, where it is first asked for."""
    uses: dict[str, list[_Use]] = {}
    for one in _uses(programme):
        if one.kind in programme.matches and programme.matching(one.kind) is None:
            uses.setdefault(one.kind, []).append(one)
    for kind, those in uses.items():
        problem = f"no activity makes the matches of {quoted(kind)}"
        if len(those) > 1:
            waiting = listed([one.what for one in those], last="and")
            problem += f", so {waiting} never come about"
        remedy = f"add an activity `- matching: {kind}`"
        yield Finding(those[0].path, problem, remedy, grounds=names(programme))


def _uses(programme: Programme) -> Iterator[_Use]:
    for path, phase in placed_phases(programme):
        waits = phase.waits_for
        if waits and waits.latest is None and waits.state in ("approved", "agreed"):
            what = f"the phase {quoted(phase.phase)}"
            yield _Use((*path, "waits for"), waits.name, what)
        for one in placed_activities(programme):
            if one.phase is phase and (kind := _match_of(one.activity)):
                what = quoted(one.activity.name)
                yield _Use((*one.path, "with"), kind, what)


def _match_of(activity: Activity | None) -> str | None:
    """Return the kind of match whose members an activity is for."""
    if isinstance(activity, Meeting | PlacedMeeting | Agreement):
        return activity.with_
    return None


def check_gates(programme: Programme) -> Iterator[Finding]:
    """Yield each phase that can never begin, and each circle of them, once.

    A phase that has a day on which it begins all the same is none. What only waits for
    another phase that never begins is named with that one.
    """
    gates = _Gates(programme)
    told: set[str] = set()
    for name in gates.never:
        circle = circle_from(name, gates.waiting)
        if circle and not told.intersection(circle):
            told.update(circle)
            yield gates.finding(circle)


@dataclass(frozen=True)
class _Gates:
    """The phases that wait, and what would have to come about first."""

    programme: Programme

    @cached_property
    def phases(self) -> Mapping[str, tuple[Path, Phase]]:
        """The phases by name; of two the first."""
        found: dict[str, tuple[Path, Phase]] = {}
        for path, phase in placed_phases(self.programme):
            found.setdefault(phase.phase, (path, phase))
        return found

    @cached_property
    def needed(self) -> Mapping[str, Sequence[Activity]]:
        """By phase that waits for ever, the activities that have to take place first.

        What is misnamed, or made by nothing, is told elsewhere, and counts as there.
        """
        return {
            name: tuple(_bringing_about(phase.waits_for, self.programme))
            for name, (_, phase) in self.phases.items()
            if phase.waits_for is not None and phase.waits_for.latest is None
        }

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The phase of each activity, by slug."""
        return {
            activity.slug: phase.phase
            for phase, activity in self.programme.activities()
        }

    @cached_property
    def waiting(self) -> Mapping[str, Sequence[tuple[str, Path]]]:
        """By phase, those that have to begin before it, and where that is told."""
        return {
            name: [
                (self.home[one.slug], (*path, "waits for"))
                for one in self.needed.get(name, ())
            ]
            for name, (path, _) in self.phases.items()
        }

    @cached_property
    def never(self) -> Sequence[str]:
        """The phases that can never begin, in the order of the file."""
        able: set[str] = set()
        while more := [
            name
            for name, before in self.waiting.items()
            if name not in able and all(one in able for one, _ in before)
        ]:
            able.update(more)
        return [name for name in self.phases if name not in able]

    def finding(self, circle: Sequence[str]) -> Finding:
        """Return what is told of phases that wait for each other."""
        path, phase = self.phases[circle[0]]
        first = quoted(circle[0])
        if len(circle) == 1:
            needed = self.needed[circle[0]]
            one = next(it for it in needed if self.home[it.slug] == circle[0])
            name = quoted(called(one))
            problem = f"the phase {first} waits for {name}, which is in it"
        else:
            others = [quoted(name) for name in (*circle[1:], circle[0])]
            problem = f"the phase {first} waits for the phase "
            problem += ", which waits for the phase ".join(others)
        problem += self._lost(circle)
        gates = tuple((*self.phases[name][0], "waits for") for name in circle)
        known, kinds = names(self.programme), matches(self.programme)
        grounds = Grounds(
            values=(*gates, *known.values), gaps=(*known.gaps, *kinds.gaps)
        )
        remedy = f"let it begin all the same: write `{self._ending(phase)}`"
        return Finding((*path, "waits for"), problem, remedy, grounds=grounds)

    def _ending(self, phase: Phase) -> Condition:
        """Return a condition with a day on which it does not matter any more."""
        begins = phase.from_ or Moment(Anchor(KICK_OFF))
        waits = phase.waits_for or Condition("", "agreed")
        return replace(waits, latest=begins)

    def _lost(self, circle: Collection[str]) -> str:
        """Return what never comes because of these phases, beside their own."""
        inside = {
            activity.slug
            for name in circle
            for activity in self.phases[name][1].activities
        }
        lost = [
            f"the phase {quoted(name)}"
            for name in self.never
            if name not in circle and _meet(self.needed.get(name, ()), inside)
        ]
        lost += [
            quoted(called(one.activity))
            for one in placed_activities(self.programme)
            if one.phase.phase not in self.never and _meet(self._sources(one), inside)
        ]
        if not lost:
            return ""
        verb = "hangs" if len(lost) == 1 else "hang"
        them = "it" if len(circle) == 1 else "them"
        return f"; {listed(lost, last='and')} {verb} on {them}"

    def _sources(self, one: Placed) -> Iterator[Activity]:
        """Yield what an activity is counted from, and what makes its matches."""
        yield from _making(_match_of(one.activity), self.programme)
        for hung in counted_from(one):
            target = self.programme.activity(hung.anchor.activity)
            if target is not None:
                yield target


def _meet(activities: Iterable[Activity], slugs: Collection[str]) -> bool:
    return any(one.slug in slugs for one in activities)


def _bringing_about(
    waits: Condition | None, programme: Programme
) -> Iterator[Activity]:
    """Yield the activities without which a condition cannot come about."""
    if waits is None:
        return
    if waits.state in ("approved", "agreed"):
        yield from _making(waits.name, programme)
        return
    wanted = Agreement if waits.state == "signed" else Evaluation
    activity = programme.activity(waits.name)
    if not isinstance(activity, wanted):
        return
    yield activity
    if isinstance(activity, Evaluation) and activity.when.anchor.of_matches:
        activity = programme.activity(activity.when.anchor.activity)
        yield from (activity,) if activity is not None else ()
    yield from _making(_match_of(activity), programme)


def _making(kind: str | None, programme: Programme) -> Iterator[Activity]:
    matching = programme.matching(kind) if kind is not None else None
    if matching is not None:
        yield matching
