"""What is late, and what is to be known of messages."""

import datetime as dt
from collections import Counter

import pytest

from engine.health import Health, Overdue, counted, health, overdue, plight
from engine.outbox import Ending, Standing, Waiting
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore
from tests.fakes.samples import ANNA, COHORT, LEASE, NOW, OTHER, World, change, message
from tests.fakes.sending import MINUTE, settled


@pytest.fixture
def world() -> World:
    memory = Memory()
    return World(store=MemoryStore(memory), outbox=MemoryOutbox(memory))


def standing(
    status: Waiting | Ending, *, doubts: int = 0, held: bool = False
) -> Standing:
    return Standing(
        number=1,
        key="a",
        cohort=COHORT,
        recipient=ANNA,
        lane="a",
        kind="letter",
        not_before=NOW,
        lease_until=NOW + LEASE if held else None,
        status=status,
        doubts=doubts,
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (standing("pending"), "pending"),
        (standing("leased", held=True), "pending"),
        (standing("leased", held=True, doubts=1), "in doubt"),
        (standing("sending", held=True), "pending"),
        (standing("sending"), "in doubt"),
        (standing("in doubt", doubts=1), "in doubt"),
        (standing("dead", doubts=1), "dead"),
        (standing("sent", doubts=1), None),
        (standing("expired"), None),
        (standing("dropped"), None),
    ],
)
def test_a_plight_is_what_an_operator_needs_to_know(
    row: Standing, expected: str | None
) -> None:
    assert plight(row, now=NOW) == expected


def test_messages_are_counted_by_cohort_and_plight(world: World) -> None:
    world.post(message("a"), message("b", cohort=OTHER), message("c"), message("d"))
    settled(world.outbox, "dead")
    settled(world.outbox, "sent")

    assert counted(world.outbox.standings(), now=NOW) == {
        COHORT: Counter({"pending": 2, "dead": 1})
    }


def test_what_has_been_due_for_longest_counts(world: World) -> None:
    world.store.append(COHORT, change(next_due=NOW - MINUTE), expected=0)
    world.store.append(OTHER, change(next_due=NOW - 2 * MINUTE), expected=0)

    assert overdue(world.store, now=NOW) == Overdue(cohort=OTHER, late=2 * MINUTE)


def test_what_is_due_later_is_not_late(world: World) -> None:
    world.store.append(COHORT, change(next_due=NOW + MINUTE), expected=0)

    assert overdue(world.store, now=NOW) is None


@pytest.mark.parametrize(("minutes", "alarming"), [(0, False), (15, False), (16, True)])
def test_more_than_a_quarter_of_an_hour_is_alarming(
    minutes: int, *, alarming: bool
) -> None:
    late = Overdue(cohort=COHORT, late=dt.timedelta(minutes=minutes))

    assert late.alarming == alarming


def test_an_empty_installation_is_well(world: World) -> None:
    world.outbox.pause(now=NOW)

    assert health(world.store, world.outbox, now=NOW) == Health(
        cohorts=0, overdue=None, mail={}, paused=NOW
    )
