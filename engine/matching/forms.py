"""The forms of sentences about two people, and what is made of each."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Covers,
    Unnamed,
    Wished,
)
from engine.matching.columns import COMPARABLE, Kind
from engine.matching.steps import ABOVE, steps_of
from engine.matching.together import APART, UNNAMED, unnamed_rule

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


FORMS: tuple[
    tuple[re.Pattern[str], Callable[["Grammar", re.Match[str]], Clause]], ...
] = (
    (re.compile(r"(?P<how>same|different) (?P<column>.+)"), _alike),
    (re.compile(re.escape(APART)), _apart),
    (UNNAMED, _unnamed),
    (ABOVE, _above),
    (
        re.compile(
            r"(?P<giver>.+?)'s (?P<offered>.+) covers? (?P<taker>.+?)'s (?P<wanted>.+)"
        ),
        _covers,
    ),
    (re.compile(r"(?P<by>.+?)'s (?P<column>.+) in order"), _wished),
)
