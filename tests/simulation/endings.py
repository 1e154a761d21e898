"""Whether each message of the outbox came to the end that its row tells."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from tests.simulation.relay import Relay
from tests.simulation.tracing import ViolationError

SETTLED = ("sent", "dead", "superseded", "annihilated", "expired")
_DAY = dt.timedelta(days=1)

Row = Mapping[str, Any]


def ended_well(row: Row, relay: Relay) -> None:
    """Judge one row after a time in which nothing went wrong."""
    key, status = row["key"], row["status"]
    came = len(relay.arrivals.get(key, ()))
    if status not in SETTLED:
        if row["not_before"] < relay.time.now - _DAY:
            raise ViolationError("stuck", f"{key} is {status}")
        return
    if status == "sent" and not came:
        raise ViolationError("lost", f"{key} is said to be sent")
    if status in {"superseded", "annihilated"} and came:
        raise ViolationError("extra", f"{key} is {status}, and came")
    if came - 1 > row["doubts"]:
        raise ViolationError("physical double", f"{key} came {came} x unsaid")
    if status == "expired" and row["settled_at"] < row["not_after"]:
        raise ViolationError("wrongly skipped", f"{key} expired too soon")
    refused = key in relay.refused or row["reply"].startswith("given up")
    if status == "dead" and not refused:
        raise ViolationError("lost", f"{key} was never refused")


def was_replaced(lane: Sequence[Row], relay: Relay) -> None:
    """Judge what did not leave: a later one did, or there was nothing to take back."""
    last, keys = lane[-1], [row["key"] for row in lane]
    if last["status"] == "superseded":
        raise ViolationError("lost", f"{last['key']} made way for nothing")
    reached = any(key in relay.arrivals for key in keys)
    if last["status"] == "annihilated" and reached:
        raise ViolationError("lost", f"{last['key']} had something to take back")
