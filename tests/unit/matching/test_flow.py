"""The flow against a linear programme, which knows nothing of flows."""

from random import Random

import pytest
from ortools.math_opt.python import mathopt

from engine.matching.aims import EVERYONE, TOTAL, Aim
from engine.matching.choosing import best
from engine.matching.flow import Arc, Network

MUCH = 10_000
"""More than all points together."""


def instance(seed: int) -> Network:
    """Return up to twenty on each side, points and places by chance."""
    random = Random(seed)
    firsts, seconds = random.randint(1, 20), random.randint(1, 20)
    share = random.choice((0.2, 0.5, 1.0))
    return Network(
        places=tuple(random.choice((0, 1, 1, 1, 3)) for _ in range(firsts)),
        seconds=seconds,
        arcs=tuple(
            Arc(
                first=first,
                second=second,
                points=random.randrange(random.choice((3, 100))),
                tie=random.randrange(2**32),
            )
            for first in range(firsts)
            for second in range(seconds)
            if random.random() < share
        ),
    )


def worth_by_rows(given: Network, reward: int) -> int:
    """Return the most that pairs are worth, each with a reward besides its points."""
    model = mathopt.Model()
    chosen = {arc: model.add_variable(lb=0, ub=1) for arc in given.arcs}
    for first, places in enumerate(given.places):
        those = [one for arc, one in chosen.items() if arc.first == first]
        model.add_linear_constraint(expr=mathopt.fast_sum(those), ub=places)
    for second in range(given.seconds):
        those = [one for arc, one in chosen.items() if arc.second == second]
        model.add_linear_constraint(expr=mathopt.fast_sum(those), ub=1)
    worth = [(reward + arc.points) * one for arc, one in chosen.items()]
    model.maximize(mathopt.fast_sum(worth))
    found: float = mathopt.solve(model, mathopt.SolverType.GLOP).objective_value()
    return round(found)


@pytest.mark.parametrize(
    ("order", "reward"), [((EVERYONE, TOTAL), MUCH), ((TOTAL, EVERYONE), 0)]
)
def test_two_hundred_flows_are_worth_what_a_linear_programme_says(
    order: tuple[Aim, ...], reward: int
) -> None:
    instances = [instance(seed) for seed in range(200)]

    found = [best(one, order) for one in instances]

    assert [len(one.arcs) * reward + one.value(TOTAL) for one in found] == [
        worth_by_rows(one, reward) for one in instances
    ]
