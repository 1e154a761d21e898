"""Mail over SMTP: addresses, bodies and bytes of every form."""

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st

from engine.outbox import Outcome
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer, on_the_wire
from tests.fakes.mailing import TIMEOUT, send
from tests.fakes.samples import message
from tests.fakes.sink import Sink
from tests.fakes.sockets import free_port


@pytest.mark.parametrize(
    "address",
    [
        "a@b\r\nRCPT TO:<x@y>",
        "a b@c",
        "<a@b>",
        "a@b,c@d",
        "nobody",
        "",
    ],
)
def test_what_is_not_one_address_is_dead(
    sink: Sink, mailer: SmtpMailer, address: str
) -> None:
    assert send(mailer, message("a", address=address)).verdict == "dead"
    assert sink.connections == 0


def test_a_foreign_letter_in_an_address_needs_the_server_to_know_it(
    sink: Sink, mailer: SmtpMailer
) -> None:
    letter = message("a", address="søren@example.org")

    assert send(mailer, letter) == Outcome(
        verdict="dead", reply="the server has no SMTPUTF8"
    )
    mailer.close()
    sink.features = (*sink.features, "SMTPUTF8")
    assert send(mailer, letter).verdict == "sent"


@given(payload=st.binary(max_size=200).map(lambda b: b.replace(b"x", b"\r\n.")))
def test_the_body_cannot_end_itself(payload: bytes) -> None:
    wire = on_the_wire(payload)

    assert wire.endswith(b"\r\n")
    assert b"\r\n.\r\n" not in b"\r\n" + wire
    bare = wire.replace(b"\r\n", b"")
    assert b"\r" not in bare
    assert b"\n" not in bare


class Kept:
    """What another implementation of SMTP understood."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(  # noqa: N802  # The name is the library's.
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.envelopes.append(envelope)
        return "250 kept"


def test_another_server_understands_the_same() -> None:
    kept = Kept()
    letter = message("a", payload=b"A: b\r\n\r\n.\r\n.x\r\n")
    port = free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    mailer = SmtpMailer(
        Relay(host="127.0.0.1", port=port, security="none", timeout=TIMEOUT)
    )

    verdict = send(mailer, letter).verdict
    mailer.close()
    controller.stop()

    assert verdict == "sent"
    assert [one.original_content for one in kept.envelopes] == [letter.payload]
    assert kept.envelopes[0].mail_from == letter.sender
