"""A mail server on loopback, and a certificate for it."""

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from integrations.mail.smtp import SmtpMailer
from tests.fakes.mailing import relay
from tests.fakes.sink import Sink, listening


@dataclass(frozen=True)
class Certified:
    """Both ends of a secured connection."""

    server: ssl.SSLContext
    client: ssl.SSLContext


@pytest.fixture(params=["in turn", "ahead"])
def sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    ahead = ("PIPELINING",) if request.param == "ahead" else ()
    with listening(Sink(features=("8BITMIME", *ahead))) as running:
        yield running


@pytest.fixture
def mailer(sink: Sink) -> Iterator[SmtpMailer]:
    made = SmtpMailer(relay(sink))
    yield made
    made.close()


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    _make(certificate, key)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return Certified(server, ssl.create_default_context(cafile=str(certificate)))


def _make(certificate: Path, key: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-nodes", "-days", "2"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-subj", "/CN=sink", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
