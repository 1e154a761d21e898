"""Which rule sentences about two people are understood, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TypeVar

from engine.matching.clauses import (
    MAX_WEIGHT,
    Clause,
    Even,
    Preference,
    Rules,
)
from engine.matching.columns import (
    COMPARABLE,
    Column,
    Kind,
    column_named,
    known_columns,
)
from engine.matching.faults import RuleError, suggest
from engine.matching.forms import FORMS, RANKED, required
from engine.matching.speech import Speech
from engine.matching.together import (
    APART,
    limit_rule,
    quota_rule,
    several_rule,
    together_rule,
    unswapped_rule,
)

Told = TypeVar("Told", bound=Clause)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """The sentences that are understood, given columns and roles."""

    columns: Mapping[str, Column]
    speech: Speech

    @property
    def sides(self) -> tuple[str, ...]:
        """Whoever may own a column in a sentence."""
        return self.speech.named

    def requirement(self, subject: str, sentence: str) -> Rules:
        """Return the one rule that is required, in its place among the rules."""
        who, text, speech = _tidy(subject), _tidy(sentence), self.speech
        if who in speech.roles:
            return Rules(require=(limit_rule(who, text, self.column),))
        if who and who == speech.together:
            rule = together_rule(text, self.column, self.steps, loose=speech.loose)
            return Rules(together=(rule,))
        if who and who == speech.each:
            first, second = speech.sides
            return Rules(several=several_rule(second, text, first))
        if who == speech.counted:
            return Rules(quotas=(quota_rule(who[:-1], text, self.column),))
        if who.removesuffix("s") in speech.roles:
            raise RuleError(
                problem=f'"{who}" may have several matches each, and are not counted',
                remedy=f'write "{speech.counted}"',
            )
        if who and who == speech.swaps[0]:
            return Rules(swaps=unswapped_rule(text, speech.swaps[1]))
        two = self._two(who, speech.subjects)
        clause = self._clause(text, self.conditions())
        return Rules(require=(self._between(required(clause), two),))

    def preference(self, sentence: str, weight: int) -> Preference:
        """Return the preference with its weight, 1 to 100."""
        text = _tidy(sentence)
        subject, comma, rest = text.partition(", ")
        two = self._two(subject, self.speech.weighed) if comma else ()
        clause = self._clause(rest if comma else text, self.preferences())
        if not comma and isinstance(clause, Even):
            full = f"{self.speech.weighed[0]}, {text}"
            raise RuleError(
                problem=f'"{text}" does not say of whom', remedy=f'write "{full}"'
            )
        if isinstance(weight, bool) or not 1 <= weight <= MAX_WEIGHT:
            raise RuleError(
                problem=f"{weight} is not a weight",
                remedy=f"write a whole number from 1 to {MAX_WEIGHT}",
            )
        return Preference(clause=self._between(clause, two), weight=weight)

    def _between(self, clause: Told, two: tuple[str, ...]) -> Told:
        """Return the clause with those it is about, where a match has more."""
        if isinstance(clause, Even) and len(self.speech.twos) > 1:
            return replace(clause, between=two)
        return clause

    def _clause(self, text: str, known: tuple[str, ...]) -> Clause:
        for pattern, parse in FORMS:
            found = pattern.fullmatch(text)
            if found:
                return parse(self, found)
        raise RuleError(problem=f'"{text}" is not a rule', remedy=suggest(text, known))

    def _two(self, subject: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return the two roles of a subject; none for people of the same role."""
        two = self.speech.two(subject)
        if two is not None:
            return two
        if not self.speech.twos and subject in known:
            return ()
        if len(self.speech.twos) == 1 and not self.speech.together:
            problem = f'"{subject}" are not the two sides of this match'
            raise RuleError(problem=problem, remedy=f'write "{known[0]}"')
        if subject == self.speech.together:
            problem = f"{subject} cannot be weighed against each other"
            raise RuleError(problem=problem, remedy=f'write "{known[0]}, ..."')
        problem = f'"{subject}" is nobody in this match'
        raise RuleError(problem=problem, remedy=suggest(subject, known))

    def role(self, word: str) -> str:
        """Return the side that `word` names."""
        if word in self.sides:
            return word
        raise RuleError(
            problem=f'this match has no "{word}"', remedy=suggest(word, self.sides)
        )

    def roles(self, one: str, other: str) -> tuple[str, str]:
        """Return two sides, which have to be different."""
        if self.role(one) == self.role(other):
            raise RuleError(
                problem=f"this compares the {one} with the {one}",
                remedy=f'name both "{self.sides[0]}" and "{self.sides[1]}"',
            )
        return one, other

    def wished_by(self, role: str) -> str:
        """Return whom somebody may wish for, where a match has more than two roles."""
        sides = self.speech.sides
        if len(self.sides) == len(sides):
            return ""
        return sides[1] if role == sides[0] else sides[0]

    def column(self, word: str, kinds: tuple[Kind, ...]) -> str:
        """Return the column that `word` names, which has to be of one of `kinds`."""
        if word in {"manager", "managers"}:
            raise RuleError(
                problem="managers are compared as a whole line, not one by one",
                remedy=f'write "{APART}"',
            )
        name = column_named(word, self.columns)
        fitting = self._of_kind(kinds)
        if name is None:
            raise RuleError(
                problem=f'people have no column "{word}"',
                remedy=suggest(word, fitting),
            )
        if name not in fitting:
            kind = known_columns(self.columns)[name].kind
            raise RuleError(
                problem=f'"{name}" holds {kind}, not {", ".join(kinds)}',
                remedy=suggest(name, fitting),
            )
        return name

    def steps(self, name: str) -> tuple[str, ...]:
        """Return the steps of a scale, from the lowest."""
        return known_columns(self.columns)[name].values

    def _of_kind(self, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
        known = known_columns(self.columns)
        return tuple(name for name in known if known[name].kind in kinds)

    def conditions(self) -> tuple[str, ...]:
        """Return every sentence that may be required, for suggestions."""
        alike = (
            f"{how} {name}{'s' if how == 'different' and name == 'department' else ''}"
            for name in self._of_kind(COMPARABLE)
            for how in ("different", "same")
        )
        unnamed = (
            f"not among each other's {name}" for name in self._of_kind(("people",))
        )
        common = (f"{name} in common" for name in self._of_kind(("tags",)))
        near = (f"near in {name} within 1" for name in self._of_kind(RANKED))
        return (APART, *alike, *unnamed, *common, *near, *self._rankings())

    def preferences(self) -> tuple[str, ...]:
        """Return every sentence that may be preferred, for suggestions."""
        tags, people = self._of_kind(("tags",)), self._of_kind(("people",))
        covers = (
            f"{giver}'s {offered} cover {taker}'s {wanted}"
            for giver, taker in permutations(self.sides, 2)
            for offered in tags
            for wanted in tags
        )
        wishes = (f"{role}'s {name} in order" for role in self.sides for name in people)
        return (*covers, *wishes, *self._rankings())

    def _rankings(self) -> tuple[str, ...]:
        return tuple(
            f"{upper}'s {name} {how} {lower}'s"
            for upper, lower in permutations(self.sides, 2)
            for name in self._of_kind(RANKED)
            for how in ("above", "at least", "at least 2 steps above")
        )


def _tidy(text: str) -> str:
    return " ".join(text.replace("’", "'").split())
