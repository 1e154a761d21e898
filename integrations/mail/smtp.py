"""Mail handed to a server: everything but the final dot, and then the dot."""

import re
import smtplib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.outbox import Message, Outcome, Verdict
from engine.ports import UnreachableError
from integrations.mail.session import Relay, Session, opened

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_ONE_MAILBOX = re.compile(r"[^\s<>,;\"\x00-\x1f\x7f]+@[^\s<>,;@\"\x00-\x1f\x7f]+")
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")

# RFC 5321 4.2.1: the first digit says how it went.
_DONE, _LATER, _NEVER = 2, 4, 5
_START_BODY = 354
_CLOSING = 421
_VERBS = ("MAIL", "RCPT", "DATA")
# RFC 4954 6: no message would fare better before somebody corrects our sign-in.
_SIGN_IN = frozenset({530, 534, 535, 538})


class SmtpMailer:
    """A mailer over one connection, used again for as long as the server keeps it.

    For one thread. Nothing is sent before the first message; `close` says goodbye.
    """

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._session: Session | None = None

    def begin(self, message: Message) -> "SmtpTransfer | Outcome":
        """Send all but the final dot, or say why it could not be begun.

        What goes wrong before the sender is named concerns every message; what goes
        wrong after that, this one alone.
        """
        unfit = [a for a in (message.sender, message.address) if not _fits(a)]
        if unfit:
            return Outcome(verdict="dead", reply="not an address of one mailbox")
        for session in self._sessions():
            begun = self._begun(session, message)
            if begun is not None:
                return begun
        raise UnreachableError(f"{self._where}: it does not take a new message")

    def close(self) -> None:
        """Say goodbye to the server, which need not answer."""
        session, self._session = self._session, None
        if session is None or session.sock is None:
            return
        try:
            session.allow(self._relay.timeout)
            session.quit()
        except (OSError, smtplib.SMTPException):
            session.close()

    @property
    def _where(self) -> str:
        return f"{self._relay.host}:{self._relay.port}"

    def _sessions(self) -> Iterator[Session]:
        """Yield the last session while it is open, and then a new one."""
        if self._session is not None and self._session.sock is not None:
            yield self._session
        try:
            self._session = opened(self._relay)
        except (OSError, smtplib.SMTPException) as error:
            raise UnreachableError(f"{self._where}: {_words(error)}") from error
        yield self._session

    def _begun(
        self, session: Session, message: Message
    ) -> "SmtpTransfer | Outcome | None":
        """Send all but the dot; None when the server does not answer any more."""
        session.allow(self._relay.timeout)
        options = _options(session, message)
        if isinstance(options, Outcome):
            return options
        replies = session.exchange(_envelope(message, options))
        if not _lives(session, replies):
            return None
        try:
            refusal = _refused(session, replies)
            if refusal is not None:
                return refusal
            session.send(on_the_wire(message.payload))
        except (OSError, smtplib.SMTPException) as error:
            session.close()
            return Outcome(verdict="retry", reply=f"connection lost: {_words(error)}")
        return SmtpTransfer(session=session, relay=self._relay, begun=time.monotonic())


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpTransfer:
    """A message of which the server has all but the final dot.

    Attributes:
        begun: Since when it waits for the dot.
    """

    session: Session
    relay: Relay
    begun: float

    def finish(self) -> Outcome:
        """Send the final dot and return what came back.

        A server that spoke or hung up before the dot has accepted nothing. After it,
        no reply, or none that can be read, leaves the message in doubt. Whoever slept
        before the dot leaves it out: another worker may have the message by now.
        """
        if time.monotonic() > self.begun + self.relay.timeout.total_seconds():
            self.session.close()
            return Outcome(verdict="retry", reply="too long before the final dot")
        self.session.allow(self.relay.timeout)
        if self.session.heard():
            return self._interrupted()
        try:
            self.session.send(b".\r\n")
            code, words = self.session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.session.close()
            return Outcome(verdict="in doubt", reply=f"no reply: {_words(error)}")
        if _good(code):
            return Outcome(verdict="sent", reply=_reply("dot", code, words))
        if code // 100 in {_LATER, _NEVER}:
            return _refusal(self.session, "dot", code, words)
        self.session.close()
        return Outcome(verdict="in doubt", reply=_reply("dot", code, words))

    def abort(self) -> None:
        """Close the connection without the dot: nothing was accepted."""
        self.session.close()

    def _interrupted(self) -> Outcome:
        try:
            code, words = self.session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(verdict="retry", reply=f"connection lost: {_words(error)}")
        finally:
            self.session.close()
        return _refusal(self.session, "body", code, words)


