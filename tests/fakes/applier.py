"""A process that applies files of the small cohort: `applier URL NOW edited|next`."""

import datetime as dt
import sys

from engine.commands.apply import Files, apply
from engine.commands.unit import Unit
from integrations.store.database import connect
from integrations.store.store import SqlStore
from tests.fakes import kill
from tests.fakes.cohorts import INSTALLATION, PEOPLE, Keys, person, small_files

MODULE = "tests.fakes.applier"


def edited_files() -> Files:
    """Return the files with later workshops, a new mentor, and a new name for one."""
    return small_files(
        {"starts: 13:00\n        lasts: 3": "starts: 14:00\n        lasts: 3"},
        people=(
            person("ugle", name="Ugle Uhu"),
            *PEOPLE[1:],
            person("krage", department="Kultur"),
        ),
    )


def next_files() -> Files:
    """Return the files of a cohort that takes over at the closing of the small one."""
    return small_files(
        cohort={
            "cohort: 2027": "cohort: 2028\nfollows: 2027",
            "2027-03-03 13:00": "2027-12-01 13:00",
        }
    )


FILES = {"edited": edited_files, "next": next_files}


def main(arguments: list[str]) -> None:
    """Put them into force."""
    url, now, which = kill.arm(arguments)
    engine = connect(url)
    unit = Unit(store=SqlStore(engine), renderer=Keys(), installation=INSTALLATION)
    apply(unit, FILES[which](), now=dt.datetime.fromisoformat(now))
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
