"""Steps that tests of an outbox share."""

import datetime as dt

from engine.outbox import Claim, Outcome, Verdict
from engine.ports import Outbox
from tests.fakes.samples import LEASE, NOW

MINUTE = dt.timedelta(minutes=1)
SENT = Outcome(verdict="sent", reply="250 ok")


def claimed(outbox: Outbox, now: dt.datetime = NOW) -> Claim:
    """Claim what must be there."""
    (claim,) = outbox.claim(now=now, lease=LEASE)
    return claim


def sent(outbox: Outbox, now: dt.datetime = NOW) -> str:
    """Send the next one, and return its key."""
    claim = claimed(outbox, now)
    assert outbox.mark_sending(claim, now=now)
    assert outbox.settle(claim, SENT, now=now, again=None)
    return claim.message.key


def settled(
    outbox: Outbox,
    verdict: Verdict,
    now: dt.datetime = NOW,
    again: dt.datetime | None = None,
) -> Claim:
    """Send the next one as far as that this can be its end."""
    claim = claimed(outbox, now)
    if verdict in {"sent", "in doubt"}:
        assert outbox.mark_sending(claim, now=now)
    assert outbox.settle(claim, Outcome(verdict=verdict), now=now, again=again)
    return claim
