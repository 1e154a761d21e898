"""What waits to be approved, who is kept apart, and what else is proposed."""

from functools import partial

from engine.commands.proposing import lay
from engine.commands.vetoing import allow, veto
from engine.facts import Members, Proposed
from engine.ids import PersonId
from tests.fakes.cohorts import Live

Pair = tuple[str, str]


def two(live: Live, *ids: str) -> tuple[PersonId, PersonId]:
    one, other = map(live.person, ids)
    return one, other


def vetoes(live: Live, *twos: Pair, kind: str = "pair") -> None:
    """Let a coordinator keep these apart now."""
    those = [two(live, *one) for one in twos]
    live.do(partial(veto, kind=kind, twos=those, now=live.now))


def allows(live: Live, *ids: str) -> None:
    live.do(partial(allow, kind="pair", twos=[two(live, *ids)]))


def waiting(live: Live, kind: str = "pair") -> set[tuple[str, ...]]:
    """Return who would be in each match that waits to be approved."""
    return waiting_in(live, live.state.proposed[kind])


def waiting_in(live: Live, those: Proposed) -> set[tuple[str, ...]]:
    """Return the ids of each match of a proposal, role by role."""
    return {
        tuple(
            live.record.people[one].id
            for those in match.members.values()
            for one in those
        )
        for match in those.matches
    }


def laid(live: Live, *pairs: Pair, anyway: bool = False) -> None:
    """Have these pairs wait to be approved."""
    matches: list[Members] = [
        {"mentor": (live.person(mentor),), "mentee": (live.person(mentee),)}
        for mentor, mentee in pairs
    ]
    live.do(partial(lay, kind="pair", matches=matches, anyway=anyway))
