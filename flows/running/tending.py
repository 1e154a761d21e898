"""What is due is done without Prefect: always when it is away, or when it is late."""

import datetime as dt
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.commands.advance import due_action, perform
from engine.ids import CohortId
from engine.ports import StoreUnavailableError
from flows.running.chronicle import Chronicle
from flows.running.telling import Teller
from flows.sending import send_mail
from flows.wiring import App

TICK = dt.timedelta(seconds=5)
"""How often we look; two queries each time."""

MINUTE = dt.timedelta(minutes=1)
"""How often mail leaves that no run has sent, such as after a booking, and how often
what Prefect's runs did is told."""

HEAD_START = dt.timedelta(minutes=5)
"""How late Prefect may be with what is due: three times this, and the page is red."""

_DATABASE, _RELAY = "the database", "the mail relay"


@dataclass(kw_only=True)
class Tender:
    """Does what nobody else has done.

    Attributes:
        driven: Whether Prefect performs what is due, so that only what it has left
            lying is done here.
        stopping: Asked between two actions or messages: none is left half-way.
    """

    app: App
    teller: Teller
    driven: Callable[[], bool]
    stopping: Callable[[], bool]
    _chronicle: Chronicle = field(init=False)
    _next: dt.datetime | None = None

    def __post_init__(self) -> None:
        self._chronicle = Chronicle(app=self.app)

    def tend(self, wait: Callable[[float], object]) -> None:
        """Do what is due, again and again, until it is time to stop."""
        while not self.stopping():
            self._safely(self.look)
            wait(TICK.total_seconds())

    def look(self) -> None:
        """Do what is due now, and tell what was done since the last time."""
        now = self.app.clock.now()
        if self._next is None:
            self._chronicle.skip()
            self._next = now
        late = HEAD_START if self.driven() else dt.timedelta()
        due = self.app.unit.store.due(now - late)
        for cohort in due:
            self._advance(cohort, now)
        if due or now >= self._next:
            self._next = now + MINUTE
            self._send()
            for line in self._chronicle.lines():
                self.teller.say(line)

    def _advance(self, cohort: CohortId, now: dt.datetime) -> None:
        """Do what a cohort owes; a fault of ours in one is no reason to leave others.

        Raises:
            StoreUnavailableError: If the database is away: it is for all of them.
        """
        unit = self.app.unit
        try:
            while not self.stopping():
                action = due_action(unit, cohort, now=now)
                if action is None:
                    break
                perform(unit, cohort, action.id, now=now)
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001  # Told, and tried again.
            self.teller.trouble(cohort, _fault(error))
        else:
            self.teller.fine(cohort)

    def _send(self) -> None:
        delivery, refused = send_mail(self.app, stopping=self.stopping)
        if refused:
            self.teller.say(
                f"{refused} mails were refused for good: stafet outbox list"
            )
        if delivery.unreachable:
            self.teller.trouble(_RELAY, f"out of reach, {delivery.unreachable}")
        else:
            self.teller.fine(_RELAY)

    def _safely(self, step: Callable[[], None]) -> None:
        """Take a step; whatever it fails with is told, and we go on."""
        try:
            step()
        except StoreUnavailableError as error:
            self.teller.trouble(_DATABASE, f"out of reach, {error}")
        except Exception as error:  # noqa: BLE001  # Told, and tried again.
            self.teller.trouble("stafet", _fault(error))
        else:
            self.teller.fine(_DATABASE)
            self.teller.fine("stafet")


def _fault(error: Exception) -> str:
    """Return what went wrong and where; its words could hold what nobody may read."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
