"""What the matches would be if something were otherwise: for a coordinator who asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.commands.decision import RefusedError
from engine.ids import PersonId
from engine.matching import (
    Breach,
    Match,
    Problem,
    Solution,
    check,
    rate,
    solve,
    solve_anyway,
    word_breach,
)
from engine.matching.clauses import Rule
from engine.matching.faults import suggest
from engine.matching.insisting import Hindrance, InsistingError, hindrances
from engine.matching.rating import FEW
from engine.matching.result import Members
from engine.matching.verify import is_sized
from engine.matching.wording import word_barrier
from engine.problems import all_at_once, problem
from engine.record import Record
from engine.spec.wording import listed

Two = tuple[PersonId, PersonId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What is to be otherwise.

    Attributes:
        pins: Who are to be together.
        nevers: Who are not.
        waived: Rules and wishes that do not count, as the spec has them.
        move: Whether matches that run may be moved so that more people are matched.
    """

    pins: Sequence[Two] = ()
    nevers: Sequence[Two] = ()
    waived: Sequence[str] = ()
    move: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """The best matches as things are, and as they would be, both in today's points."""

    asked: Problem
    now: Solution
    then: Solution


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """Matches that somebody made by hand, weighed like ours.

    Attributes:
        breaches: Every rule that they break.
        left: Who of those who are placed is in none.
        best: The best there is.
    """

    asked: Problem
    matches: tuple[Match, ...]
    breaches: tuple[Breach, ...]
    left: tuple[PersonId, ...]
    best: Solution

    @property
    def total(self) -> int:
        """Points of all of them."""
        return sum(one.points for one in self.matches)

    @property
    def worst(self) -> int | None:
        """Points of the worst of them."""
        return min((one.points for one in self.matches), default=None)


def tried(record: Record, kind: str, trial: Trial) -> Tried:
    """Return the matches of a kind with and without what is to be otherwise.

    Raises:
        RefusedError: With everything that cannot be.
    """
    asked = _movable(record, kind) if trial.move else problem(record, kind)
    _refuse_both(record, trial)
    nevers = asked.nevers | frozenset(trial.nevers)
    kept = (two for two in asked.pins if nevers.isdisjoint((two, two[::-1])))
    other = replace(
        asked,
        moving=trial.move,
        pins=frozenset((*kept, *trial.pins)),
        nevers=nevers,
    )
    for words in trial.waived:
        other = _without(other, words)
    if found := hindrances(other):
        by_rule = any(one.barriers or one.breach for one in found)
        raise RefusedError(
            "\n".join(_hindered(record, other, one) for one in found),
            "leave it out" + ", or ask with --what-if what the rule costs" * by_rule,
        )
    seed = record.id.encode()
    try:
        then = solve(other, seed=seed)
    except InsistingError:
        names = ", ".join("+".join(_names(record, two)) for two in sorted(other.pins))
        raise RefusedError(
            f"no answer was found with all of {names}", "insist on fewer"
        ) from None
    now = solve_anyway(asked, seed=seed)
    return Tried(asked=other, now=now, then=_by_the_rules_of(asked, then))


def _movable(record: Record, kind: str) -> Problem:
    """Return what is to match with matches that run, which are kept for now."""
    if problem(record, kind).shape not in FEW:
        raise RefusedError(
            f"a running {kind} is not moved: nobody new comes into it",
            "leave out --move; stafet replace fills a free place",
        )
    return replace(all_at_once(record, kind), moving=False)


def _refuse_both(record: Record, trial: Trial) -> None:
    """Refuse that two are to be both together and apart."""
    apart = [{*two} for two in trial.nevers]
    both = [_names(record, two) for two in trial.pins if {*two} in apart]
    if both:
        raise RefusedError(
            "\n".join(f"{' and '.join(two)}: pinned, and never" for two in both),
            "ask for one of the two",
        )


def moved(before: Iterable[Match], after: Iterable[Match]) -> tuple[list[Match], ...]:
    """Return the matches that are only in the first, and only in the second."""
    left, right = list(before), list(after)
    known = [_people(one.members) for one in right]
    gone = [one for one in left if _people(one.members) not in known]
    stays = [_people(one.members) for one in left]
    return gone, [one for one in right if _people(one.members) not in stays]


def not_running(
    record: Record, kind: str, matches: Iterable[Members]
) -> tuple[Members, ...]:
    """Return those of these matches that are not of those that run already."""
    running = [
        _people(one.members)
        for one in record.state.matches.values()
        if one.kind == kind and not one.dissolved
    ]
    return tuple(one for one in matches if _people(one) not in running)


def scored(record: Record, kind: str, matches: Sequence[Members]) -> Scored:
    """Return what matches made by hand are worth beside the best ones."""
    asked = problem(record, kind, ignore_matches=True)
    inside = {one for match in matches for those in match.values() for one in those}
    return Scored(
        asked=asked,
        matches=tuple(rate(asked, one) for one in matches if is_sized(asked, one)),
        breaches=check(asked, matches),
        left=asked.without(inside),
        best=solve_anyway(asked, seed=record.id.encode()),
    )


def _by_the_rules_of(asked: Problem, then: Solution) -> Solution:
    """Return an answer with the points that it has as things are."""
    matches = tuple(rate(asked, one.members) for one in then.matches)
    points = [one.points for one in matches]
    return replace(
        then, matches=matches, total=sum(points), worst=min(points, default=None)
    )


def _without(asked: Problem, words: str) -> Problem:
    """Return the problem without a rule or wish, which is named as in the spec."""
    named = {one.sentence: one for one in _rules(asked)}
    wished = {one.clause.sentence: one for one in asked.rules.prefer}
    sentence = words if words in wished else words.rpartition(": ")[2]
    if sentence in wished:
        left = tuple(one for one in asked.rules.prefer if one != wished[sentence])
        return replace(asked, rules=replace(asked.rules, prefer=left))
    if sentence not in named:
        known = (*named, *wished)
        raise RefusedError(
            f"no rule of {asked.kind} is {words!r}", suggest(words, known)
        )
    return replace(asked, rules=asked.rules.without(named[sentence]))


def _rules(asked: Problem) -> Iterator[Rule]:
    yield from asked.rules.require
    yield from asked.rules.together
    if asked.rules.swaps is not None:
        yield asked.rules.swaps


def _hindered(record: Record, asked: Problem, one: Hindrance) -> str:
    two = "+".join(_names(record, one.people))
    if one.breach is not None:
        names = {person: each.name for person, each in record.people.items()}
        return f"{two}: {word_breach(one.breach, 'en', names=names)}"
    if one.barriers:
        told = ", ".join(word_barrier(each, "en") for each in one.barriers)
        return f"{two} cannot be together: {told}"
    if matched := [who for who in one.people if who in asked.kept]:
        told = listed(_names(record, matched), last="and")
        return f"{two}: {told} cannot get another match; stafet replace changes one"
    return f"{two} are not two whom a match of this kind joins"


def _names(record: Record, people: Iterable[PersonId]) -> list[str]:
    return [record.people[one].id for one in people]


def _people(members: Members) -> dict[str, frozenset[PersonId]]:
    return {role: frozenset(those) for role, those in members.items()}
