"""Delivery over a scripted mailer: what each verdict does to the outbox."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands.deliver import PATIENCE, Delivery, deliver, next_try, wait
from engine.outbox import Claim, Message, Outcome, Verdict
from engine.ports import StoreUnavailableError, UnreachableError
from tests.fakes.clocks import Clock
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore
from tests.fakes.samples import LEASE, NOW, World, message


@pytest.fixture
def world() -> World:
    memory = Memory()
    return World(store=MemoryStore(memory), outbox=MemoryOutbox(memory))


@dataclass
class Post:
    """A transfer that says what it was told to, and does something before the dot."""

    mailer: "Scripted"
    message: Message

    def finish(self) -> Outcome:
        self.mailer.arrived.append(self.message.key)
        return Outcome(verdict=self.mailer.at_the_dot, reply="said so")

    def abort(self) -> None:
        self.mailer.aborted.append(self.message.key)


@dataclass
class Scripted:
    """A mailer that does as it is told."""

    at_the_dot: Verdict = "sent"
    before: Verdict | None = None
    meanwhile: Callable[[Message], None] = lambda _: None
    arrived: list[str] = field(default_factory=list)
    aborted: list[str] = field(default_factory=list)

    def begin(self, message: Message) -> Post | Outcome:
        self.meanwhile(message)
        if self.before is not None:
            return Outcome(verdict=self.before, reply="no")
        return Post(self, message)

    def close(self) -> None:
        pass


def test_everything_that_may_leave_leaves_in_order(world: World) -> None:
    mailer = Scripted()
    world.post(message("b"), message("a"), message("c", not_before=NOW + LEASE))

    delivery = deliver(world.outbox, mailer, Clock(), lease=LEASE)

    assert delivery == Delivery(sent=2)
    assert mailer.arrived == ["b", "a"]


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_limit_is_kept(world: World, limit: int) -> None:
    world.post(message("a"), message("b"), message("c"))

    delivery = deliver(world.outbox, Scripted(), Clock(), lease=LEASE, limit=limit)

    assert delivery == Delivery(sent=limit)
    assert list(world.statuses().values()).count("pending") == 3 - limit


@pytest.mark.parametrize(
    ("mailer", "delivery", "status"),
    [
        (Scripted(before="retry"), Delivery(retried=1), "pending"),
        (Scripted(before="dead"), Delivery(dead=1), "dead"),
        (Scripted(at_the_dot="retry"), Delivery(retried=1), "pending"),
        (Scripted(at_the_dot="dead"), Delivery(dead=1), "dead"),
        (Scripted(at_the_dot="in doubt"), Delivery(in_doubt=1), "in doubt"),
    ],
)
def test_each_verdict_is_counted_and_kept(
    world: World, mailer: Scripted, delivery: Delivery, status: str
) -> None:
    world.post(message("a"))

    assert deliver(world.outbox, mailer, Clock(), lease=LEASE) == delivery
    assert world.statuses() == {"a": status}


def test_a_worker_that_was_overtaken_leaves_the_dot_out(world: World) -> None:
    clock = Clock()

    def overtake(_: Message) -> None:
        clock.turn(minutes=5)
        world.outbox.claim(now=clock.now(), lease=LEASE)

    mailer = Scripted(meanwhile=overtake)
    world.post(message("a"))

    delivery = deliver(world.outbox, mailer, clock, lease=LEASE, limit=1)

    assert delivery == Delivery(fenced=1)
    assert (mailer.arrived, mailer.aborted) == ([], ["a"])


def test_what_is_claimed_with_others_is_given_back_once_the_lease_is_a_third_old(
    world: World,
) -> None:
    clock = Clock()
    statuses: list[dict[str, str]] = []

    def dawdle(one: Message) -> None:
        statuses.append(world.statuses())
        if one.key == "a":
            clock.turn(minutes=LEASE.total_seconds() / 60 / 3 + 1)

    world.post(message("a"), message("b"))

    delivery = deliver(world.outbox, Scripted(meanwhile=dawdle), clock, lease=LEASE)

    assert delivery == Delivery(sent=2)
    assert statuses == [
        {"a": "leased", "b": "leased"},
        {"a": "sent", "b": "leased"},
    ]
    (_, later) = world.outbox.standings()
    assert later.attempts == 0


def test_a_worker_that_is_to_stop_gives_back_what_it_has_not_begun(
    world: World,
) -> None:
    mailer = Scripted()
    world.post(message("a"), message("b"), message("c"))

    delivery = deliver(
        world.outbox,
        mailer,
        Clock(),
        lease=LEASE,
        stopping=lambda: len(mailer.arrived) == 2,
    )

    assert delivery == Delivery(sent=2)
    assert world.statuses() == {"a": "sent", "b": "sent", "c": "pending"}


def test_where_the_database_cannot_be_reached_what_is_not_begun_is_given_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object, **__: object) -> bool:
        raise StoreUnavailableError("the database: locked")

    monkeypatch.setattr(MemoryOutbox, "mark_sending", taken)
    world.post(message("a"), message("b"))

    with pytest.raises(StoreUnavailableError):
        deliver(world.outbox, Scripted(), Clock(), lease=LEASE)

    assert world.statuses() == {"a": "leased", "b": "pending"}


def test_a_pause_stops_a_worker_between_body_and_dot(world: World) -> None:
    mailer = Scripted(meanwhile=lambda _: world.outbox.pause(now=NOW))
    world.post(message("a"), message("b"))

    delivery = deliver(world.outbox, mailer, Clock(), lease=LEASE)

    assert delivery == Delivery(fenced=1)
    assert (mailer.arrived, mailer.aborted) == ([], ["a"])
    assert world.statuses() == {"a": "pending", "b": "pending"}


def test_a_dead_message_that_is_retried_has_five_days_again(world: World) -> None:
    clock, mailer = Clock(), Scripted(before="retry")
    world.post(message("a"))
    while world.statuses()["a"] == "pending":
        deliver(world.outbox, mailer, clock, lease=LEASE)
        clock.turn(hours=4)

    world.outbox.retry([1], now=clock.now())
    deliver(world.outbox, mailer, clock, lease=LEASE)

    assert world.statuses() == {"a": "pending"}
    assert [row.attempts for row in world.outbox.standings()] == [1]


def test_without_a_mark_no_dot(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_: object, **__: object) -> bool:
        raise StoreUnavailableError("locked")

    mailer = Scripted()
    world.post(message("a"))
    monkeypatch.setattr(MemoryOutbox, "mark_sending", unavailable)

    with pytest.raises(StoreUnavailableError):
        deliver(world.outbox, mailer, Clock(), lease=LEASE)

    assert (mailer.arrived, mailer.aborted) == ([], ["a"])


def test_what_was_sent_is_settled_once_the_database_is_free_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, refused = MemoryOutbox.settle, ["locked", "locked", "locked"]

    def busy(
        outbox: MemoryOutbox,
        claim: Claim,
        outcome: Outcome,
        *,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> bool:
        if refused:
            raise StoreUnavailableError(refused.pop())
        return settle(outbox, claim, outcome, now=now, again=again)

    mailer = Scripted()
    world.post(message("a"))
    monkeypatch.setattr(MemoryOutbox, "settle", busy)

    delivery = deliver(world.outbox, mailer, Clock(), lease=LEASE)

    assert (delivery, mailer.arrived) == (Delivery(sent=1), ["a"])
    assert world.statuses() == {"a": "sent"}


def test_a_run_ends_when_nobody_can_be_reached(world: World) -> None:
    def closed(_: Message) -> None:
        raise UnreachableError("refused")

    world.post(message("a"), message("b"))

    delivery = deliver(world.outbox, Scripted(meanwhile=closed), Clock(), lease=LEASE)

    assert delivery == Delivery(retried=1, unreachable="refused")
    assert [row.attempts for row in world.outbox.standings()] == [1, 0]


def test_after_five_days_a_message_is_dead(world: World) -> None:
    clock, mailer = Clock(), Scripted(before="retry")
    world.post(message("a"))

    while world.statuses()["a"] == "pending":
        deliver(world.outbox, mailer, clock, lease=LEASE)
        clock.turn(minutes=1)

    (row,) = world.outbox.standings()
    assert row.status == "dead"
    assert row.reply == "given up after 5 days: no"
    assert PATIENCE <= clock.now() - NOW < PATIENCE + dt.timedelta(hours=6)


def test_days_in_which_nobody_tried_do_not_count(world: World) -> None:
    clock = Clock(NOW + dt.timedelta(days=10))
    world.post(message("a"))

    deliver(world.outbox, Scripted(before="retry"), clock, lease=LEASE)

    assert world.statuses() == {"a": "pending"}


@given(key=st.text(), attempts=st.integers(1, 200))
def test_waits_grow_within_bounds_and_repeat(key: str, attempts: int) -> None:
    whole = min(60 * 2 ** (attempts - 1), 4 * 60 * 60)

    waited = wait(key, attempts).total_seconds()

    assert 0.75 * whole - 1 <= waited <= 1.25 * whole + 1
    assert wait(key, attempts).total_seconds() == waited


@given(key=st.text())
def test_tries_end_after_five_days_whatever_the_jitter(key: str) -> None:
    tries = 0
    while next_try(key, tries + 1, now=NOW) is not None:
        tries += 1

    assert 28 <= tries <= 48
