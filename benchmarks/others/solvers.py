"""What scipy and networkx find for a question, and how long they take.

Run by the interpreter that has them: `python solvers.py FILE WAY`. The file is one of
`benchmarks/questions.py`; each question in it is answered, and the answers are printed.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Question = Mapping[str, Any]
Answer = tuple[int, int]
"""How many pairs, and their points: as many pairs as can be come first."""


def dense(question: Question) -> Callable[[], Answer]:
    """Prepare scipy's `linear_sum_assignment` on the whole matrix."""
    from scipy.optimize import linear_sum_assignment

    rows = np.repeat(np.arange(len(question["places"])), question["places"])
    table = np.full((len(question["places"]), int(question["seconds"])), -1)
    table[question["first"], question["second"]] = question["points"]
    table = table[rows]
    worth = np.where(table < 0, 0, table + _a_pair(question))

    def solve() -> Answer:
        chosen = table[linear_sum_assignment(worth, maximize=True)]
        return int((chosen >= 0).sum()), int(chosen[chosen >= 0].sum())

    return solve


def sparse(question: Question) -> Callable[[], Answer]:
    """Prepare scipy's sparse solver; who finds nobody gets a place that is worth 1."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    seconds = int(question["seconds"])
    # It knows no places: each is a column of its own.
    copies = question["places"][question["first"]]
    starts = np.cumsum(question["places"]) - question["places"]
    place = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    first = np.repeat(starts[question["first"]], copies) + place
    second, points = (np.repeat(question[name], copies) for name in _ARC[1:])
    firsts = int(question["places"].sum())
    pair, alone = _a_pair(question), np.arange(seconds)
    weights = np.concatenate([points + pair + 1, np.ones(seconds)])
    rows = np.concatenate([second, alone])
    columns = np.concatenate([first, firsts + alone])
    graph = coo_array((weights, (rows, columns)), shape=(seconds, firsts + seconds))
    graph = graph.tocsr()

    def solve() -> Answer:
        found = min_weight_full_bipartite_matching(graph, maximize=True)
        chosen = np.asarray(graph[found]).ravel()
        pairs = chosen[chosen > 1]
        return len(pairs), int(pairs.sum()) - len(pairs) * (pair + 1)

    return solve


def simplex(question: Question) -> Callable[[], Answer]:
    """Prepare networkx's minimum cost flow by network simplex."""
    import networkx as nx

    graph = nx.DiGraph()
    pair = _a_pair(question)
    for first, places in enumerate(question["places"].tolist()):
        graph.add_edge("all", ("first", first), capacity=places, weight=0)
    for second in range(int(question["seconds"])):
        graph.add_edge(("second", second), "end", capacity=1, weight=0)
    arcs = zip(*(question[name].tolist() for name in _ARC), strict=True)
    for first, second, points in arcs:
        ends = ("first", first), ("second", second)
        graph.add_edge(*ends, capacity=1, weight=-(points + pair))
    graph.add_edge("all", "end", capacity=int(question["seconds"]), weight=0)
    graph.nodes["all"]["demand"] = -int(question["seconds"])
    graph.nodes["end"]["demand"] = int(question["seconds"])

    def solve() -> Answer:
        cost, flow = nx.network_simplex(graph)
        pairs = int(question["seconds"]) - flow["all"]["end"]
        return pairs, -cost - pairs * pair

    return solve


def main(file: str, way: str) -> None:
    """Answer every question of a file in one way, and print answers and times."""
    with np.load(file) as arrays:
        count = int(arrays["count"])
        questions = [
            {name: arrays[f"{number}/{name}"] for name in (*_ARC, "places", "seconds")}
            for number in range(count)
        ]
    print(json.dumps([_timed(WAYS[way](question)) for question in questions]))


def _timed(solve: Callable[[], Answer]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    pairs, total = solve()
    return {
        "pairs": pairs,
        "total": total,
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
    }


def _a_pair(question: Question) -> int:
    """Return more points than all pairs can have together."""
    highest = int(question["points"].max(initial=0))
    return (highest + 1) * min(int(question["places"].sum()), int(question["seconds"]))


WAYS: Mapping[str, Callable[[Question], Callable[[], Answer]]] = {
    "dense": dense,
    "sparse": sparse,
    "simplex": simplex,
}
_ARC = ("first", "second", "points")

if __name__ == "__main__":
    main(*sys.argv[1:])
