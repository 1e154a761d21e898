"""How the rule sentences of a spec become rules; every fault at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from engine.matching.clauses import (
    MAX_WEIGHT,
    Above,
    Alike,
    Apart,
    Clause,
    Condition,
    Covers,
    Preference,
    Rules,
    Wished,
)
from engine.matching.columns import Column, Kind, column_named, known_columns
from engine.matching.faults import Fault, RuleError, RulesError, suggest

Sides = tuple[str, str]
"""Roles of the two sides of a match, such as `mentor` and `mentee`."""

Parsed = TypeVar("Parsed")

COMPARABLE: tuple[Kind, ...] = ("text", "number", "yes or no", "scale")
RANKED: tuple[Kind, ...] = ("scale", "number")

APART = "outside each other's reporting line"


def parse_rules(
    require: Sequence[tuple[str, str]],
    prefer: Sequence[tuple[str, int]],
    *,
    columns: Mapping[str, Column],
    sides: Sides,
) -> Rules:
    """Return the rules of a match.

    Args:
        require: Subject and sentence of each, such as `mentor and mentee` and
            `different departments`.
        prefer: Sentence and weight of each.
        columns: What the programme declares of its people.
        sides: Roles that the sentences may name.

    Raises:
        RulesError: With every sentence that is not understood.
    """
    grammar = Grammar(columns=columns, sides=sides)
    faults: list[Fault] = []
    rules = Rules(
        require=_collect("require", require, grammar.requirement, faults),
        prefer=_collect("prefer", prefer, grammar.preference, faults),
    )
    if faults:
        raise RulesError(tuple(faults))
    return rules


def _collect(
    part: Literal["require", "prefer"],
    entries: Sequence[tuple[str, str]] | Sequence[tuple[str, int]],
    parse: Callable[..., Parsed],
    faults: list[Fault],
) -> tuple[Parsed, ...]:
    parsed: list[Parsed] = []
    for index, entry in enumerate(entries):
        try:
            parsed.append(parse(*entry))
        except RuleError as error:
            where = (part, index)
            faults.append(
                Fault(where=where, problem=error.problem, remedy=error.remedy)
            )
    return tuple(parsed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """The sentences that are understood, given columns and roles."""

    columns: Mapping[str, Column]
    sides: Sides

    def requirement(self, subject: str, sentence: str) -> Condition:
        """Return the condition that both sides have to meet."""
        self._check_subject(_tidy(subject))
        clause = self._clause(_tidy(sentence), self.conditions())
        if isinstance(clause, Covers | Wished):
            raise RuleError(
                problem=f'"{clause.sentence}" holds more or less, not yes or no',
                remedy="move it to prefer, with a weight",
            )
        return clause

    def preference(self, sentence: str, weight: int) -> Preference:
        """Return the preference with its weight, 1 to 100."""
        text = _tidy(sentence)
        subject, comma, rest = text.partition(", ")
        if comma:
            self._check_subject(subject)
        clause = self._clause(rest if comma else text, self.preferences())
        if not comma and isinstance(clause, Alike | Apart):
            full = f"{' and '.join(self.sides)}, {text}"
            raise RuleError(
                problem=f'"{text}" does not say of whom', remedy=f'write "{full}"'
            )
        if isinstance(weight, bool) or not 1 <= weight <= MAX_WEIGHT:
            raise RuleError(
                problem=f"{weight} is not a weight",
                remedy=f"write a whole number from 1 to {MAX_WEIGHT}",
            )
        return Preference(clause=clause, weight=weight)

    def _clause(self, text: str, known: tuple[str, ...]) -> Clause:
        for pattern, parse in _FORMS:
            found = pattern.fullmatch(text)
            if found:
                return parse(self, found)
        raise RuleError(problem=f'"{text}" is not a rule', remedy=suggest(text, known))

    def _check_subject(self, subject: str) -> None:
        first, second = self.sides
        both = (f"{first} and {second}", f"{second} and {first}")
        if subject not in both:
            raise RuleError(
                problem=f'"{subject}" are not the two sides of this match',
                remedy=f'write "{both[0]}"',
            )

    def role(self, word: str) -> str:
        """Return the side that `word` names."""
        if word in self.sides:
            return word
        raise RuleError(
            problem=f'this match has no "{word}"', remedy=suggest(word, self.sides)
        )

    def roles(self, one: str, other: str) -> Sides:
        """Return two sides, which have to be different."""
        if self.role(one) == self.role(other):
            raise RuleError(
                problem=f"this compares the {one} with the {one}",
                remedy=f'name both "{self.sides[0]}" and "{self.sides[1]}"',
            )
        return one, other

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
        return (APART, *alike, *self._rankings())

    def preferences(self) -> tuple[str, ...]:
        """Return every sentence that may be preferred, for suggestions."""
        tags, people = self._of_kind(("tags",)), self._of_kind(("people",))
        covers = (
            f"{giver}'s {offered} cover {taker}'s {wanted}"
            for giver, taker in (self.sides, self.sides[::-1])
            for offered in tags
            for wanted in tags
        )
        wishes = (f"{role}'s {name} in order" for role in self.sides for name in people)
        return (*covers, *wishes, *self._rankings())

    def _rankings(self) -> tuple[str, ...]:
        return tuple(
            f"{upper}'s {name} {how} {lower}'s"
            for upper, lower in (self.sides, self.sides[::-1])
            for name in self._of_kind(RANKED)
            for how in ("above", "at least", "at least 2 steps above")
        )


def _tidy(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _alike(grammar: Grammar, found: re.Match[str]) -> Alike:
    return Alike(
        column=grammar.column(found["column"], COMPARABLE),
        same=found["how"] == "same",
        sentence=found[0],
    )


def _apart(_: Grammar, found: re.Match[str]) -> Apart:
    return Apart(sentence=found[0])


def _above(grammar: Grammar, found: re.Match[str]) -> Above:
    upper, lower = grammar.roles(found["upper"], found["lower"])
    column = grammar.column(found["column"], RANKED)
    return Above(
        upper=upper,
        lower=lower,
        column=column,
        steps=int(found["steps"] or (0 if found["least"] else 1)),
        scale=grammar.columns[column].values,
        sentence=found[0],
    )


def _covers(grammar: Grammar, found: re.Match[str]) -> Covers:
    giver, taker = grammar.roles(found["giver"], found["taker"])
    return Covers(
        giver=giver,
        offered=grammar.column(found["offered"], ("tags",)),
        taker=taker,
        wanted=grammar.column(found["wanted"], ("tags",)),
        sentence=found[0],
    )


def _wished(grammar: Grammar, found: re.Match[str]) -> Wished:
    column = grammar.column(found["column"], ("people",))
    return Wished(
        by=grammar.role(found["by"]),
        column=column,
        up_to=grammar.columns[column].up_to,
        sentence=found[0],
    )


_FORMS: tuple[
    tuple[re.Pattern[str], Callable[[Grammar, re.Match[str]], Clause]], ...
] = (
    (re.compile(r"(?P<how>same|different) (?P<column>.+)"), _alike),
    (re.compile(re.escape(APART)), _apart),
    (
        re.compile(
            r"(?P<upper>.+?)'s (?P<column>.+?) "
            r"(?:(?P<least>at least)(?: (?P<steps>\d+) steps? above)?|above)"
            r" (?P<lower>.+)'s"
        ),
        _above,
    ),
    (
        re.compile(
            r"(?P<giver>.+?)'s (?P<offered>.+) covers? (?P<taker>.+?)'s (?P<wanted>.+)"
        ),
        _covers,
    ),
    (re.compile(r"(?P<by>.+?)'s (?P<column>.+) in order"), _wished),
)
