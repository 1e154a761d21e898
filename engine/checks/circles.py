"""Whether some activities count from each other, so that none has a date."""

from collections.abc import Iterator, Mapping, Sequence

from engine.checks.anchors import counted_from
from engine.checks.findings import Finding
from engine.checks.grounds import Grounds
from engine.checks.places import Placed, called, placed_activities
from engine.spec.faults import Path
from engine.spec.programme import Programme
from engine.spec.wording import quoted

Counting = Mapping[str, Sequence[tuple[str, Path]]]
"""By activity, those that it counts from, and the paths of the moments that say so."""


def check_circles(programme: Programme) -> Iterator[Finding]:
    """Yield each circle once, at the first of its activities in the file."""
    places: dict[str, Placed] = {}
    for one in placed_activities(programme):
        places.setdefault(one.activity.slug, one)
    counting = {
        slug: [
            (target.slug, hung.path)
            for hung in counted_from(one)
            if (target := programme.activity(hung.anchor.activity)) is not None
        ]
        for slug, one in places.items()
    }
    names = {slug: quoted(called(one.activity)) for slug, one in places.items()}
    told: set[str] = set()
    for slug in places:
        circle = circle_from(slug, counting)
        if circle and not told.intersection(circle):
            told.update(circle)
            yield _finding(circle, counting, names)


def _finding(
    circle: Sequence[str], counting: Counting, names: Mapping[str, str]
) -> Finding:
    first, following = circle[0], circle[1 % len(circle)]
    path = next(path for target, path in counting[first] if target == following)
    moments = tuple(path for slug in circle for _, path in counting[slug])
    if len(circle) == 1:
        problem = f"{names[first]} counts from itself"
        remedy = "count it from something else"
    else:
        following_ones = (names[slug] for slug in (*circle[1:], first))
        chain = ", which counts from ".join(following_ones)
        problem = f"{names[first]} counts from {chain}"
        remedy = "count one of them from something else"
    grounds = Grounds(values=moments)
    return Finding(path, problem, remedy, stops=True, grounds=grounds)


def circle_from(start: str, counting: Counting) -> Sequence[str]:
    """Return the shortest way from a name back to itself; nothing if none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for following, _ in counting[way[-1]]:
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return ()
