"""The receiver of all mail: what it accepted, and whether we can have heard so."""

import datetime as dt
from dataclasses import dataclass, field

from engine.outbox import Message, Outcome
from engine.ports import UnreachableError
from tests.simulation.calendars import Mail, read_mail
from tests.simulation.faults import Fortune
from tests.simulation.tracing import Time

TIME_OUT = dt.timedelta(minutes=1)
"""After which the mailer leaves out the dot: a third of the lease, and less."""

TYPO = "typo"
"""In an address that is refused for good."""


@dataclass(kw_only=True)
class Arrival:
    """One message that the receiver accepted, once.

    Attributes:
        excused: Whether a fault kept us from hearing or from writing down that it was.
        heard: Whether it was written down.
    """

    at: dt.datetime
    message: Message
    mail: Mail
    excused: bool = False
    heard: bool = False


@dataclass(kw_only=True)
class Relay:
    """A mail server that loses replies, refuses and goes away.

    Attributes:
        arrivals: What was accepted, by the key of the outbox, in order.
        order: The same over all keys.
        gone_until: When it can be reached again.
        refused: Keys that it refused for good.
    """

    time: Time
    fortune: Fortune
    arrivals: dict[str, list[Arrival]] = field(default_factory=dict)
    order: list[Arrival] = field(default_factory=list)
    unread: list[Arrival] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    gone_until: dt.datetime | None = None

    def accept(self, message: Message) -> Arrival:
        """Take a message over."""
        mail = read_mail(message.payload)
        arrival = Arrival(at=self.time.now, message=message, mail=mail)
        self.arrivals.setdefault(message.key, []).append(arrival)
        self.order.append(arrival)
        self.unread.append(arrival)
        return arrival

    def excuse(self, key: str) -> None:
        """Note that a fault hid the last acceptance of this message, if any."""
        for arrival in self.arrivals.get(key, ())[-1:]:
            if not arrival.heard:
                arrival.excused = True

    def hear(self, key: str) -> None:
        """Note that the last acceptance of this message was written down."""
        for arrival in self.arrivals.get(key, ())[-1:]:
            arrival.heard = True


@dataclass(frozen=True, kw_only=True)
class RelayMailer:
    """The way there."""

    relay: Relay

    def begin(self, message: Message) -> "RelayTransfer | Outcome":
        """Send all but the final dot, or say why it could not be begun."""
        relay, fortune = self.relay, self.relay.fortune
        if relay.gone_until is not None and relay.time.now < relay.gone_until:
            raise UnreachableError("the relay is down")
        if fortune.happens("relay gone"):
            raise UnreachableError("connection refused")
        if fortune.happens("refused for now"):
            return self._refused(message, "retry", "451 later")
        if TYPO in message.address or fortune.happens("refused for good"):
            return self._refused(message, "dead", "550 no")
        if fortune.happens("dropped in the body"):
            return self._refused(message, "retry", "connection lost")
        relay.time.move(relay.time.now + dt.timedelta(seconds=1))
        return RelayTransfer(relay=relay, message=message, begun=relay.time.now)

    def close(self) -> None:
        """Nothing is kept open."""

    def _refused(self, message: Message, verdict: str, reply: str) -> Outcome:
        self.relay.time.tell("refused", message.key, reply)
        if verdict == "dead":
            self.relay.refused.add(message.key)
            return Outcome(verdict="dead", reply=reply)
        return Outcome(verdict="retry", reply=reply)


@dataclass(frozen=True, kw_only=True)
class RelayTransfer:
    """A message of which the receiver has all but the final dot."""

    relay: Relay
    message: Message
    begun: dt.datetime

    def finish(self) -> Outcome:
        """Send the dot, unless it is too late for that, and return what came back."""
        relay, key = self.relay, self.message.key
        # As `SmtpTransfer` does: another worker may have the message by now.
        if relay.time.now > self.begun + TIME_OUT:
            return Outcome(verdict="retry", reply="too long before the final dot")
        if relay.fortune.happens("refused at the dot"):
            relay.time.tell("refused", key, "at the dot")
            return Outcome(verdict="retry", reply="452 full")
        if relay.fortune.happens("dot lost"):
            relay.time.tell("lost", key, "the dot")
            return Outcome(verdict="in doubt", reply="no reply")
        relay.accept(self.message)
        if relay.fortune.happens("reply lost"):
            relay.excuse(key)
            relay.time.tell("lost", key, "the reply")
            return Outcome(verdict="in doubt", reply="no reply")
        return Outcome(verdict="sent", reply="250 ok")

    def abort(self) -> None:
        """Close the connection: nothing was accepted."""
        self.relay.time.tell("aborted", self.message.key)
