"""The best of some pairs that are columns of numbers, by one flow."""

from typing import Any

import numpy as np

from engine.matching.flow import solve_flow
from engine.matching.prices import Edges, Truths
from engine.matching.tagging import Numbers


def flowing(
    edges: Edges, worths: Numbers, places: Numbers, seconds: int, *, most: bool
) -> Truths:
    """Return which of these pairs are worth most together.

    Args:
        edges: The pairs.
        worths: Of each pair; so small that a flow can add them up.
        places: Matches that each of the first side may have.
        seconds: How many there are on the second side, each with one place.
        most: Whether there are to be as many pairs as can be, whatever they are worth.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    if not len(worths):
        return np.zeros(0, dtype=np.bool_)
    firsts = len(places)
    source, sink = firsts + seconds, firsts + seconds + 1
    flow: Any = SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    arcs = add(edges.firsts, firsts + edges.seconds, np.ones_like(worths), -worths)
    add(np.full(firsts, source), np.arange(firsts), places, np.zeros(firsts, int))
    ends = np.arange(firsts, source)
    add(ends, np.full(seconds, sink), np.ones_like(ends), np.zeros_like(ends))
    if not most:
        # A way around, so that no place is filled at the expense of points.
        flow.add_arc_with_capacity_and_unit_cost(source, sink, seconds, 0)
    solve_flow(flow, source, sink, seconds)
    found: Truths = flow.flows(arcs) > 0
    return found
