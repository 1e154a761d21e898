"""Problems of matches of many, and the slow but obvious answers to compare with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from engine.ids import PersonId
from engine.matching import (
    Problem,
    Rules,
    Solution,
    parse_rules,
    rate,
    speech_of,
)
from engine.matching.aims import (
    BALANCE,
    EVERYONE,
    FIRST,
    TOTAL,
    WORST,
    parse_aims,
    priorities,
)
from engine.people import Participant
from tests.unit.matching.cases import COLUMNS, LEVELS, TAGS, person
from tests.unit.matching.every import Choice, choices

ROLES: Mapping[str, tuple[str, ...]] = {
    "groups": ("mentor", "mentee"),
    "trios": ("talent", "manager", "mentor"),
    "buddies": ("talent",),
    "networks": ("member",),
}
AIMS = (
    (EVERYONE, WORST, TOTAL),
    (EVERYONE, TOTAL, WORST),
    (EVERYONE, TOTAL),
)
MORE_AIMS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "groups": ((EVERYONE, BALANCE), (EVERYONE, TOTAL, FIRST)),
    "trios": ((EVERYONE, BALANCE), (EVERYONE, WORST, FIRST, BALANCE)),
    "buddies": ((EVERYONE, FIRST, TOTAL), (EVERYONE, WORST, FIRST)),
    "networks": ((EVERYONE, FIRST, TOTAL),),
}
REQUIRE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "groups": (
        ("mentee", "at least 2 years"),
        ("mentor and mentee", "outside each other's reporting line"),
        ("mentor and mentee", "not among each other's wishes"),
        ("mentees of a group", "different departments"),
        ("mentees of a group", "different departments, one exception in the cohort"),
        ("mentees of a group", "at most 2 from the same department"),
        ("mentees of a group", "one location"),
        ("mentees of a group", "at least 1 of each remote"),
        ("mentees of a group", "outside each other's reporting line"),
        ("mentees of a group", "not among each other's wishes"),
        ("mentees", "at most 2 from one department"),
        ("mentees", "at least 2 from each department"),
    ),
    "trios": (
        ("talent and mentor", "different departments"),
        ("manager and mentor", "different location"),
        ("talent and mentor", "not among each other's wishes"),
        ("mentor", "at least 2 years"),
        ("talent and manager", "near in years within 2"),
        ("talent and mentor", "at least one goals in common"),
        ("managers and mentors", "no two swap talents"),
        ("talents", "at most 2 from one department"),
        ("talents", "at least 1 from each department"),
    ),
    "buddies": (
        ("buddies", "different departments"),
        ("buddies", "same location"),
        ("buddies", "outside each other's reporting line"),
        ("buddies", "not among each other's wishes"),
        ("talent", "at most 3 years"),
        ("talents", "at most 2 from one department"),
        ("talents", "at least 2 from each department"),
    ),
    "networks": (
        ("members of a network", "different departments"),
        ("members of a network", "different departments, two exceptions in the cohort"),
        ("members of a network", "the same location"),
        ("members of a network", "at least one of each remote"),
        ("members of a network", "not among each other's wishes"),
        ("member", "at least one years"),
        ("members", "at most 2 from one department"),
        ("members", "at least 2 from each department"),
    ),
}
PREFER: Mapping[str, tuple[tuple[str, int], ...]] = {
    "groups": (
        ("mentor's strengths cover mentee's goals", 5),
        ("mentor and mentee, same location", 2),
    ),
    "trios": (
        ("talent's wishes in order", 3),
        ("mentor's level above talent's", 2),
        ("manager and mentor, same location", 1),
        ("talent and manager, goals in common", 2),
        ("talent and mentor, near in years within 3", 2),
    ),
    "buddies": (
        ("one's wishes in order", 3),
        ("one's strengths cover the other's goals", 2),
        ("buddies, same location", 1),
        ("buddies, complementary strengths", 2),
        ("buddies, near in level", 1),
    ),
    "networks": (
        ("members of a network, different departments", 2),
        ("members of a network, same location", 1),
        ("members of a network, goals in common", 1),
        ("one's wishes in order", 3),
    ),
}
SIZES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "groups": ((2, 2), (1, 2), (2, 3), (3, 3)),
    "trios": ((1, 1),),
    "buddies": ((2, 3),),
    "networks": ((2, 3), (2, 2), (3, 4)),
}


def rules(
    shape: str,
    require: Sequence[tuple[str, str]] = (),
    prefer: Sequence[tuple[str, int]] = (),
) -> Rules:
    speech = speech_of(shape, ROLES[shape])
    return parse_rules(require, prefer, columns=COLUMNS, speech=speech)


def problem(
    shape: str,
    people: Sequence[Participant],
    given: Rules,
    *,
    size: tuple[int, int] = (1, 1),
    aim: tuple[str, ...] = (EVERYONE, WORST, TOTAL),
    joined: str = "",
    capacity: Mapping[PersonId, int] | None = None,
    vetoes: frozenset[tuple[PersonId, PersonId]] = frozenset(),
) -> Problem:
    roles = ROLES[shape]
    least, most = size
    return Problem(
        kind="party",
        sides=speech_of(shape, roles).sides,
        participants=tuple(people),
        rules=given,
        shape=shape,
        placed=roles[1] if shape == "groups" else roles[0],
        least=least,
        most=most,
        given=roles[1] if shape == "trios" else "",
        joined=joined,
        capacity=capacity or {},
        vetoes=vetoes,
        aim=aim,
    )


@st.composite
def problems(draw: st.DrawFn, shape: str) -> Problem:
    """A few people of the shape's roles, and some of its rules."""
    names = [f"a{one}" for one in range(draw(st.integers(0, 2)))]
    names += [f"b{one}" for one in range(draw(st.integers(0, 5)))]
    people = [_somebody(draw, shape, name, names) for name in names]
    chosen = st.lists(st.sampled_from(REQUIRE[shape]), max_size=2, unique=True)
    weighed = st.lists(st.sampled_from(PREFER[shape]), max_size=2, unique=True)
    ids = [one.person for one in people]
    twos = (
        st.tuples(st.sampled_from(ids), st.sampled_from(ids)) if ids else st.nothing()
    )
    found = problem(
        shape,
        draw(st.permutations(people)),
        rules(shape, draw(chosen), draw(weighed)),
        size=draw(st.sampled_from(SIZES[shape])),
        aim=draw(st.sampled_from((*AIMS, *MORE_AIMS[shape]))),
        capacity={one: draw(st.integers(0, 2)) for one in ids},
        vetoes=frozenset(draw(st.lists(twos, max_size=1)) if ids else ()),
    )
    nevers = draw(st.lists(twos, max_size=1)) if ids else ()
    waited = frozenset(one for one in ids if draw(st.booleans()))
    return replace(found, nevers=frozenset(nevers), waited=waited)


