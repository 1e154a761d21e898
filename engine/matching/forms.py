"""The forms of sentences about two people, and what is made of each."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Common,
    Condition,
    Covers,
    Near,
    Unnamed,
    Wished,
)
from engine.matching.columns import COMPARABLE, Kind
from engine.matching.faults import RuleError
from engine.matching.steps import ABOVE, steps_of
from engine.matching.together import (
    APART,
    COUNT,
    UNNAMED,
    number_of,
    unnamed_rule,
)

if TYPE_CHECKING:
    from engine.matching.grammar import Grammar

RANKED: tuple[Kind, ...] = ("scale", "number")


def _alike(grammar: "Grammar", found: re.Match[str]) -> Alike:
    return Alike(
        column=grammar.column(found["column"], COMPARABLE),
        same=found["how"] == "same",
        sentence=found[0],
    )


def _apart(_: "Grammar", found: re.Match[str]) -> Apart:
    return Apart(sentence=found[0])


def _unnamed(grammar: "Grammar", found: re.Match[str]) -> Unnamed:
    return unnamed_rule(found, grammar.column)


def _above(grammar: "Grammar", found: re.Match[str]) -> Above:
    upper, lower = grammar.roles(found["upper"], found["lower"])
    column = grammar.column(found["column"], RANKED)
    steps, most = steps_of(found)
    return Above(
        upper=upper,
        lower=lower,
        column=column,
        steps=steps,
        most=most,
        scale=grammar.columns[column].values,
        sentence=found[0],
    )


def _covers(grammar: "Grammar", found: re.Match[str]) -> Covers:
    giver, taker = grammar.roles(found["giver"], found["taker"])
    return Covers(
        giver=giver,
        offered=grammar.column(found["offered"], ("tags",)),
        taker=taker,
        wanted=grammar.column(found["wanted"], ("tags",)),
        sentence=found[0],
    )


def _wished(grammar: "Grammar", found: re.Match[str]) -> Wished:
    column = grammar.column(found["column"], ("people",))
    return Wished(
        by=(by := grammar.role(found["by"])),
        column=column,
        up_to=grammar.columns[column].up_to,
        sentence=found[0],
        of=grammar.wished_by(by),
    )


def required(clause: Clause) -> Condition:
    """Return what a sentence says as a rule, which holds or does not.

    Raises:
        RuleError: If it only holds more or less.
    """
    remedy = "move it to prefer, with a weight"
    if isinstance(clause, Common) and not clause.apart:
        return replace(clause, least=clause.least or 1)
    if isinstance(clause, Near) and "within" in clause.sentence:
        return replace(clause, graded=False)
    if isinstance(clause, Near):
        remedy = f'write "{clause.sentence} within 1", or {remedy}'
    if isinstance(clause, Covers | Wished | Common | Near):
        raise RuleError(
            problem=f'"{clause.sentence}" holds more or less, not yes or no',
            remedy=remedy,
        )
    return clause


def _common(grammar: "Grammar", found: re.Match[str]) -> Common:
    told = found.groupdict()
    return Common(
        column=grammar.column(found["column"], ("tags",)),
        least=number_of(told["least"]) if told.get("least") else None,
        apart="least" not in told,
        sentence=found[0],
    )


def _near(grammar: "Grammar", found: re.Match[str]) -> Near:
    column = grammar.column(found["column"], RANKED)
    scale = grammar.columns[column].values
    if not scale and not found["within"]:
        raise RuleError(
            problem=f'"{column}" is a number, and nothing says what is near',
            remedy=f'write, for example, "near in {column} within 5"',
        )
    within = number_of(found["within"]) if found["within"] else len(scale) - 2
    return Near(
        column=column,
        within=max(0, within),
        graded=True,
        scale=scale,
        sentence=found[0],
    )


FORMS: tuple[
    tuple[re.Pattern[str], Callable[["Grammar", re.Match[str]], Clause]], ...
] = (
    (re.compile(r"(?P<how>same|different) (?P<column>.+)"), _alike),
    (re.compile(re.escape(APART)), _apart),
    (UNNAMED, _unnamed),
    (
        re.compile(rf"(?:at least (?P<least>{COUNT}) )?(?P<column>.+) in common"),
        _common,
    ),
    (re.compile(r"complementary (?P<column>.+)"), _common),
    (
        re.compile(rf"near in (?P<column>.+?)(?: within (?P<within>{COUNT}))?"),
        _near,
    ),
    (ABOVE, _above),
    (
        re.compile(
            r"(?P<giver>.+?)'s (?P<offered>.+) covers? (?P<taker>.+?)'s (?P<wanted>.+)"
        ),
        _covers,
    ),
    (re.compile(r"(?P<by>.+?)'s (?P<column>.+) in order"), _wished),
)