def on_the_wire(payload: bytes) -> bytes:
    """Return the body as DATA wants it, without the final dot (RFC 5321 4.5.2).

    Every line ends in CRLF: what a server takes for a line end where we did not
    could smuggle in a message of its own.
    """
    plain = payload.count(b"\r\n")
    lines = payload
    # Mostly all is well already, and counting is faster than replacing.
    if not payload.count(b"\r") == payload.count(b"\n") == plain:
        lines = _LINE_END.sub(b"\r\n", payload)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    dotted = lines.startswith(b".") or b"\n." in lines
    return _LEADING_DOT.sub(b"..", lines) if dotted else lines


def _envelope(message: Message, options: Sequence[str]) -> Sequence[str]:
    """Return what is said before the body; RSET forgets what was begun before."""
    sender = " ".join([f"MAIL FROM:<{message.sender}>", *options])
    return ("RSET", sender, f"RCPT TO:<{message.address}>", "DATA")


def _lives(session: Session, replies: Iterator[tuple[int, bytes]]) -> bool:
    """Whether the server still answers, to the first of what it was told."""
    try:
        alive = _good(next(replies)[0])
    except (OSError, smtplib.SMTPException):
        alive = False
    if not alive:
        session.close()
    return alive


def _refused(session: Session, replies: Iterator[tuple[int, bytes]]) -> Outcome | None:
    """Return what the first refusal comes to, of those that follow the first reply.

    A server that was told all at once may wait for the body of what it has refused.
    It gets none.
    """
    said = [(verb, *reply) for verb, reply in zip(_VERBS, replies, strict=False)]
    bad = [one for one in said if not _as_wanted(*one[:2])]
    if not bad:
        return None
    verb, code, words = bad[0]
    if said[-1][1] == _START_BODY:
        session.close()
    if verb == "MAIL" and code in _SIGN_IN:
        session.close()
        raise UnreachableError(_reply(verb, code, words))
    return _refusal(session, verb, code, words)


def _as_wanted(verb: str, code: int) -> bool:
    return code == _START_BODY if verb == "DATA" else _good(code)


def _options(session: Session, message: Message) -> list[str] | Outcome:
    """Return what MAIL must ask for, or why this server cannot take the message."""
    wanted = {
        "8bitmime": ("BODY=8BITMIME", message.payload.isascii()),
        "smtputf8": ("SMTPUTF8", (message.sender + message.address).isascii()),
    }
    missing = [name for name, (_, spared) in wanted.items() if not spared]
    for name in missing:
        if not session.has_extn(name):
            return Outcome(verdict="dead", reply=f"the server has no {name.upper()}")
    return [wanted[name][0] for name in missing]


def _refusal(session: Session, verb: str, code: int, words: bytes) -> Outcome:
    if code == _CLOSING or code // 100 not in {_LATER, _NEVER}:
        session.close()
    verdict: Verdict = "dead" if code // 100 == _NEVER else "retry"
    return Outcome(verdict=verdict, reply=_reply(verb, code, words))


def _good(code: int) -> bool:
    return code // 100 == _DONE


def _fits(address: str) -> bool:
    return _ONE_MAILBOX.fullmatch(address) is not None


def _reply(verb: str, code: int, words: bytes) -> str:
    said = " ".join(words.decode("ascii", "replace").split())
    return _ADDRESS.sub("(address)", f"{verb}: {code} {said}")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said if isinstance(said, bytes) else said.encode()
        return _reply(type(error).__name__, error.smtp_code, words)
    return _ADDRESS.sub("(address)", str(error) or type(error).__name__)
