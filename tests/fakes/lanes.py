"""Any interleaving of posting, claiming, sending and crashing: give `open` a world.

A worker that lost its lease does not send the dot afterwards: the time-outs of mail see
to that, and without it no order could be kept.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from engine.outbox import Claim, Ending, Outcome, Verdict
from tests.fakes.samples import COHORT, LEASE, NOW, World, change, message

LANES = ("anna", "bo")
MINUTE = dt.timedelta(minutes=1)
STAYS_SETTLED = set(get_args(Ending))

Reply = Literal["heard", "lost", "crashed"]


@dataclass
class Worker:
    """Who holds a claim, or thinks so."""

    claim: Claim
    marked: bool = False


class LaneMachine(RuleBasedStateMachine):
    """The receiver's side and what every worker believes, against the outbox."""

    workers: Bundle[Worker] = Bundle("workers")
    replies: ClassVar[st.SearchStrategy[Reply]] = st.sampled_from(
        ["heard", "lost", "crashed"]
    )
    verdicts: ClassVar[tuple[Verdict, ...]] = ("retry", "dead")

    def open(self) -> World:
        """Return an empty world."""
        raise NotImplementedError

    @initialize()
    def start(self) -> None:
        self.world = self.open()
        self.now = NOW
        self.posted = 0
        self.arrived: list[str] = []
        self.endings: dict[str, str] = {}

    @rule(
        lane=st.sampled_from(LANES),
        kind=st.sampled_from(["update", "update", "cancellation"]),
        expires=st.sampled_from([None, None, 3, 20]),
    )
    def post(self, lane: str, kind: str, expires: int | None) -> None:
        self.posted += 1
        late = None if expires is None else self.now + expires * MINUTE
        one = message(f"{self.posted:03}", lane=lane, kind=kind, not_after=late)
        self.world.store.append(
            COHORT, change(messages=[one, one], at=self.now), expected=0
        )

    @rule(target=workers, most=st.integers(1, 3))
    def claim(self, most: int) -> MultipleResults[Worker]:
        claims = self.world.outbox.claim(now=self.now, lease=LEASE, most=most)
        return multiple(*map(Worker, claims))

    @rule(worker=workers)
    def mark(self, worker: Worker) -> None:
        if not worker.marked:
            worker.marked = self.world.outbox.mark_sending(worker.claim, now=self.now)

    @rule(worker=consumes(workers), verdict=st.sampled_from(verdicts))
    def refuse(self, worker: Worker, verdict: Verdict) -> None:
        self._settle(worker, verdict)

    @rule(worker=consumes(workers), reply=replies)
    def dot(self, worker: Worker, reply: Reply) -> None:
        if not worker.marked or worker.claim.lease_until <= self.now:
            return
        self.arrived.append(worker.claim.message.key)
        if reply != "crashed":
            self._settle(worker, "sent" if reply == "heard" else "in doubt")

    @rule(reply=replies)
    def send(self, reply: Reply) -> None:
        for claim in self.world.outbox.claim(now=self.now, lease=LEASE):
            worker = Worker(claim)
            self.mark(worker)
            self.dot(worker, reply)

    @rule(minutes=st.sampled_from([1, 4, 6]))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule(nth=st.integers(1, 6))
    def retry(self, nth: int) -> None:
        for row in self.world.outbox.standings()[-nth:][:1]:
            if not self.world.outbox.retry([row.number], now=self.now):
                self.endings.pop(row.key, None)

    @rule(nth=st.integers(1, 6))
    def drop(self, nth: int) -> None:
        for row in self.world.outbox.standings()[-nth:][:1]:
            if not self.world.outbox.drop([row.number], now=self.now):
                self.endings[row.key] = "dropped"

    @rule()
    def pause_and_resume(self) -> None:
        self.world.outbox.pause(now=self.now)
        assert self.world.outbox.claim(now=self.now, lease=LEASE) == ()
        self.world.outbox.resume()

    @invariant()
    def each_lane_arrives_in_order(self) -> None:
        lanes = {row.key: row.lane for row in self.world.outbox.standings()}
        for lane in LANES:
            keys = [key for key in self.arrived if lanes[key] == lane]
            assert keys == sorted(keys)

    @invariant()
    def what_was_taken_back_never_arrives(self) -> None:
        for row in self.world.outbox.standings():
            if row.status in {"superseded", "annihilated"}:
                assert row.key not in self.arrived

    @invariant()
    def what_is_settled_stays_settled(self) -> None:
        now = self.world.statuses()
        for key, ending in self.endings.items():
            assert now[key] == ending
        self.endings = {k: s for k, s in now.items() if s in STAYS_SETTLED}

    @invariant()
    def whatever_arrives_twice_says_so(self) -> None:
        times = Counter(self.arrived)
        for row in self.world.outbox.standings():
            assert times[row.key] <= 1 + row.doubts

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        for _ in range(3 * self.posted):
            self.now += LEASE
            self.send("heard")
        self._nothing_is_lost()
        self.each_lane_arrives_in_order()
        self.whatever_arrives_twice_says_so()

    def _settle(self, worker: Worker, verdict: Verdict) -> None:
        again = self.now + MINUTE
        outcome = Outcome(verdict=verdict)
        self.world.outbox.settle(worker.claim, outcome, now=self.now, again=again)

    def _nothing_is_lost(self) -> None:
        rows = self.world.outbox.standings()
        assert len(rows) == self.posted
        for row in rows:
            assert row.status in STAYS_SETTLED
            later = [r for r in rows if r.lane == row.lane and r.number > row.number]
            if row.status == "sent":
                assert row.key in self.arrived
            if row.status == "superseded":
                assert later
            if row.status == "annihilated" and row.kind == "cancellation":
                before = {r.key for r in rows if r.lane == row.lane} - {
                    r.key for r in later
                }
                assert before.isdisjoint(self.arrived)
            if row.status == "annihilated":
                assert any(r.kind == "cancellation" for r in (row, *later))
