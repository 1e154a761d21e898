"""An editor's side of the conversation with a YAML language server."""

import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.clients.programs import HERE, installed, tool

Message = Mapping[str, Any]
SERVER = "yaml-language-server"
PATIENCE = 300
"""Seconds until a server that says nothing is ended."""


@dataclass(frozen=True, slots=True, order=True)
class Underlined:
    """What an editor underlines: the line, counted from 1, and why."""

    line: int
    why: str


class Editor:
    """Opens files, and asks the server about them."""

    def __init__(self, to_server: IO[bytes], from_server: IO[bytes]) -> None:
        self._out = to_server
        self._in = from_server
        self._asked = 0

    def start(self) -> None:
        """Say what this editor can show."""
        self._ask(
            "initialize",
            {"processId": None, "rootUri": None, "capabilities": {}},
        )
        self._tell("initialized", {})

    def open(self, path: Path, text: str) -> tuple[Underlined, ...]:
        """Open a text as a file, and return what is underlined in it."""
        uri = path.resolve().as_uri()
        opened = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": opened})
        while True:
            message = self._receive()
            told = message.get("params", {})
            if message.get("method") == _DIAGNOSTICS and told["uri"] == uri:
                return tuple(
                    sorted(
                        Underlined(one["range"]["start"]["line"] + 1, one["message"])
                        for one in told["diagnostics"]
                    )
                )

    def offered(self, path: Path, *, line: int, column: int) -> tuple[str, ...]:
        """Return what the editor offers at a place, counted from 1."""
        answer = self._ask("textDocument/completion", _at(path, line, column))
        found = answer["items"] if isinstance(answer, dict) else answer or ()
        return tuple(sorted(one["label"] for one in found))

    def shown(self, path: Path, *, line: int, column: int) -> str:
        """Return what the editor shows of the word at a place, counted from 1."""
        answer = self._ask("textDocument/hover", _at(path, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def _ask(self, method: str, params: Message) -> Any:  # noqa: ANN401 - as told.
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, params: Message) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._out.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._out.flush()

    def _receive(self) -> Message:
        """Return the next message; what the server asks has no answer here."""
        length = 0
        while line := self._in.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        message: Message = json.loads(self._in.read(length))
        if "method" in message and "id" in message:
            items = message["params"].get("items", ()) if message["params"] else ()
            self._send({"id": message["id"], "result": [None for _ in items]})
        return message


_DIAGNOSTICS = "textDocument/publishDiagnostics"


@contextmanager
def editor() -> Iterator[Editor]:
    """Run a language server as editors do, and end it.

    Raises:
        MissingToolError: If it cannot be installed; says what to install.
    """
    installed(SERVER)
    program = HERE / "node_modules" / SERVER / "bin" / SERVER
    with subprocess.Popen(
        [tool("node"), str(program), "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        too_long = threading.Timer(PATIENCE, process.kill)
        too_long.start()
        try:
            one = Editor(process.stdin, process.stdout)
            one.start()
            yield one
        finally:
            too_long.cancel()
            process.kill()


def _at(path: Path, line: int, column: int) -> Message:
    return {
        "textDocument": {"uri": path.resolve().as_uri()},
        "position": {"line": line - 1, "character": column - 1},
    }
