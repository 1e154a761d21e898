"""People and problems for the tests of matching."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from engine.ids import PersonId
from engine.matching import (
    AIMS,
    Column,
    Problem,
    Rules,
    of_two,
    parse_rules,
)
from engine.people import Participant, Value

SIDES = ("mentor", "mentee")
SEED = b"seed"
LEVELS = ("talent", "office", "director")
TAGS = ("conflict", "finance", "strategy")

COLUMNS: Mapping[str, Column] = {
    "level": Column(kind="scale", values=LEVELS),
    "goals": Column(kind="tags"),
    "strengths": Column(kind="tags"),
    "wishes": Column(kind="people", up_to=3),
    "location": Column(kind="text"),
    "years": Column(kind="number"),
    "remote": Column(kind="yes or no"),
}

BOTH = "mentor and mentee"
REQUIRE = (
    (BOTH, "different departments"),
    (BOTH, "outside each other's reporting line"),
)
STRANGERS = (*REQUIRE, (BOTH, "not among each other's wishes"))
ALIKE_IN = (
    *REQUIRE[:1],
    (BOTH, "goals in common"),
    (BOTH, "near in level within 1"),
)
PREFER = (
    ("mentor's strengths cover mentee's goals", 5),
    ("mentee's wishes in order", 3),
    ("mentor's level above mentee's", 2),
)

MORE = (
    (f"{BOTH}, goals in common", 3),
    (f"{BOTH}, complementary strengths", 2),
    (f"{BOTH}, near in level", 2),
    (f"{BOTH}, at least 2 goals in common", 1),
)


def rules(
    require: Sequence[tuple[str, str]] = (), prefer: Sequence[tuple[str, int]] = ()
) -> Rules:
    return parse_rules(require, prefer, columns=COLUMNS, speech=of_two(SIDES))


def person(
    name: str,
    *roles: str,
    department: str = "",
    manager: str = "",
    language: str = "da",
    **values: Value,
) -> Participant:
    return Participant(
        person=PersonId(f"p-{name}"),
        id=name,
        name=name.title(),
        email=f"{name}@example.org",
        language=language,
        roles=roles,
        department=department,
        manager=manager,
        values=values,
    )


def ids(*names: str) -> tuple[PersonId, ...]:
    return tuple(PersonId(f"p-{name}") for name in names)


def pair(mentor: str, mentee: str) -> dict[str, tuple[PersonId, ...]]:
    return {"mentor": ids(mentor), "mentee": ids(mentee)}


def problem(
    people: Sequence[Participant],
    given: Rules,
    *,
    aim: tuple[str, ...] = AIMS,
    capacity: Mapping[PersonId, int] | None = None,
    vetoes: frozenset[tuple[PersonId, PersonId]] = frozenset(),
    nevers: frozenset[tuple[PersonId, PersonId]] = frozenset(),
) -> Problem:
    return Problem(
        kind="pair",
        sides=SIDES,
        participants=tuple(people),
        rules=given,
        capacity=capacity or {},
        vetoes=vetoes,
        nevers=nevers,
        aim=aim,
    )


@st.composite
def problems(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]] = (AIMS,)) -> Problem:
    """A few mentors and mentees, some of them both, and every kind of rule."""
    names = [*(f"a{one}" for one in range(draw(st.integers(0, 3))))]
    names += [f"b{one}" for one in range(draw(st.integers(0, 3)))]
    people = [
        person(
            name,
            *draw(st.sampled_from(((_role(name),), (_role(name),), SIDES))),
            department=draw(st.sampled_from(("", "Health", "Schools", "Culture"))),
            manager=draw(st.sampled_from(("", *names, *names))),
            level=draw(st.sampled_from(LEVELS)),
            goals=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=3))),
            strengths=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=3))),
            wishes=tuple(draw(st.lists(st.sampled_from(names), max_size=3))),
        )
        for name in names
    ]
    ids_ = [one.person for one in people]
    required = draw(st.sampled_from((REQUIRE, REQUIRE[:1], STRANGERS, ALIKE_IN, ())))
    found = problem(
        draw(st.permutations(people)),
        rules(required, draw(st.sampled_from((PREFER, MORE)))),
        aim=draw(st.sampled_from(aims)),
        capacity={
            one.person: places
            for one in people
            if (places := draw(st.integers(0, 2))) != 1
        },
        vetoes=frozenset(_vetoes(draw, [one.person for one in people])),
        nevers=frozenset(_vetoes(draw, [one.person for one in people])),
    )
    return replace(
        found,
        waited=frozenset(one for one in ids_ if draw(st.booleans())),
        held={one: draw(st.integers(0, 2)) for one in ids_},
    )


@st.composite
def several(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]] = (AIMS,)) -> Problem:
    """The same where each mentee is to have two mentors, and some have one already."""
    free = draw(problems(aims=aims))
    two = rules([("each mentee", "2 mentors")]).several
    mentees = [one.person for one in free.having("mentee")]
    mentors = [one.person for one in free.having("mentor")]
    had = [one for one in mentees if draw(st.booleans())] if mentors else []
    return replace(
        free,
        rules=replace(free.rules, several=two),
        had=dict.fromkeys(had, 1),
        already=frozenset((draw(st.sampled_from(mentors)), one) for one in had),
    )


QUOTAS = (
    ("mentees", "at most 1 from one department"),
    ("mentees", "at most 2 from the same department"),
    ("mentees", "at least 1 from each department"),
    ("mentees", "at least two from each department"),
)


@st.composite
def counted(draw: st.DrawFn, *, aims: Sequence[tuple[str, ...]] = (AIMS,)) -> Problem:
    """The same, with quotas; some who take no part any more count in them already."""
    free = draw(problems(aims=aims))
    least, most = draw(st.sampled_from(QUOTAS[2:])), draw(st.sampled_from(QUOTAS[:2]))
    told = draw(st.sampled_from(((least,), (most,), (least, most), (QUOTAS[2], most))))
    told = told if told != (QUOTAS[3], QUOTAS[0]) else told[:1]
    quotas = rules(told).quotas
    away = person("gone", department=draw(st.sampled_from(("Health", "Schools"))))
    return replace(
        free,
        participants=(*free.participants, away),
        rules=replace(free.rules, quotas=quotas),
        kept=frozenset({away.person}),
    )


def _role(name: str) -> str:
    return "mentor" if name.startswith("a") else "mentee"


def _vetoes(
    draw: st.DrawFn, people: Sequence[PersonId]
) -> list[tuple[PersonId, PersonId]]:
    if not people:
        return []
    one = st.sampled_from(people)
    return draw(st.lists(st.tuples(one, one), max_size=2))
