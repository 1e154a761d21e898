"""Other solvers, each run by an interpreter of its own, where its packages are."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OTHERS = Path(__file__).parent / "others"
ENVIRONMENTS = Path(__file__).parents[1] / ".venv-peers"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a solver found, and how long it took without starting and reading.

    Attributes:
        pairs, total: How many pairs there are, and their points.
        wall, cpu: Seconds.
    """

    pairs: int
    total: int
    wall: float
    cpu: float


def asked(environment: str, script: str, *arguments: object) -> Sequence[Answer]:
    """Return what another solver answers.

    Args:
        environment: Whose interpreter: a file of requirements in `benchmarks/others`.
        script: What it runs, from the same folder.
        arguments: What that is told.

    Raises:
        FileNotFoundError: If `make peers` has not made the environment.
    """
    python = ENVIRONMENTS / environment / "bin" / "python"
    if not python.exists():
        raise FileNotFoundError(f"{python}: make it with `make peers`")
    done = subprocess.run(  # noqa: S603  # Our own scripts.
        [python, OTHERS / f"{script}.py", *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [Answer(**one) for one in json.loads(done.stdout)]
