"""Relays that refuse, say nothing, hang up or are not there."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from engine.commands.deliver import PATIENCE, deliver
from engine.commands.tasks import raise_undelivered
from engine.health import health
from integrations.mail.smtp import SmtpMailer
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes.clocks import Clock
from tests.fakes.databases import opened
from tests.fakes.mailing import relay
from tests.fakes.samples import LEASE, NOW, World, message
from tests.fakes.sink import Rule, Sink, Verb, listening
from tests.fakes.stored import stored

TIMEOUT = dt.timedelta(seconds=1)
BAD, GOOD = "r1@example.org", ("r0@example.org", "r2@example.org")
FAULTS: dict[tuple[Verb, str], tuple[str, int, int]] = {
    ("RCPT", "550 never"): ("dead", 0, 0),
    ("RCPT", "451 later"): ("pending", 0, 0),
    ("RCPT", "hang"): ("pending", 0, 0),
    ("DATA", "421 closing"): ("pending", 0, 0),
    ("DATA", "drop"): ("pending", 0, 0),
    ("DATA", "drip"): ("pending", 0, 0),
    ("DOT", "451 later"): ("pending", 0, 0),
    ("DOT", "550 never"): ("dead", 0, 0),
    ("DOT", "drop"): ("in doubt", 1, 0),
    ("DOT", "lose"): ("in doubt", 1, 1),
    ("DOT", "hang"): ("in doubt", 1, 1),
}
"""From a fault to what a mail is after it, its doubts, and how often it came twice."""


class TestRelays:
    """R9 of the promise."""

    @pytest.mark.parametrize("fault", FAULTS, ids=" ".join)
    def test_r9_one_bad_recipient_holds_up_nobody_and_nothing_is_lost(
        self, engine: Engine, fault: tuple[Verb, str]
    ) -> None:
        status, doubts, doubles = FAULTS[fault]
        world = _posted(engine)
        with listening(Sink(rule=_once(*fault))) as sink:
            _run(world, sink, hours=0)
            at_first = world.statuses()
            _run(world, sink, hours=1)

        ending = "dead" if status == "dead" else "sent"
        assert at_first == {"m0": "sent", "m1": status, "m2": "sent"}
        assert world.statuses() == {"m0": "sent", "m1": ending, "m2": "sent"}
        assert sum(row.doubts for row in world.outbox.standings()) == doubts
        assert sink.doubles() == doubles
        wanted = {*GOOD} if ending == "dead" else {*GOOD, BAD}
        assert {address for address, _ in sink.accepted} == wanted

    @pytest.mark.parametrize("action", ["drop", "hang", "421 busy", "no STARTTLS"])
    def test_r9_a_relay_that_takes_nobody_in_costs_one_try_and_no_mail(
        self, engine: Engine, action: str
    ) -> None:
        world = _posted(engine)
        secured = "starttls" if action == "no STARTTLS" else "none"
        told = "" if action == "no STARTTLS" else action
        with listening(Sink(rule=_always("CONNECT", told))) as sink:
            _run(world, sink, hours=0, security=secured)
            attempts = [row.attempts for row in world.outbox.standings()]
            accepted = list(sink.accepted)
        with listening(Sink()) as sink:
            _run(world, sink, hours=1)

        assert (attempts, accepted) == ([1, 0, 0], [])
        assert set(world.statuses().values()) == {"sent"}
        assert sink.doubles() == 0

    def test_r9_after_five_days_a_mail_is_dead_and_the_coordinator_is_told(
        self, engine: Engine
    ) -> None:
        live = stored(engine)
        live.advance()
        refused = _always("RCPT", "450 later", to="alk@example.org")
        clock, outbox = Clock(live.now), live.outbox
        with listening(Sink(rule=refused)) as sink:
            mailer = SmtpMailer(relay(sink, timeout=TIMEOUT))
            while waiting := [row for row in outbox.standings() if row.waits]:
                clock.time = max(clock.time, min(row.leaves for row in waiting))
                deliver(outbox, mailer, clock, lease=LEASE)
            mailer.close()
        told = raise_undelivered(live.unit, outbox, now=clock.now())

        dead = [row for row in outbox.standings() if row.status == "dead"]
        alk = live.person("alk")
        assert {row.recipient for row in dead} == {alk}
        assert (
            told == len(dead) == sum(row.recipient == alk for row in outbox.standings())
        )
        assert PATIENCE <= clock.now() - live.now < PATIENCE + dt.timedelta(hours=12)
        found = health(SqlStore(engine), SqlOutbox(engine), now=clock.now())
        assert found.mail[live.cohort] == {"dead": len(dead)}
        assert sum("undelivered" in task for task in live.state.tasks) > 0


def _posted(engine: Engine) -> World:
    world = opened(engine)
    world.post(
        *(
            message(f"m{number}", address=f"r{number}@example.org")
            for number in range(3)
        )
    )
    return world


def _run(world: World, sink: Sink, *, hours: int, security: str = "none") -> None:
    """Deliver with a mailer of its own, so many hours later."""
    mailer = SmtpMailer(relay(sink, timeout=TIMEOUT, security=security))
    clock = Clock(NOW + dt.timedelta(hours=hours))
    deliver(world.outbox, mailer, clock, lease=LEASE)
    mailer.close()


def _once(verb: Verb, action: str) -> Rule:
    """Do it to the bad recipient, the first time."""
    left = [action]

    def rule(said: Verb, recipient: str) -> str:
        return left.pop() if (said, recipient) == (verb, BAD) and left else ""

    return rule


def _always(verb: Verb, action: str, *, to: str = "") -> Rule:
    return lambda said, who: action if said == verb and to in ("", who) else ""
