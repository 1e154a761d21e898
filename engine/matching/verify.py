"""Whether given matches keep every rule: a second opinion, apart from the solver.

Nothing here shares code with the scoring of pairs, so that a fault in the one is found
by the other. Use it on what is to be published, whoever put it together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal, assert_never

from engine.ids import PersonId
from engine.matching.clauses import Above, Alike, Apart, Condition
from engine.matching.problem import Problem
from engine.matching.result import Members
from engine.people import Participant

Kind = Literal["members", "role", "oneself", "twice", "capacity", "veto", "rule"]
"""What can be wrong.

`members`: not one person of each side; `role`: somebody takes no part in that role;
`oneself`: matched with themselves; `twice`: several matches where one is allowed;
`capacity`: more matches than places; `veto`: somebody said no; `rule`: it is broken.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """One thing that is wrong, and who is concerned; `rule` where a rule is broken."""

    kind: Kind
    people: tuple[PersonId, ...]
    rule: Condition | None = None


def check(problem: Problem, matches: Iterable[Members]) -> tuple[Breach, ...]:
    """Return every breach in these matches: match by match, then person by person."""
    given = tuple(matches)
    people = {one.person: one for one in problem.participants}
    found: list[Breach] = []
    for members in given:
        found.extend(_check_match(problem, members, people))
    return (*found, *_check_counts(problem, given))


def _check_match(
    problem: Problem, members: Members, people: Mapping[PersonId, Participant]
) -> Iterator[Breach]:
    everyone = tuple(person for group in members.values() for person in group)
    sizes = {role: len(group) for role, group in members.items()}
    if sizes != dict.fromkeys(problem.sides, 1):
        yield Breach(kind="members", people=everyone)
        return
    strangers = tuple(
        person
        for role, (person,) in members.items()
        if person not in people or role not in people[person].roles
    )
    if strangers:
        yield Breach(kind="role", people=strangers)
        return
    pair = {role: people[members[role][0]] for role in problem.sides}
    yield from _check_pair(problem, pair, people)


def _check_pair(
    problem: Problem,
    pair: Mapping[str, Participant],
    people: Mapping[PersonId, Participant],
) -> Iterator[Breach]:
    one, other = (member.person for member in pair.values())
    if one == other:
        yield Breach(kind="oneself", people=(one,))
        return
    if {one, other} in ({*veto} for veto in problem.vetoes):
        yield Breach(kind="veto", people=(one, other))
    for rule in problem.rules.require:
        if not _keeps(rule, pair, people):
            yield Breach(kind="rule", people=(one, other), rule=rule)


def _check_counts(problem: Problem, matches: Iterable[Members]) -> Iterator[Breach]:
    first, second = problem.sides
    given = tuple(matches)
    led = Counter(person for members in given for person in members.get(first, ()))
    placed = Counter(person for members in given for person in members.get(second, ()))
    for person, count in sorted(led.items()):
        if count > problem.capacity.get(person, 1):
            yield Breach(kind="capacity", people=(person,))
    for person, count in sorted(placed.items()):
        if count > 1:
            yield Breach(kind="twice", people=(person,))


def _keeps(
    rule: Condition,
    pair: Mapping[str, Participant],
    people: Mapping[PersonId, Participant],
) -> bool:
    one, other = pair.values()
    match rule:
        case Apart():
            return not (_reports(one, other, people) or _reports(other, one, people))
        case Alike():
            left, right = _cell(one, rule.column), _cell(other, rule.column)
            return "" not in {left, right} and (left == right) == rule.same
        case Above():
            high = _height(rule, pair[rule.upper])
            low = _height(rule, pair[rule.lower])
            return high is not None and low is not None and high >= low + rule.steps
        case _:
            assert_never(rule)


def _reports(
    one: Participant, boss: Participant, people: Mapping[PersonId, Participant]
) -> bool:
    """Climb from `one`, a manager at a time, and see whether `boss` is met."""
    met: set[PersonId] = set()
    current: Participant | None = one
    while current is not None and current.person not in met:
        met.add(current.person)
        current = _manager(current, people)
        if current is not None and current.person == boss.person:
            return True
    return False


def _manager(
    one: Participant, people: Mapping[PersonId, Participant]
) -> Participant | None:
    address = parseaddr(one.manager)[1].lower()
    named = [other for other in people.values() if other.id == one.manager]
    written = [other for other in people.values() if other.email.lower() == address]
    return next(iter(named or (written if address else ())), None)


def _cell(one: Participant, column: str) -> str:
    """Return the value as one comparable text; empty when it is not told."""
    fixed = {"department": one.department, "language": one.language}
    value = fixed[column] if column in fixed else one.values.get(column)
    return "" if value is None else " ".join(str(value).lower().split())


def _height(rule: Above, one: Participant) -> int | None:
    cell = _cell(one, rule.column)
    if not rule.scale:
        return int(cell) if cell.lstrip("-").isdecimal() else None
    heights = {step.lower(): height for height, step in enumerate(rule.scale)}
    return heights.get(cell)
