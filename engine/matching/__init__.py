"""Who is matched with whom: rules, points, a solver a shape, reasons and a check."""

from engine.matching.aims import AIMS, Aim, parse_aims
from engine.matching.appealing import word_appeal
from engine.matching.clauses import Condition, Preference, Rules
from engine.matching.columns import Column
from engine.matching.faults import Fault, RulesError
from engine.matching.fellows import appeals
from engine.matching.grid import Partner, grid, partners, twosomes
from engine.matching.insisting import InsistingError
from engine.matching.problem import ALIKE, Problem, capacities
from engine.matching.rating import rate
from engine.matching.recruiting import Appeal
from engine.matching.repricing import priced
from engine.matching.result import (
    Alternative,
    Match,
    Price,
    Reason,
    Relief,
    Shortage,
    Solution,
    Unmatched,
    Waiver,
)
from engine.matching.rules import parse_rules
from engine.matching.saying import word_value
from engine.matching.shapes import PLACES, SOLVERS, solve, solve_anyway
from engine.matching.speech import Speech, of_two, speech_of
from engine.matching.stability import blocking
from engine.matching.verify import IMPOSSIBLE, UNMET, Breach, check
from engine.matching.wording import (
    word,
    word_alternative,
    word_barrier,
    word_breach,
    word_proof,
    word_relief,
    word_shortage,
    word_unmatched,
    word_waiver,
)

__all__ = [
    "AIMS",
    "ALIKE",
    "IMPOSSIBLE",
    "PLACES",
    "SOLVERS",
    "UNMET",
    "Aim",
    "Alternative",
    "Appeal",
    "Breach",
    "Column",
    "Condition",
    "Fault",
    "InsistingError",
    "Match",
    "Partner",
    "Preference",
    "Price",
    "Problem",
    "Reason",
    "Relief",
    "Rules",
    "RulesError",
    "Shortage",
    "Solution",
    "Speech",
    "Unmatched",
    "Waiver",
    "appeals",
    "blocking",
    "capacities",
    "check",
    "grid",
    "of_two",
    "parse_aims",
    "parse_rules",
    "partners",
    "priced",
    "rate",
    "solve",
    "solve_anyway",
    "speech_of",
    "twosomes",
    "word",
    "word_alternative",
    "word_appeal",
    "word_barrier",
    "word_breach",
    "word_proof",
    "word_relief",
    "word_shortage",
    "word_unmatched",
    "word_value",
    "word_waiver",
]
