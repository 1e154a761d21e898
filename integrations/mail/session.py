"""One connection to a mail server, in which no step lasts longer than allowed."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

_READY = 220

# RFC 5321 4.2.1: done, or more is wanted.
_GOES_ON = frozenset({2, 3})


@dataclass(frozen=True, kw_only=True, slots=True)
class Relay:
    """The server that takes our mail, and how we reach it.

    Attributes:
        security: `starttls` and `tls` are required, never merely tried; `none` is for
            a server on this machine.
        timeout: Longest time for all until the final dot, for the pause before it,
            and for the reply to it. A lease must be longer than three of them.
        hello: How we introduce ourselves (RFC 5321 4.1.3 for the default).
        context: What certificates are trusted; the system's when None.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: timedelta = timedelta(seconds=60)
    hello: str = "[127.0.0.1]"
    context: ssl.SSLContext | None = field(default=None, repr=False)


class Wire:
    """Replies read from a socket by a moment that a slow server cannot push back.

    The time-out of a socket starts anew with each byte.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._read = b""
        self.deadline = 0.0

    def readline(self, limit: int) -> bytes:
        """Return one line, or what there was before the connection was closed."""
        while b"\n" not in self._read and len(self._read) < limit:
            self._connection.settimeout(remaining(self.deadline))
            chunk = self._connection.recv(4096)
            if not chunk:
                break
            self._read += chunk
        end = min((self._read.find(b"\n") + 1) or limit, limit)
        line, self._read = self._read[:end], self._read[end:]
        return line

    def heard(self) -> bool:
        """Whether the server has spoken or hung up without being asked."""
        self._connection.settimeout(0)
        try:
            self._read += self._connection.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            return bool(self._read)
        except OSError:
            return True
        return True

    def close(self) -> None:
        """Nothing: the socket has an owner."""


class Session(smtplib.SMTP):
    """A connection in the clear, or secured by STARTTLS."""

    file: Wire | None
    deadline = 0.0

    def allow(self, timeout: timedelta) -> None:
        """Let everything from now on take so long at most."""
        self.deadline = time.monotonic() + timeout.total_seconds()

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's reply; as smtplib does, but in time."""
        self._wire().deadline = self.deadline
        return super().getreply()

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        """Send in time."""
        if self.sock is not None:
            self.sock.settimeout(remaining(self.deadline))
        super().send(s)

    def exchange(self, commands: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        """Say commands in turn, and yield the reply to each; end with a refusal.

        A server that reads ahead is told all at once, which spares a round trip for
        each; a refusal is no end there, since the rest is said already (PIPELINING,
        RFC 2920).
        """
        lines = [f"{command}\r\n".encode() for command in commands]
        ahead = self.has_extn("pipelining")
        if ahead:
            self.send(b"".join(lines))
        for line in lines:
            if not ahead:
                self.send(line)
            code, words = self.getreply()
            yield code, words
            if code // 100 not in _GOES_ON and not ahead:
                return

    def heard(self) -> bool:
        """Whether the server has spoken or hung up without being asked."""
        return self._wire().heard()

    def _wire(self) -> Wire:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        if self.file is None:
            self.file = Wire(self.sock)
        return self.file


class SecureSession(Session, smtplib.SMTP_SSL):
    """A connection that is secured before the first word."""


def remaining(deadline: float) -> float:
    """Return the seconds until the deadline, or raise as a socket would."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def opened(relay: Relay) -> Session:
    """Return a session that has said hello, is as secure as required and signed in."""
    seconds = relay.timeout.total_seconds()
    context = relay.context or ssl.create_default_context()
    session = (
        SecureSession(local_hostname=relay.hello, timeout=seconds, context=context)
        if relay.security == "tls"
        else Session(local_hostname=relay.hello, timeout=seconds)
    )
    try:
        _greet(session, relay, context)
    except BaseException:
        session.close()
        raise
    return session


def _greet(session: Session, relay: Relay, context: ssl.SSLContext) -> None:
    session.allow(relay.timeout)
    # Where smtplib keeps the name that certificates are checked against.
    session._host = relay.host  # type: ignore[attr-defined]  # noqa: SLF001
    code, words = session.connect(relay.host, relay.port)
    if code != _READY:
        raise smtplib.SMTPConnectError(code, words)
    if session.sock is not None:
        # The dot follows the body by itself: it must not wait for the body's receipt.
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    session.ehlo_or_helo_if_needed()
    if relay.security == "starttls":
        session.starttls(context=context)
        session.ehlo_or_helo_if_needed()
    if relay.username:
        session.login(relay.username, relay.password)
