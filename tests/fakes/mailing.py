"""How tests send to a sink."""

import datetime as dt

from engine.outbox import Message, Outcome
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer
from tests.fakes.sink import Rule, Sink, Verb

TIMEOUT = dt.timedelta(seconds=0.3)


def relay(sink: Sink, **changes: object) -> Relay:
    values = {"security": "none", "timeout": TIMEOUT, **changes}
    return Relay(host="127.0.0.1", port=sink.port, **values)  # type: ignore[arg-type]


def send(mailer: SmtpMailer, letter: Message) -> Outcome:
    transfer = mailer.begin(letter)
    return transfer if isinstance(transfer, Outcome) else transfer.finish()


def at(wanted: Verb, action: str) -> Rule:
    return lambda verb, _: action if verb == wanted else ""
