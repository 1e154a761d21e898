"""A process that rehearses: `prefect_rehearsal FOLDER DAYS`, saying nothing."""

import datetime as dt
import sys
from pathlib import Path

from flows.rehearsal.outputs import write_outputs
from flows.rehearsing import rehearse_with_prefect
from tests.fakes.recorded import began, example


def main(folder: Path, days: int) -> str:
    """Rehearse and write what came of it; return what was wrong with Prefect."""
    driven = rehearse_with_prefect(
        example(),
        mail=folder / "mail",
        seed=1,
        until=began() + dt.timedelta(days=days),
    )
    write_outputs(driven.rehearsed, folder)
    return driven.trouble


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])) or 0)
