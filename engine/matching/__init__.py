"""Who is matched with whom: rules, points, a solver a shape, reasons and a check."""

from engine.matching.aims import AIMS, Aim, parse_aims
from engine.matching.clauses import Condition, Preference, Rules
from engine.matching.columns import Column
from engine.matching.explain import rate
from engine.matching.faults import Fault, RulesError
from engine.matching.problem import Problem, capacities
from engine.matching.result import (
    Alternative,
    Match,
    Price,
    Reason,
    Shortage,
    Solution,
    Unmatched,
    Waiver,
)
from engine.matching.rules import parse_rules
from engine.matching.shapes import SOLVERS, solve
from engine.matching.verify import Breach, check
from engine.matching.wording import (
    word,
    word_alternative,
    word_breach,
    word_shortage,
    word_unmatched,
    word_waiver,
)

__all__ = [
    "AIMS",
    "SOLVERS",
    "Aim",
    "Alternative",
    "Breach",
    "Column",
    "Condition",
    "Fault",
    "Match",
    "Preference",
    "Price",
    "Problem",
    "Reason",
    "Rules",
    "RulesError",
    "Shortage",
    "Solution",
    "Unmatched",
    "Waiver",
    "capacities",
    "check",
    "parse_aims",
    "parse_rules",
    "rate",
    "solve",
    "word",
    "word_alternative",
    "word_breach",
    "word_shortage",
    "word_unmatched",
    "word_waiver",
]
