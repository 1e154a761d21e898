"""Whether given matches keep every rule: a second opinion, apart from the solver.

Nothing here shares code with the scoring of pairs, so that a fault in the one is found
by the other. Use it on what is to be published, whoever put it together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, permutations, product
from typing import Literal

from engine.ids import PersonId
from engine.matching.clauses import (
    Apart,
    Limit,
    Mixed,
    Rule,
    Single,
    Spread,
    Unnamed,
)
from engine.matching.keeping import People, cell, keeps, manager_of, offends
from engine.matching.problem import ALIKE, Problem
from engine.matching.result import Members

Kind = Literal[
    "members",
    "role",
    "oneself",
    "twice",
    "capacity",
    "veto",
    "never",
    "manager",
    "rule",
    "apart",
    "too few",
    "fewer",
]
"""What can be wrong.

`members`: not as many of each role as the shape says; `role`: somebody takes no part in
that role; `oneself`: matched with themselves; `twice`: several matches where one is
allowed; `capacity`: more matches than places; `veto`: somebody said no; `never`: the
coordinator did; `manager`: not the nearest one; `rule`: it is broken; `apart`: two are
to be together; `too few`: not as many of some are placed as are to be;
`fewer`: somebody has a match, and not as many as they are to have.
"""

UNMET: tuple[Kind, ...] = ("apart", "too few", "fewer")
"""What an answer may lack where there is none that has it."""

IMPOSSIBLE: tuple[Kind, ...] = ("members", "role", "oneself", "twice")
"""What is no match at all, and not only one against a rule."""

_THREE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """One thing that is wrong, and who is concerned; `rule` where a rule is broken."""

    kind: Kind
    people: tuple[PersonId, ...]
    rule: Rule | None = None


def check(problem: Problem, matches: Iterable[Members]) -> tuple[Breach, ...]:
    """Return every breach in these matches: match by match, then person by person."""
    given = tuple(matches)
    people = {one.person: one for one in problem.participants}
    found: list[Breach] = []
    for members in given:
        found.extend(_check_match(problem, members, people))
    return (
        *found,
        *_check_counts(problem, given),
        *_check_all(problem, given, people),
        *_check_apart(problem, given),
        *_check_quotas(problem, given, people),
    )


def _check_match(
    problem: Problem, members: Members, people: People
) -> Iterator[Breach]:
    everyone = tuple(person for group in members.values() for person in group)
    if not is_sized(problem, members):
        yield Breach(kind="members", people=everyone)
        return
    strangers = tuple(
        person
        for role, group in members.items()
        for person in group
        if person not in people or role not in people[person].roles
    )
    if strangers:
        yield Breach(kind="role", people=strangers)
        return
    twice = tuple(one for one, count in Counter(everyone).items() if count > 1)
    if twice:
        yield Breach(kind="oneself", people=twice)
        return
    kinds: tuple[tuple[Kind, frozenset[tuple[PersonId, PersonId]]], ...]
    kinds = (("veto", problem.vetoes), ("never", problem.nevers))
    for two in combinations(everyone, 2):
        for kind, noes in kinds:
            if {*two} in ({*no} for no in noes):
                yield Breach(kind=kind, people=two)
    yield from _check_rules(problem, members, people)


def is_sized(problem: Problem, members: Members) -> bool:
    """Return whether there are as many of each role as the shape says."""
    first, second = problem.sides
    exactly = range(1, 2)
    sized = range(problem.least, problem.most + 1)
    ranges: Mapping[str, Mapping[str, range]] = {
        "pairs": {first: exactly, second: exactly},
        "trios": {second: exactly, problem.given: exactly, first: exactly},
        "groups": {first: exactly, second: sized},
        "buddies": {problem.placed: range(2, 4)},
        "networks": {problem.placed: sized},
    }
    expected = dict(ranges[problem.shape])
    if problem.joined and problem.having(problem.joined):
        expected[problem.joined] = exactly
    counts = {role: len(group) for role, group in members.items()}
    return counts.keys() == expected.keys() and all(
        counts[role] in expected[role] for role in counts
    )


def _check_rules(
    problem: Problem, members: Members, people: People
) -> Iterator[Breach]:
    for role, group in members.items():
        for rule in problem.rules.require:
            if isinstance(rule, Limit) and rule.role == role:
                for person in group:
                    if not keeps(rule, {role: people[person]}, people):
                        yield Breach(kind="rule", people=(person,), rule=rule)
    if problem.sides != ALIKE:
        yield from _check_across(problem, members, people)
    yield from _check_together(problem, members[problem.placed], people)


def _check_across(
    problem: Problem, members: Members, people: People
) -> Iterator[Breach]:
    """Yield the rules that somebody breaks with somebody of another role."""
    for chosen in product(*members.values()):
        company = dict(zip(members, (people[one] for one in chosen), strict=True))
        for rule in problem.rules.require:
            if not isinstance(rule, Limit) and not keeps(rule, company, people):
                yield Breach(kind="rule", people=chosen, rule=rule)
        if problem.given:
            talent = company[problem.placed]
            if manager_of(talent, people) != company[problem.given]:
                yield Breach(kind="manager", people=chosen)


def _check_together(
    problem: Problem, group: Sequence[PersonId], people: People
) -> Iterator[Breach]:
    """Yield the rules that people of the same role break with each other."""
    for rule in problem.rules.together:
        match rule:
            case Single() | Mixed():
                if not _blend(rule, [cell(people[one], rule.column) for one in group]):
                    yield Breach(kind="rule", people=tuple(group), rule=rule)
            case Apart() | Unnamed():
                for one, other in permutations(group, 2):
                    if offends(rule, people[one], people[other], people):
                        yield Breach(kind="rule", people=(one, other), rule=rule)
            case Spread():
                pass


def _blend(rule: Single | Mixed, cells: Sequence[str]) -> bool:
    """Return whether all values are one, or there are enough of each."""
    told = Counter(cells)
    if isinstance(rule, Single):
        return len(told) <= 1 and "" not in told
    wanted = (" ".join(str(one).lower().split()) for one in rule.values)
    return all(told[one] >= rule.least for one in wanted)


def _check_counts(problem: Problem, matches: Sequence[Members]) -> Iterator[Breach]:
    first = problem.sides[0]
    led = Counter(person for members in matches for person in members.get(first, ()))
    placed = Counter(
        person for members in matches for person in members.get(problem.placed, ())
    )
    for person, count in sorted(led.items()):
        if count > problem.capacity.get(person, 1):
            yield Breach(kind="capacity", people=(person,))
    several = problem.rules.several
    for person, count in sorted(placed.items()):
        together = count + problem.had.get(person, 0)
        if together > (several.count if several else 1):
            yield Breach(kind="twice", people=(person,))
        elif several and together < several.count:
            yield Breach(kind="fewer", people=(person,), rule=several)
    pairs = Counter(tuple(chain(*members.values())) for members in matches)
    for pair in sorted(pairs):
        done = {pair, pair[::-1]} & problem.already
        if several and pairs[pair] + len(done) > 1:
            yield Breach(kind="twice", people=pair)


def _check_all(
    problem: Problem, matches: Sequence[Members], people: People
) -> Iterator[Breach]:
    """Yield what no match shows by itself: exceptions, swaps and threes too many."""
    groups = [members.get(problem.placed, ()) for members in matches]
    for rule in problem.rules.together:
        if isinstance(rule, Spread):
            excused = [one for group in groups for one in _excused(rule, group, people)]
            if len(excused) > rule.exceptions:
                yield Breach(kind="rule", people=tuple(excused), rule=rule)
    threes = [group for group in groups if len(group) == _THREE]
    if problem.shape == "buddies" and len(threes) > 1:
        everyone = tuple(one for group in threes for one in group)
        yield Breach(kind="members", people=everyone)
    if problem.rules.swaps is not None:
        given = {
            two
            for m in matches
            for two in product(m.get(problem.given, ()), m.get(problem.sides[0], ()))
        }
        for manager, mentor in sorted(given):
            if manager < mentor and (mentor, manager) in given:
                swap = (manager, mentor)
                yield Breach(kind="rule", people=swap, rule=problem.rules.swaps)


def _check_apart(problem: Problem, matches: Sequence[Members]) -> Iterator[Breach]:
    """Yield who are to be together, and are not."""
    for two in sorted(problem.pins):
        if not any({*two} <= {*chain(*members.values())} for members in matches):
            yield Breach(kind="apart", people=two)


def _check_quotas(
    problem: Problem, matches: Sequence[Members], people: People
) -> Iterator[Breach]:
    """Yield of whom too many are placed, and of whom too few."""
    chosen = [one for match in matches for one in match.get(problem.placed, ())]
    inside = {*chosen, *problem.kept}
    able = {one.person for one in problem.having(problem.placed)} | problem.kept
    for rule in problem.rules.quotas:
        values: dict[str, list[PersonId]] = {}
        for person in sorted(able & people.keys()):
            values.setdefault(cell(people[person], rule.column), []).append(person)
        for value, those in values.items():
            placed = tuple(one for one in those if one in inside)
            if rule.most and len(placed) > rule.count:
                yield Breach(kind="rule", people=placed, rule=rule)
            if not rule.most and value and len(placed) < rule.count:
                yield Breach(kind="too few", people=tuple(those), rule=rule)


def _excused(
    rule: Spread, group: Sequence[PersonId], people: People
) -> Iterator[PersonId]:
    """Yield who is one too many of a value, in order, and whose value is not told."""
    met: Counter[str] = Counter()
    for one in group:
        value = cell(people[one], rule.column)
        met[value] += 1
        if not value or met[value] > rule.most:
            yield one
