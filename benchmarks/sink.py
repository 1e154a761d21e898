"""A mail server that takes whatever comes, in a process of its own, and counts it."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

_START = b"354 go on\r\n"
_END = b"\r\n.\r\n"
# It reads ahead (RFC 2920), as most servers of today do.
_REPLIES = {b"QUIT": b"221 bye\r\n", b"EHLO": b"250-sink\r\n250 PIPELINING\r\n"}
SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, kw_only=True)
class Sink:
    """A server that runs.

    Attributes:
        pipe: Ask it for how many messages it has taken, by sending anything.
    """

    port: int
    pipe: "Connection[object, int]"

    def taken(self) -> int:
        """Return how many messages it took since it was last asked."""
        self.pipe.send("")
        return self.pipe.recv()


@contextmanager
def listening() -> Iterator[Sink]:
    """Run the server meanwhile; it ends when nobody can ask it any more."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Sink(port=ours.recv(), pipe=ours)
    finally:
        process.terminate()
        process.join()


class _Conversation(asyncio.Protocol):
    """One connection; it answers as fast as it can."""

    count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a connection that cannot be written to")
        self.transport, self.read, self.body = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.read += data
        while self._taken():
            pass

    def _taken(self) -> bool:
        """Answer the next line or message, if all of it is there."""
        end = _END if self.body else b"\r\n"
        piece, found, rest = self.read.partition(end)
        if not found:
            return False
        self.read = rest
        if self.body:
            type(self).count += 1
            self.body = False
        else:
            self.body = piece.upper() == b"DATA"
        good = _REPLIES.get(piece.upper()[:4], b"250 ok\r\n")
        self.transport.write(_START if self.body else good)
        return True


def _serve(pipe: "Connection[int, object]") -> None:
    asyncio.run(_run(pipe))


async def _run(pipe: "Connection[int, object]") -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Conversation, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])

    def answer() -> None:
        pipe.recv()
        pipe.send(_Conversation.count)
        _Conversation.count = 0

    loop.add_reader(pipe.fileno(), answer)
    await server.serve_forever()
