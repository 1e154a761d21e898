"""What needs the coordinator: settled by hand, raised because mail was refused."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.commands.tasks import raise_undelivered, settle
from engine.outbox import Outcome
from tests.fakes.cohorts import Live, begun, recorded
from tests.fakes.memory import MemoryOutbox

LEASE = dt.timedelta(minutes=5)


def refused(live: Live, id_: str) -> None:
    """Let the receiver refuse everything to a person, and accept everything else."""
    outbox = MemoryOutbox(live.memory)
    while claims := outbox.claim(now=live.now, lease=LEASE):
        (claim,) = claims
        outbox.mark_sending(claim, now=live.now)
        mine = claim.message.recipient == live.person(id_)
        verdict = Outcome(verdict="dead" if mine else "sent", reply="550 no such user")
        outbox.settle(claim, verdict, now=live.now, again=None)


def undelivered(live: Live) -> int:
    return raise_undelivered(live.unit, MemoryOutbox(live.memory), now=live.now)


def test_a_task_is_settled_by_hand_once() -> None:
    live = begun()
    (task,) = live.state.tasks

    live.do(lambda one: settle(one, task=task))

    assert live.state.tasks == {}
    with pytest.raises(RefusedError) as again:
        live.do(lambda one: settle(one, task=task))
    assert str(again.value) == ("there is no task who-came/kick-off-1; open are: none")


def test_each_mail_that_was_refused_for_good_is_a_task_once() -> None:
    live = recorded()
    live.until(live.now + dt.timedelta(hours=1))
    refused(live, "alk")

    found = [undelivered(live), undelivered(live)]

    assert found == [5, 0]
    assert {task.raised.wording for task in live.state.tasks.values()} == {
        "undelivered"
    }
    assert {task.raised.person for task in live.state.tasks.values()} == {
        live.person("alk")
    }


def test_a_settled_task_about_a_mail_does_not_come_back() -> None:
    live = recorded()
    live.until(live.now + dt.timedelta(hours=1))
    refused(live, "alk")
    undelivered(live)
    for name in live.state.tasks:
        live.do(lambda one, name=name: settle(one, task=name))  # type: ignore[misc]

    assert undelivered(live) == 0
    assert live.state.tasks == {}


def test_what_cannot_reach_the_coordinator_makes_no_more_mail_to_them() -> None:
    live = begun()
    refused(live, "coordinator")
    before = set(live.state.tasks)

    assert undelivered(live) > 0

    assert set(live.state.tasks) == before
    assert undelivered(live) == 0
