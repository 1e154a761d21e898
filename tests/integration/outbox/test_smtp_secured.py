"""Mail over connections that must be secured."""

import pytest

from engine.ports import UnreachableError
from integrations.mail.smtp import SmtpMailer
from tests.fakes.mailing import at, relay, send
from tests.fakes.samples import message
from tests.fakes.sink import Sink
from tests.integration.outbox.conftest import Certified


def test_r9_a_server_without_starttls_is_refused(sink: Sink) -> None:
    mailer = SmtpMailer(relay(sink, security="starttls"))

    with pytest.raises(UnreachableError, match="STARTTLS"):
        mailer.begin(message("a"))

    assert "MAIL" not in sink.verbs


def test_starttls_secures_the_connection(sink: Sink, certified: Certified) -> None:
    sink.tls = certified.server
    mailer = SmtpMailer(relay(sink, security="starttls", context=certified.client))

    assert [send(mailer, message(key)).verdict for key in "ab"] == ["sent", "sent"]
    assert sink.verbs[:4] == ["EHLO", "STARTTLS", "EHLO", "RSET"]
    mailer.close()


@pytest.mark.parametrize("action", ["454 not now", "drop", "hang"])
def test_r9_a_failed_starttls_never_falls_back(
    sink: Sink, certified: Certified, action: str
) -> None:
    sink.tls = certified.server
    sink.rule = at("STARTTLS", action)
    mailer = SmtpMailer(relay(sink, security="starttls", context=certified.client))

    with pytest.raises(UnreachableError):
        mailer.begin(message("a"))

    assert "MAIL" not in sink.verbs


def test_an_unknown_certificate_is_refused(sink: Sink, certified: Certified) -> None:
    sink.tls = certified.server
    mailer = SmtpMailer(relay(sink, security="starttls"))

    with pytest.raises(UnreachableError, match="certificate"):
        mailer.begin(message("a"))


def test_a_connection_can_be_secured_from_the_start(
    sink: Sink, certified: Certified
) -> None:
    sink.tls, sink.implicit = certified.server, True
    mailer = SmtpMailer(relay(sink, security="tls", context=certified.client))

    assert send(mailer, message("a")).verdict == "sent"
    mailer.close()


def test_a_doubt_over_a_secured_connection(sink: Sink, certified: Certified) -> None:
    sink.tls = certified.server
    sink.rule = at("DOT", "lose")
    mailer = SmtpMailer(relay(sink, security="starttls", context=certified.client))

    assert send(mailer, message("a")).verdict == "in doubt"
