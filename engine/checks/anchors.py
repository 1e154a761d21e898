"""Whether what a moment is counted from exists, and can be counted from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds, names, nature
from engine.checks.places import Placed, called, placed_activities, placed_phases, told
from engine.spec.activities import (
    Activity,
    Evaluation,
    Gathering,
    Matching,
    Meeting,
    PlacedMeeting,
)
from engine.spec.faults import Path
from engine.spec.model import SpecPart
from engine.spec.moments import Anchor, Condition, Moment, Within
from engine.spec.programme import Programme
from engine.spec.wording import listed, quoted

KICK_OFF = "kick-off"
"""What a series counts from in a phase that does not say when it begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hung:
    """A moment or window with its place.

    Attributes:
        told: False where the file is silent and the moment follows from that.
    """

    path: Path
    phrase: Moment | Within
    told: bool = True

    @property
    def anchor(self) -> Anchor:
        """What it is counted from."""
        return self.phrase.anchor

    def on(self, anchor: Anchor) -> str:
        """Return the same, counted from something else, as it would be written."""
        return str(replace(self.phrase, anchor=anchor))


def hung_in(part: SpecPart, path: Path) -> Iterator[Hung]:
    """Yield the moments and windows that a phase or activity tells."""
    for _, key, value in told(part):
        if isinstance(value, (Moment, Within)):
            yield Hung(path=(*path, key), phrase=value)
        if isinstance(value, Moment) and value.until is not None:
            yield Hung(path=(*path, key), phrase=Moment(value.until))
        if isinstance(value, Condition) and value.latest is not None:
            yield Hung(path=(*path, key), phrase=value.latest)


def counted_from(one: Placed) -> Iterator[Hung]:
    """Yield everything that the time of an activity depends on."""
    activity = one.activity
    if not (isinstance(activity, Gathering) and activity.is_the_cohorts):
        yield from hung_in(activity, one.path)
    edges = {hung.path[-1]: hung for hung in hung_in(one.phase, one.phase_path)}
    if _begins_with_phase(activity):
        silent = Hung(path=one.path, phrase=Moment(Anchor(KICK_OFF)), told=False)
        yield edges.get("from", silent)
    if isinstance(activity, Meeting) and activity.until is None and "until" in edges:
        yield edges["until"]


def _begins_with_phase(activity: Activity) -> bool:
    """Return whether a series is counted from where its phase begins."""
    told_first = isinstance(activity, PlacedMeeting) and activity.from_ is not None
    counted = isinstance(activity, Gathering) and activity.about_every is not None
    return counted and not told_first


def is_series(activity: Activity) -> bool:
    """Return whether an activity takes place several times, on dates known ahead."""
    if isinstance(activity, Gathering):
        return activity.is_series
    return isinstance(activity, Evaluation) and activity.when.anchor.which == "each"


def check_anchors(programme: Programme) -> Iterator[Finding]:
    """Yield every moment of a programme that is counted from nothing."""
    for path, phase in placed_phases(programme):
        for hung in hung_in(phase, path):
            yield from _check(hung, None, programme)
    for one in placed_activities(programme):
        for hung in hung_in(one.activity, one.path):
            yield from _check(hung, one.activity, programme)
        yield from _silent(one, programme)
    yield from _beginning(programme)


def _check(
    hung: Hung, owner: Activity | None, programme: Programme
) -> Iterator[Finding]:
    target = programme.activity(hung.anchor.activity)
    if target is None:
        yield _unknown(hung, owner, programme)
        return
    if hung.anchor.which == "one":
        found = _one(hung, target)
    elif hung.anchor.which == "ended":
        found = _ended(hung, owner, target)
    else:
        several = _each if hung.anchor.several else _held
        found = several(hung, owner, target)
    if found is not None:
        grounds = nature(programme, target)
        yield Finding(hung.path, *found, stops=True, grounds=grounds)


def _unknown(hung: Hung, owner: Activity | None, programme: Programme) -> Finding:
    name = hung.anchor.activity
    bare = isinstance(hung.phrase, Moment) and hung.phrase.span is None

    def written(guess: str) -> str:
        if bare and isinstance(owner, Gathering) and guess == owner.name:
            return f"the cohort's {guess}"
        return hung.on(replace(hung.anchor, activity=guess))

    inside = _inside(name, programme)
    finding = Finding(
        hung.path,
        f"no activity is called {quoted(name)}",
        f"it is a phase; name an activity of it: {inside}" if inside else "",
        stops=True,
        grounds=names(programme),
    )
    return unknown(finding, name, _countable(hung, programme), written=written)


def _countable(hung: Hung, programme: Programme) -> tuple[str, ...]:
    """Return the activities from which a moment like this one may be counted."""
    return tuple(
        called(one)
        for _, one in programme.activities()
        if isinstance(one, Meeting) == (hung.anchor.which == "held")
        and (isinstance(one, Matching) or hung.anchor.which != "ended")
        and (not hung.anchor.several or is_series(one))
        and not _comes_to_matches(one)
    )


def _comes_to_matches(activity: Activity) -> bool:
    """Return whether an evaluation comes to each match at a time of its own."""
    return isinstance(activity, Evaluation) and activity.when.anchor.of_matches


def _inside(phase: str, programme: Programme) -> str:
    names = [called(one) for of, one in programme.activities() if of.phase == phase]
    return listed(names)


