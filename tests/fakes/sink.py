"""A mail server on loopback that accepts, refuses, hangs and drops as it is told."""

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

Verb = Literal[
    "CONNECT", "EHLO", "STARTTLS", "RSET", "MAIL", "RCPT", "DATA", "BODY", "DOT"
]

Rule = Callable[[Verb, str], str]
"""From a verb and the recipient (empty before RCPT) to what happens:

`` for what a good server does; `450 words` for a reply; `drop` to hang up instead of
replying; `hang` to say nothing; `drip` to reply a byte at a time; at the dot, `lose` to
accept and hang up, and at the body, `early 552 words` to interrupt it.
"""

_GOOD = {"CONNECT": "220 sink", "DATA": "354 go on", "STARTTLS": "220 go on"}


def good(_verb: Verb, _recipient: str) -> str:
    """Accept everything."""
    return ""


@dataclass
class Sink:
    """What arrived, in order, and how the server behaves.

    Attributes:
        accepted: Recipient and bytes of each message whose dot was accepted.
        connections: How many there were.
        tls: Offers STARTTLS with this context.
        implicit: Secures every connection from the start.
    """

    rule: Rule = good
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    features: tuple[str, ...] = ("8BITMIME",)
    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def doubles(self) -> int:
        """Return how many messages arrived beyond the first of each content."""
        counts = Counter(self.accepted)
        return sum(counts.values()) - len(counts)


@contextmanager
def listening(sink: Sink) -> Iterator[Sink]:
    """Run the server meanwhile."""
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sink.port = listener.getsockname()[1]
        listener.settimeout(0.01)
        accepting = threading.Thread(target=_accept, args=(listener, sink, threads))
        accepting.start()
        try:
            yield sink
        finally:
            sink.over.set()
            accepting.join()
            for thread in threads:
                thread.join()


def _accept(
    listener: socket.socket, sink: Sink, threads: list[threading.Thread]
) -> None:
    while not sink.over.is_set():
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        sink.connections += 1
        threads.append(threading.Thread(target=_serve, args=(connection, sink)))
        threads[-1].start()


def _serve(connection: socket.socket, sink: Sink) -> None:
    conversation = _Conversation(connection, sink)
    with suppress(OSError, _HungUp):
        if sink.implicit:
            conversation.secure()
        conversation.hold()
    conversation.close()


class _HungUp(Exception):  # noqa: N818  # It is no error.
    """One side closed the connection."""


class _Conversation:
    """One connection."""

    def __init__(self, connection: socket.socket, sink: Sink) -> None:
        self._connection = connection
        self._sink = sink
        self._read = b""
        self._recipient = ""
        self._expected = False

    def secure(self) -> None:
        if self._sink.tls is not None:
            self._connection = self._sink.tls.wrap_socket(
                self._connection, server_side=True
            )

    def close(self) -> None:
        self._connection.close()

    def hold(self) -> None:
        self._say("CONNECT")
        while True:
            line = self._line().decode()
            word = line.split(" ")[0].upper()
            if word == "QUIT":
                self._send("221 bye")
                return
            self._sink.verbs.append(word)
            self._answer(word, line)

    def _answer(self, word: str, line: str) -> None:
        match word:
            case "EHLO":
                self._hello()
            case "STARTTLS":
                if self._say("STARTTLS"):
                    self.secure()
            case "RCPT":
                self._recipient = line.partition("<")[2].rstrip(">")
                self._expected = self._say("RCPT") and self._expected
            case "DATA":
                self._data()
            case "RSET":
                self._recipient = ""
                self._say(word)
            case "MAIL":
                self._recipient = ""
                self._expected = self._say(word)
            case _:
                self._send("502 no")

    def _data(self) -> None:
        """Take a body, but none for nobody: what was refused may have been ahead."""
        told = self._sink.rule("DATA", self._recipient)
        if not told and not self._expected:
            told = "503 nobody to send it to"
        if self._act("DATA", told):
            self._body()

    def _hello(self) -> None:
        offers = [*self._sink.features]
        if self._sink.tls is not None and not self._sink.implicit:
            offers.append("STARTTLS")
        lines = ["sink", *offers]
        for number, offer in enumerate(lines, start=1):
            between = " " if number == len(lines) else "-"
            self._send(f"250{between}{offer}")

    def _body(self) -> None:
        action = self._sink.rule("BODY", self._recipient)
        if action.startswith("early "):
            self._send(action.removeprefix("early "))
            raise _HungUp
        if action == "drop":
            raise _HungUp
        lines = []
        while (line := self._line()) != b".":
            lines.append(line.removeprefix(b".") + b"\r\n")
        content = (self._recipient, b"".join(lines))
        action = self._sink.rule("DOT", self._recipient)
        if action in {"", "lose", "hang", "drip"}:
            self._sink.accepted.append(content)
        self._act("DOT", "drop" if action == "lose" else action)

    def _say(self, verb: Verb) -> bool:
        """Reply, and tell whether it was what a good server says."""
        return self._act(verb, self._sink.rule(verb, self._recipient))

    def _act(self, verb: Verb, action: str) -> bool:
        good = _GOOD.get(verb, "250 ok")
        match action:
            case "":
                self._send(good)
            case "drop":
                raise _HungUp
            case "hang":
                self._sink.over.wait()
                raise _HungUp
            case "drip":
                self._drip(good)
            case reply:
                self._send(reply)
        return not action

    def _drip(self, reply: str) -> None:
        for byte in f"{reply} {'.' * 2000}".encode():
            if self._sink.over.wait(0.05):
                raise _HungUp
            self._connection.sendall(bytes([byte]))

    def _send(self, reply: str) -> None:
        self._connection.sendall(f"{reply}\r\n".encode())

    def _line(self) -> bytes:
        self._connection.settimeout(0.01)
        while b"\r\n" not in self._read:
            if self._sink.over.is_set():
                raise _HungUp
            with suppress(TimeoutError):
                chunk = self._connection.recv(65536)
                if not chunk:
                    raise _HungUp
                self._read += chunk
        line, _, self._read = self._read.partition(b"\r\n")
        return line
