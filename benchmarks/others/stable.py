"""What `matching` finds, and how long it takes: a stable answer, not a best one.

Run by the interpreter that has it: `python stable.py FILE`, as `solvers.py`.
"""

import json
import sys
import time
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from matching.games import HospitalResident

_LINES = 10_000


def answer(question: Mapping[str, Any]) -> dict[str, float]:
    """Let both sides rank each other by points, the lower number first among equals."""
    firsts: dict[int, list[tuple[int, int]]] = {}
    seconds: dict[int, list[tuple[int, int]]] = {}
    worth: dict[tuple[int, int], int] = {}
    arcs = zip(*(question[name].tolist() for name in _ARC), strict=True)
    for first, second, points in arcs:
        firsts.setdefault(first, []).append((-points, second))
        seconds.setdefault(second, []).append((-points, first))
        worth[first, second] = points
    wall, cpu = time.perf_counter(), time.process_time()
    game = HospitalResident.create_from_dictionaries(
        {
            f"s{one}": [f"f{who}" for _, who in sorted(theirs)]
            for one, theirs in seconds.items()
        },
        {
            f"f{one}": [f"s{who}" for _, who in sorted(theirs)]
            for one, theirs in firsts.items()
        },
        {f"f{one}": int(question["places"][one]) for one in firsts},
    )
    found = game.solve(optimal="resident")
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    pairs = [
        (int(first.name[1:]), int(second.name[1:]))
        for first, those in found.items()
        for second in those
    ]
    return {"pairs": len(pairs), "total": sum(worth[two] for two in pairs), **took}


def main(file: str) -> None:
    """Answer every question of a file, and print answers and times."""
    # It recurses as deep as people are many.
    sys.setrecursionlimit(_LINES)
    warnings.simplefilter("ignore")
    with np.load(file) as arrays:
        questions = [
            {name: arrays[f"{number}/{name}"] for name in (*_ARC, "places")}
            for number in range(int(arrays["count"]))
        ]
    print(json.dumps([answer(question) for question in questions]))


_ARC = ("first", "second", "points")

if __name__ == "__main__":
    main(*sys.argv[1:])
