"""Keeps Prefect, once imported, out of the home of whoever runs the tests."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from integrations.settings import environment


@dataclass(frozen=True, kw_only=True)
class Server:
    """A Prefect server that runs.

    Attributes:
        address: Of its API.
        home: Its folder.
        empty: Its database as it was made, before anything happened.
    """

    address: str
    home: Path
    empty: Path


def settle() -> ExitStack:
    """Tell Prefect where it lives, before a test module imports it; close to undo."""
    with ExitStack() as stack:
        home = stack.enter_context(TemporaryDirectory(prefix="stafet-tests-"))
        told = {
            "PREFECT_HOME": str(Path(home).resolve()),
            "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }
        stack.enter_context(environment(told, instead_of="PREFECT_"))
        return stack.pop_all()
