"""Mail over SMTP: every refusal, loss and silence, at every verb."""

import socket
import time

import pytest

from engine.outbox import Outcome
from engine.ports import UnreachableError
from integrations.mail.session import Relay, opened
from integrations.mail.smtp import SmtpMailer
from tests.fakes.mailing import TIMEOUT, at, relay, send
from tests.fakes.samples import message
from tests.fakes.sink import Sink, Verb, listening


def test_a_message_arrives_byte_for_byte(sink: Sink, mailer: SmtpMailer) -> None:
    letter = message("a", payload=b"A: b\r\n\r\n.\r\n..x\r\n.y\r\n\xc3\xa6\r\n")

    outcome = send(mailer, letter)

    assert outcome == Outcome(verdict="sent", reply="dot: 250 ok")
    assert sink.accepted == [("anna@example.org", letter.payload)]


def test_one_connection_carries_many_messages(sink: Sink, mailer: SmtpMailer) -> None:
    verdicts = [send(mailer, message(str(n))).verdict for n in range(5)]

    assert verdicts == ["sent"] * 5
    assert sink.connections == 1
    assert sink.verbs.count("RSET") == 5


def test_the_dot_does_not_wait_until_the_body_is_received(sink: Sink) -> None:
    session = opened(relay(sink))

    assert session.sock is not None
    assert session.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
    session.close()


def test_a_connection_that_went_away_is_made_again(
    sink: Sink, mailer: SmtpMailer
) -> None:
    send(mailer, message("a"))
    dropping = at("RSET", "drop")
    sink.rule = lambda *said: dropping(*said) if sink.connections == 1 else ""

    assert send(mailer, message("b")).verdict == "sent"
    assert sink.connections == 2


@pytest.mark.parametrize("action", ["drop", "hang", "421 closing", "502 what"])
def test_r9_a_server_that_takes_no_message_is_out_of_reach(
    sink: Sink, mailer: SmtpMailer, action: str
) -> None:
    sink.rule = at("RSET", action)

    with pytest.raises(UnreachableError, match="it does not take a new message"):
        mailer.begin(message("a"))


def test_a_refused_recipient_does_not_cost_the_connection(
    sink: Sink, mailer: SmtpMailer
) -> None:
    sink.rule = at("RCPT", "550 5.1.1 <anna@example.org>: unknown")

    assert send(mailer, message("a")) == Outcome(
        verdict="dead", reply="RCPT: 550 5.1.1 (address): unknown"
    )
    sink.rule = at("RCPT", "")
    assert send(mailer, message("b")).verdict == "sent"
    assert sink.connections == 1


def test_a_server_that_reads_ahead_is_told_all_until_the_body_at_once() -> None:
    said: list[bytes] = []
    with listening(Sink(features=("PIPELINING",))) as sink:
        session = opened(relay(sink))
        sent = session.send

        def noted(words: bytes) -> None:
            said.append(words)
            sent(words)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(session, "send", noted)
            replies = list(session.exchange(["RSET", "MAIL FROM:<a@example.org>"]))
        session.close()

    assert said == [b"RSET\r\nMAIL FROM:<a@example.org>\r\n"]
    assert replies == [(250, b"ok"), (250, b"ok")]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_a_server_that_waits_for_the_body_of_what_it_refused_gets_none(
    verb: Verb,
) -> None:
    refusing = {verb: "550 never", "DATA": "354 go on all the same"}
    with listening(Sink(features=("PIPELINING",))) as sink:
        sink.rule = lambda said, _: refusing.get(said, "")
        mailer = SmtpMailer(relay(sink))
        outcome = send(mailer, message("a"))
        sink.rule = at("CONNECT", "")
        after = send(mailer, message("b"))
        mailer.close()

    assert outcome == Outcome(verdict="dead", reply=f"{verb}: 550 never")
    assert after.verdict == "sent"
    assert sink.accepted == [("anna@example.org", message("b").payload)]
    assert sink.connections == 2


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("421 closing", "retry"),
        ("450 later", "retry"),
        ("451 later", "retry"),
        ("550 never", "dead"),
        ("554 never", "dead"),
    ],
)
def test_r9_a_refusal_is_for_now_or_for_good(
    sink: Sink, mailer: SmtpMailer, verb: Verb, reply: str, verdict: str
) -> None:
    sink.rule = at(verb, reply)

    outcome = send(mailer, message("a"))

    said = "dot" if verb == "DOT" else verb
    assert (outcome.verdict, outcome.reply) == (verdict, f"{said}: {reply}")
    assert sink.accepted == []
    sink.rule = at("MAIL", "")
    assert send(mailer, message("b")).verdict == "sent"


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("action", ["drop", "hang", "drip"])
def test_r9_a_connection_lost_before_the_dot_is_tried_again(
    sink: Sink, mailer: SmtpMailer, verb: Verb, action: str
) -> None:
    sink.rule = at(verb, action)

    started = time.monotonic()
    outcome = send(mailer, message("a"))

    assert outcome.verdict == "retry"
    # A server that drips would take minutes.
    assert time.monotonic() - started < TIMEOUT.total_seconds() + 5
    assert sink.accepted == []


