"""What do machines that watch an installation get to know?

Both answers name nobody. Whoever puts a web server in front keeps them to themselves
all the same.
"""

import datetime as dt
import json

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.responses import Response

from engine.health import Health, health, overdue
from engine.ports import Clock, Outbox, Store, StoreUnavailableError
from integrations.web.responses import respond

_DOWN = 503


def healthz(store: Store, clock: Clock) -> Response:
    """Return whether what is due is being done, and the database there."""
    try:
        found = overdue(store, now=clock.now())
    except StoreUnavailableError:
        return _red("the database cannot be reached")
    if found is None or not found.alarming:
        return _told({"status": "ok"}, status=200)
    late = found.late // dt.timedelta(minutes=1)
    return _red(f"the oldest due action is {late} minutes late; run stafet advance")


def metrics(store: Store, outbox: Outbox, clock: Clock) -> Response:
    """Return how the installation is, as Prometheus reads it."""
    now = clock.now()
    body = generate_latest(_registry(health(store, outbox, now=now)))
    return respond(body, kind=CONTENT_TYPE_PLAIN_0_0_4)


def _registry(found: Health) -> CollectorRegistry:
    """Return a registry of its own for each answer: nothing is kept between two."""
    registry = CollectorRegistry()
    late = found.overdue.late.total_seconds() if found.overdue else 0
    for name, told, value in (
        ("oldest_due_seconds", "How late the oldest due action is.", late),
        ("mail_pending", "Messages that wait.", found.total("pending")),
        (
            "mail_in_doubt",
            "Messages that may have arrived and leave again.",
            found.total("in doubt"),
        ),
        ("mail_dead", "Messages that were refused for good.", found.total("dead")),
        ("mail_paused", "1 while mail is paused.", int(found.paused is not None)),
        ("cohorts", "Recorded cohorts.", found.cohorts),
    ):
        Gauge(f"stafet_{name}", told, registry=registry).set(value)
    return registry


def _red(why: str) -> Response:
    return _told({"status": "red", "why": why}, status=_DOWN)


def _told(body: dict[str, str], *, status: int) -> Response:
    return respond(json.dumps(body), kind="application/json", status=status)
