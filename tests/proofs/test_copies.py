"""What a copy of a database at work is good for."""

import datetime as dt
import random
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.fakes import storm
from tests.fakes.storm import SHORT_LEASE, Swarm

COPIES = 4
DATABASE = "stafet.db"


def test_r4_copies_of_live_files_resume_without_loss(url: str, tmp_path: Path) -> None:
    """On SQLite alone: a server's files are its own business.

    The writer stands still while the three files and its mail are copied: so the copy
    is of one moment, as of a machine that lost its power, and the moment is any. Every
    other copy is without `-shm`, of which nothing need survive.
    """
    chance, live, copies = random.Random(4), tmp_path, []
    one = Swarm(url, str(live / "mail"), lease=SHORT_LEASE, cohorts=9999)
    with storm.swarming(one, roles=["both"]):
        (writer,) = one.members
        _await(live / f"{DATABASE}-wal")
        for number in range(COPIES):
            time.sleep(chance.uniform(0.1, 0.5))
            with one.standing_still(writer):
                copies.append(_copied(live, tmp_path / str(number), shared=number % 2))

    now = one.clock.now() + storm.LEASE
    moments = [_resumed(copy, now=now) for copy in copies]

    assert moments == sorted(moments)
    assert moments[0] < moments[-1]


def _await(path: Path) -> None:
    """Wait until the writer has opened the database."""
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def _copied(live: Path, target: Path, *, shared: int) -> Path:
    target.mkdir()
    for ending in ("", "-wal", "-shm")[: 2 + shared]:
        shutil.copy(live / f"{DATABASE}{ending}", target)
    if (live / "mail").exists():
        shutil.copytree(live / "mail", target / "mail")
    return target


def _resumed(copy: Path, *, now: dt.datetime) -> int:
    """Go on from a copy; return how many facts it had."""
    with closing(sqlite3.connect(copy / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (facts,) = connection.execute("SELECT count(*) FROM facts").fetchone()
    url, mail = f"sqlite:///{copy / DATABASE}", copy / "mail"

    storm.recover(url, str(mail), now=now)

    with storm.opened(url) as engine:
        found = storm.left(engine)
    # A file that was made and not written to yet is no mail that arrived.
    arrived = Counter(filter(None, (path.read_bytes() for path in mail.iterdir())))
    assert storm.check(found, arrived) <= found.doubts
    return int(facts)