@pytest.mark.parametrize("action", ["lose", "hang", "drip", "bad", "999 what"])
def test_r9_a_reply_lost_after_the_dot_leaves_a_doubt(
    sink: Sink, mailer: SmtpMailer, action: str
) -> None:
    sink.rule = at("DOT", action)

    outcome = send(mailer, message("a"))

    assert outcome.verdict == "in doubt"


def test_r9_a_server_that_hung_up_before_the_dot_leaves_no_doubt(
    sink: Sink, mailer: SmtpMailer
) -> None:
    sink.rule = at("BODY", "drop")
    transfer = mailer.begin(message("a"))
    assert not isinstance(transfer, Outcome)
    time.sleep(0.1)

    assert transfer.finish().verdict == "retry"


def test_a_refusal_during_the_body_counts(sink: Sink, mailer: SmtpMailer) -> None:
    sink.rule = at("BODY", "early 552 too big")
    transfer = mailer.begin(message("a"))
    assert not isinstance(transfer, Outcome)
    time.sleep(0.1)

    assert transfer.finish() == Outcome(verdict="dead", reply="body: 552 too big")


def test_an_aborted_message_is_not_accepted(sink: Sink, mailer: SmtpMailer) -> None:
    transfer = mailer.begin(message("a"))
    assert not isinstance(transfer, Outcome)

    transfer.abort()

    assert send(mailer, message("b")).verdict == "sent"
    assert [content for _, content in sink.accepted] == [message("b").payload]


def test_who_slept_before_the_dot_leaves_it_out(sink: Sink, mailer: SmtpMailer) -> None:
    transfer = mailer.begin(message("a"))
    assert not isinstance(transfer, Outcome)
    time.sleep(TIMEOUT.total_seconds() + 0.05)

    assert transfer.finish().verdict == "retry"
    assert sink.accepted == []


@pytest.mark.parametrize("action", ["drop", "hang", "drip", "421 busy", "554 no"])
def test_r9_a_server_that_greets_nobody_is_out_of_reach(
    sink: Sink, mailer: SmtpMailer, action: str
) -> None:
    sink.rule = at("CONNECT", action)

    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:\d+: "):
        mailer.begin(message("a"))


def test_r9_a_closed_port_is_out_of_reach() -> None:
    nobody = Relay(host="127.0.0.1", port=1, security="none", timeout=TIMEOUT)

    with pytest.raises(UnreachableError, match="refused"):
        SmtpMailer(nobody).begin(message("a"))


def test_a_server_that_wants_us_signed_in_is_out_of_reach(
    sink: Sink, mailer: SmtpMailer
) -> None:
    sink.rule = at("MAIL", "530 sign in first")

    with pytest.raises(UnreachableError, match="530 sign in first"):
        mailer.begin(message("a"))
