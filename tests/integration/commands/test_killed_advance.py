"""Advance and deliver, killed between any two steps and run again."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from engine.facts import to_lines
from integrations.store.database import connect
from integrations.store.store import SqlStore
from tests.fakes import advancer, kill

WORKER = "tests.fakes.advancer"
AUGUST = dt.datetime(2027, 8, 9, 8, tzinfo=dt.UTC)
UNCERTAIN = {"deliver: between dot and settle"}
"""Here the receiver has the mail and nobody knows: another test counts that."""
REFUSED = {"deliver: between refusal and settle"}
"""A folder refuses nothing."""
CERTAIN = sorted({*kill.points("append", "deliver")} - UNCERTAIN - REFUSED)


@pytest.fixture(scope="module")
def unhurt(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Counter[bytes]]:
    """What the facts and the mails are when nobody is killed."""
    folder = tmp_path_factory.mktemp("unhurt")
    _run(folder)
    return _outcome(folder)


@pytest.mark.parametrize("nth", [1, 4])
@pytest.mark.parametrize("point", CERTAIN)
def test_killed_anywhere_and_run_again_nothing_is_lost_or_sent_twice(
    tmp_path: Path, unhurt: tuple[str, Counter[bytes]], point: str, nth: int
) -> None:
    died = kill.killed(WORKER, *_arguments(tmp_path), point=point, nth=nth)
    _run(tmp_path, later=dt.timedelta(minutes=10))

    facts, mails = _outcome(tmp_path)
    assert died
    assert facts == unhurt[0]
    assert mails == unhurt[1]


def _arguments(folder: Path, later: dt.timedelta = dt.timedelta()) -> tuple[str, ...]:
    now = (AUGUST + later).isoformat()
    return f"sqlite:///{folder / 'stafet.db'}", str(folder / "mail"), now


def _run(folder: Path, later: dt.timedelta = dt.timedelta()) -> None:
    """Run to the end; later only for the lease of a killed worker to run out."""
    advancer.main(list(_arguments(folder, later)))


def _outcome(folder: Path) -> tuple[str, Counter[bytes]]:
    """Return the facts without their times, and how often each mail left."""
    engine = connect(f"sqlite:///{folder / 'stafet.db'}")
    facts = SqlStore(engine).facts(SqlStore(engine).cohorts()[0])
    engine.dispose()
    lines = to_lines(facts).splitlines()
    events = "\n".join(line.partition('"actor"')[2] for line in lines)
    mails = Counter(
        path.read_bytes().partition(b"Message-ID")[2].partition(b"\r\n")[0]
        for path in (folder / "mail").iterdir()
    )
    return events, mails
