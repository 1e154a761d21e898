"""What an operator sees of the outbox before doing something to it."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.commands.outbox import (
    Asked,
    Departure,
    Outlook,
    drop,
    found,
    listed,
    outlook,
    retry,
    to_drop,
)
from tests.fakes.lane_contract import update
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore
from tests.fakes.samples import COHORT, LEASE, NOW, OTHER, World, message
from tests.fakes.sending import MINUTE, claimed, sent, settled

REMEDY = "nothing was changed; stafet outbox list --status all shows where mail is"


@pytest.fixture
def world() -> World:
    """One of each plight, and one that was sent."""
    memory = Memory()
    world = World(store=MemoryStore(memory), outbox=MemoryOutbox(memory))
    world.post(*map(message, ("sent", "dead", "unsure")))
    sent(world.outbox)
    settled(world.outbox, "dead")
    settled(world.outbox, "in doubt", again=NOW + MINUTE)
    world.post(message("waits", cohort=OTHER))
    return world


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (None, ["dead", "unsure", "waits"]),
        ("pending", ["waits"]),
        ("in doubt", ["unsure"]),
        ("dead", ["dead"]),
        ("all", ["sent", "dead", "unsure", "waits"]),
    ],
)
def test_messages_are_listed_by_plight(
    world: World, asked: Asked | None, keys: list[str]
) -> None:
    rows = listed(world.outbox, asked=asked, now=NOW)

    assert [row.key for row in rows] == keys


@pytest.mark.parametrize(("asked", "count"), [(None, 1), ("dead", 0), ("all", 1)])
def test_messages_are_listed_by_cohort(
    world: World, asked: Asked | None, count: int
) -> None:
    rows = listed(world.outbox, asked=asked, cohort=OTHER, now=NOW)

    assert len(rows) == count


def test_a_refusal_names_every_message_and_the_reason(world: World) -> None:
    told = "1 (it is sent), 9 (there is no such message)"

    with pytest.raises(RefusedError) as retried:
        retry(world.outbox, [9, 1, 2], now=NOW)
    with pytest.raises(RefusedError) as dropped:
        drop(world.outbox, [9, 1, 2], now=NOW)
    with pytest.raises(RefusedError) as asked:
        to_drop(world.outbox, [9, 1, 2], now=NOW)
    with pytest.raises(RefusedError, match="cannot show 9"):
        found(world.outbox, 9)

    assert str(retried.value) == f"cannot send again {told}; {REMEDY}"
    assert str(dropped.value) == f"cannot drop {told}; {REMEDY}"
    assert str(asked.value) == str(dropped.value)


def test_an_outlook_tells_what_would_leave_now_by_cohort_and_kind(
    world: World,
) -> None:
    world.outbox.pause(now=NOW)
    world.post(message("older", not_before=NOW - LEASE), message("newer"))
    world.post(message("later", not_before=NOW + LEASE))
    world.post(message("useless", not_after=NOW - MINUTE))

    assert outlook(world.outbox, now=NOW) == Outlook(
        now=(
            Departure(
                cohort=COHORT, kind="letter", count=2, unsure=0, oldest=NOW - LEASE
            ),
            Departure(cohort=OTHER, kind="letter", count=1, unsure=0, oldest=NOW),
        ),
        later=2,
        expiring=1,
    )


def test_what_waits_for_an_earlier_one_of_its_lane_leaves_with_it_or_later(
    world: World,
) -> None:
    world.post(update(0))
    world.outbox.drop([4], now=NOW)
    settled(world.outbox, "in doubt", again=NOW + 2 * MINUTE)
    world.post(update(1))

    soon, later = (
        outlook(world.outbox, now=moment) for moment in (NOW, NOW + 2 * MINUTE)
    )

    assert (soon.now, soon.later) == ((), 3)
    assert [(one.kind, one.count, one.unsure) for one in later.now] == [
        ("letter", 1, 1),
        ("update", 2, 1),
    ]


@pytest.mark.parametrize("now", [NOW, NOW + MINUTE])
def test_the_outlook_is_what_really_leaves(world: World, now: dt.datetime) -> None:
    world.post(update(0), message("late", not_after=NOW))
    world.outbox.pause(now=NOW)
    seen = outlook(world.outbox, now=now)
    world.outbox.resume()

    left = 0
    while claims := world.outbox.claim(now=now, lease=LEASE, most=2):
        left += len(claims)

    assert left == sum(one.count for one in seen.now)
    expired = list(world.statuses().values()).count("expired")
    assert expired == seen.expiring


def test_what_somebody_has_claimed_would_leave_later(world: World) -> None:
    claimed(world.outbox)

    assert outlook(world.outbox, now=NOW) == Outlook(now=(), later=2, expiring=0)
