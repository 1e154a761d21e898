"""Mail that may leave is sent, and a refused one becomes a task, whoever sends."""

import datetime as dt
from collections.abc import Callable

from engine.commands.deliver import Delivery, deliver
from engine.commands.tasks import raise_undelivered
from engine.ports import Mailer
from flows.wiring import App

LEASE = dt.timedelta(minutes=5)
"""Two thirds of it are longer than three of the relay's time-outs."""


def send_mail(
    app: App,
    mailer: Mailer | None = None,
    *,
    stopping: Callable[[], bool] = lambda: False,
) -> tuple[Delivery, int]:
    """Send what may leave, then tell coordinators what was refused for good.

    Args:
        app: Whose mail it is.
        mailer: The way out; that of the application if not told. It is closed.
        stopping: Asked between two messages, so that none is left half-way.

    Returns:
        What became of it, and how many refused ones nobody had been told of.
    """
    out = mailer or app.mailer()
    try:
        delivery = deliver(app.outbox, out, app.clock, lease=LEASE, stopping=stopping)
    finally:
        out.close()
    told = raise_undelivered(app.unit, app.outbox, now=app.clock.now())
    return delivery, told