def _each(
    hung: Hung, owner: Activity | None, target: Activity
) -> tuple[str, str] | None:
    name = called(target)
    if isinstance(target, Meeting):
        meant = hung.on(Anchor(name, 1, "held"))
        problem = f"{quoted(name)} is held by each match at times of its own"
        return problem, f"write, for example, `{meant}`"
    if not is_series(target):
        problem = f"{quoted(name)} takes place once"
        return problem, f"write `{hung.on(Anchor(name))}`"
    if hung.anchor.which == "round" and not _in_rounds(target):
        meant = hung.on(replace(hung.anchor, which="each"))
        return f"{quoted(name)} is not held in rounds", f"write `{meant}`"
    if not isinstance(owner, Evaluation | Gathering):
        meant = hung.on(Anchor(name, 1))
        problem = "only an evaluation or a gathering follows each of a series"
        return problem, f"write `{meant}`"
    return None


def _in_rounds(activity: Activity) -> bool:
    return isinstance(activity, PlacedMeeting) and activity.with_ is not None


def _held(
    hung: Hung, owner: Activity | None, target: Activity
) -> tuple[str, str] | None:
    name = called(target)
    if not isinstance(target, Meeting):
        number = hung.anchor.number if is_series(target) else 0
        problem = f"{quoted(name)} is not a meeting: its day is known ahead"
        return problem, f"write `{hung.on(Anchor(name, number))}`"
    if not isinstance(owner, Evaluation):
        problem = "only an evaluation follows a meeting that was held"
        return problem, "count it from a gathering"
    if hung.anchor.number == 0:
        meant = hung.on(replace(hung.anchor, number=1))
        return "meetings are counted from the 1st", f"write `{meant}`"
    if isinstance(hung.phrase, Moment) and hung.phrase.side == "before":
        problem = f"nobody knows before it when a {quoted(name)} will be held"
        return problem, f"write `{replace(hung.phrase, side='after')}`"
    return None


def _ended(
    hung: Hung, owner: Activity | None, target: Activity
) -> tuple[str, str] | None:
    name = called(target)
    if not isinstance(target, Matching):
        problem = f"{quoted(name)} is no kind of match, and only a match is ended"
        return problem, f"write `{hung.on(Anchor(name))}`"
    if not isinstance(owner, Evaluation):
        problem = "only an evaluation follows a match that was ended"
        return problem, "count it from a gathering"
    if isinstance(hung.phrase, Moment) and hung.phrase.side != "after":
        problem = f"nobody knows before it when a {name} will be ended"
        return problem, f"write, for example, `3 days after {hung.anchor}`"
    return None


def _one(hung: Hung, target: Activity) -> tuple[str, str] | None:
    name, number = called(target), hung.anchor.number
    if isinstance(target, Meeting):
        problem = f"{quoted(name)} is held by each match at times of its own"
        return problem, "count it from a gathering"
    if _comes_to_matches(target):
        problem = f"{quoted(name)} comes to each match at a time of its own"
        return problem, "count it from a gathering"
    if number > 1 and not is_series(target):
        problem = f"{quoted(name)} takes place once"
        return problem, f"write `{hung.on(Anchor(name))}`"
    return None


def _silent(one: Placed, programme: Programme) -> Iterator[Finding]:
    """Yield the series and meetings of which nothing says when they begin or end."""
    activity, slug = one.activity, called(one.activity)
    untold = [hung for hung in counted_from(one) if not hung.told]
    if untold and programme.activity(KICK_OFF) is None:
        problem = f"nothing says from when {quoted(slug)} is counted"
        remedy = f"write a `from` for the phase {one.phase.phase}"
        known = names(programme)
        grounds = replace(known, gaps=(*known.gaps, one.phase_path))
        yield Finding(one.name_path, problem, remedy, stops=True, grounds=grounds)
    if (
        isinstance(activity, Meeting)
        and activity.until is None
        and one.phase.until is None
    ):
        problem = f"nothing says when {quoted(slug)} ends"
        remedy = "write, for example, `until: closing`"
        grounds = Grounds(gaps=(one.path, one.phase_path))
        yield Finding(one.name_path, problem, remedy, stops=True, grounds=grounds)


def _beginning(programme: Programme) -> Iterator[Finding]:
    """Yield that the year counts from nothing, or from two days."""
    own = [
        one
        for one in placed_activities(programme)
        if isinstance(one.activity, Gathering) and one.activity.is_the_cohorts
    ]
    for extra in own[1:]:
        first = own[0].activity.name
        problem = f"the year counts from {quoted(first)} already"
        remedy = f"write, for example, `when: 12 months after {first}`"
        path, grounds = (*extra.path, "when"), nature(programme, own[0].activity)
        yield Finding(path, problem, remedy, stops=True, grounds=grounds)
    if not own and not _misspelt_beginning(programme):
        yield from _no_beginning(programme)


def _no_beginning(programme: Programme) -> Iterator[Finding]:
    problem = "the year counts from no day that a cohort file gives"
    known = names(programme)
    whens = ((*one.path, "when") for one in placed_activities(programme))
    grounds = replace(known, values=(*known.values, *whens))
    once = [
        one
        for one in placed_activities(programme)
        if isinstance(one.activity, Gathering) and one.activity.when is not None
    ]
    for one in sorted(once, key=lambda one: one.activity.name != KICK_OFF)[:1]:
        remedy = f"write `the cohort's {one.activity.name}`"
        yield Finding((*one.path, "when"), problem, remedy, grounds=grounds)
    if programme.phases and not once:
        remedy = "add `- gathering: kick-off` with `when: the cohort's kick-off`"
        yield Finding(("phases",), problem, remedy, key=True, grounds=grounds)


def _misspelt_beginning(programme: Programme) -> bool:
    """Return whether a gathering has the day of an activity that does not exist."""
    return any(
        one.when.span is None and programme.activity(one.when.anchor.activity) is None
        for _, one in programme.activities()
        if isinstance(one, Gathering) and one.when is not None
    )
