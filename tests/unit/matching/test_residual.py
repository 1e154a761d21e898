"""Prices from shortest paths against solving again, where all answers are too many."""

from hypothesis import given
from hypothesis import strategies as st

from engine.matching import AIMS
from engine.matching.flow import Arc, Network, forcing
from engine.matching.residual import residual, totals_lost
from engine.matching.search import optimum


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to twelve on each side, half of the pairs allowed, many of equal worth."""
    firsts, seconds = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    random = draw(st.randoms(use_true_random=False))
    return Network(
        places=tuple(random.choice((0, 1, 1, 2)) for _ in range(firsts)),
        seconds=seconds,
        arcs=tuple(
            Arc(
                first=first,
                second=second,
                points=random.randrange(8),
                tie=random.randrange(2**32),
            )
            for first in range(firsts)
            for second in range(seconds)
            if random.random() < 0.5
        ),
    )


@given(network=networks())
def test_a_shortest_path_tells_what_solving_again_tells(network: Network) -> None:
    outcome = optimum(network, AIMS)
    number, floor, total = (outcome.value(aim) for aim in AIMS)
    given = residual(network, outcome, floor=floor)

    for second in range(network.seconds):
        choices = [
            arc
            for arc in network.arcs
            if arc.second == second
            and arc not in outcome.arcs
            and network.places[arc.first]
        ]
        forced = {arc: optimum(forcing(network, arc), AIMS) for arc in choices}
        assert totals_lost(given, [one for one in choices if one.points >= floor]) == {
            arc: total - one.value(AIMS[2])
            for arc, one in forced.items()
            if (one.value(AIMS[0]), one.value(AIMS[1])) == (number, floor)
        }
