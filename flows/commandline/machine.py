"""The command that runs everything on one machine: up."""

import sys
from typing import Annotated

from cyclopts import Parameter

from flows.commandline.context import installed
from flows.commandline.terminal import refuse


def up(
    *,
    port: Annotated[int, Parameter(help="Of the pages, on this machine alone.")] = 8000,
    no_prefect: Annotated[
        bool, Parameter(negative="", help="Without its page, and its 400 MB.")
    ] = False,
) -> None:
    """Run it all on one machine: pages, feeds, what is due, mail, and Prefect's page.

    Example: stafet up
    """
    from flows.running.telling import Teller
    from flows.running.up import run
    from flows.serving import PortTakenError
    from integrations.settings import Settings

    app = installed()
    teller = Teller(clock=app.clock, write=_write)
    home = None if no_prefect else Settings().home / "prefect"
    try:
        run(app, teller, port=port, prefect=home)
    except PortTakenError as taken:
        raise refuse(f"{taken}; choose another with --port") from None


COMMANDS = (up,)


def _write(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()