def _somebody(
    draw: st.DrawFn, shape: str, name: str, names: Sequence[str]
) -> Participant:
    roles: tuple[str, ...] = ROLES[shape]
    if shape == "groups":
        roles = roles[:1] if name.startswith("a") else roles[1:]
    if shape == "trios":
        roles = draw(st.sampled_from((roles[:1], roles[1:], roles)))
    return person(
        name,
        *roles,
        department=draw(st.sampled_from(("", "Health", "Schools", "Culture"))),
        manager=draw(st.sampled_from(("", *names, *names))),
        location=draw(st.sampled_from(("North", "South"))),
        remote=draw(st.sampled_from((True, True, False, False, None))),
        years=draw(st.sampled_from((None, 1, 2, 4))),
        level=draw(st.sampled_from(LEVELS)),
        goals=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=2))),
        strengths=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=2))),
        wishes=tuple(draw(st.lists(st.sampled_from(names), max_size=2))),
    )


def worth(given: Problem, choice: Choice) -> tuple[int, ...]:
    """Return the values by which answers of many are compared, the first one first."""
    points = [rate(given, one).points for one in choice]
    sizes = [len(one[given.placed]) for one in choice]
    placed = [one for match in choice for one in match[given.placed]]
    loads = Counter(one for match in choice for one in match.get(given.sides[0], ()))
    values = {
        EVERYONE: sum(sizes),
        WORST: min(points, default=0),
        TOTAL: sum(points),
        FIRST: len(given.waited.intersection(placed)),
        BALANCE: -sum(load**2 for load in loads.values()),
    }
    evenly: tuple[int, ...] = ()
    if given.shape == "networks" or (
        given.shape == "groups" and given.least < given.most
    ):
        count = len(sizes) if given.shape == "groups" else -len(sizes)
        evenly = (count, min(sizes, default=0) - max(sizes, default=0))
    order = priorities(parse_aims(given.aim))
    if given.shape == "groups" and WORST not in given.aim:
        order = tuple(one for one in order if one != WORST)
    first, *others = order
    lead = [values[first]]
    if given.shape in ("groups", "networks"):
        lead += [values[aim] for aim in others if aim == FIRST]
        others = [aim for aim in others if aim != FIRST]
    return (*required(given, placed), *lead, *evenly, *(values[aim] for aim in others))


def required(given: Problem, placed: Sequence[PersonId]) -> tuple[int, ...]:
    """Return how many are placed of those of whom so many are to be."""
    had = Counter(
        one.department
        for one in given.having(given.placed)
        if one.person in placed and one.department
    )
    least = [one.count for one in given.rules.quotas if not one.most]
    return tuple(sum(min(one, count) for one in had.values()) for count in least)


def best(given: Problem) -> tuple[int, ...]:
    """Return what the best answer is worth, found by looking at each one."""
    return max(worth(given, one) for one in choices(given) if fits(given, one))


def fits(given: Problem, choice: Choice) -> bool:
    """Return whether there is no three of buddies where they are even in number."""
    if given.shape != "buddies":
        return True
    able = [
        one
        for one in given.having(given.placed)
        if all(
            isinstance(one.values["years"], int) and one.values["years"] <= 3
            for rule in given.rules.require
        )
    ]
    threes = [one for one in choice if len(one[given.placed]) == 3]
    return len(able) % 2 == 1 or not threes


def chosen(solution: Solution) -> Choice:
    return tuple(match.members for match in solution.matches)


def named(solution: Solution) -> list[tuple[str, ...]]:
    """Return the ids of each match, role by role."""
    return [
        tuple(
            one.removeprefix("p-") for those in match.members.values() for one in those
        )
        for match in solution.matches
    ]
