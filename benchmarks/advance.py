"""Does it matter to `advance` how many cohorts have nothing to do?"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.copies import advance_all, filled, let_be_due, opened
from benchmarks.measuring import Row, Table, alternately, at_most, took
from flows.wiring import App

COUNTS = (10, 1_000, 10_000)
DUE = 20
ROUNDS = 5
_NOISE = 1.25
_CALLS = 200


def measure() -> Table:
    """Measure with nothing due, and with twenty due alone and among many."""
    with TemporaryDirectory() as folder:
        rows = [*_idle(Path(folder)), *_due(Path(folder))]
    return Table(
        title="Advancing among many cohorts",
        words=(
            "`advance` of whatever is due, over a SQLite file. The cohorts are copies,"
            f" row by row, of the example. Medians of {ROUNDS} rounds; in each, {DUE}"
            " other cohorts have something due, and are read anew."
        ),
        rows=rows,
    )


def _database(folder: Path, count: int) -> Path:
    return folder / f"{count}.db"


def _idle(folder: Path) -> list[Row]:
    """Measure many calls, as one is too short."""
    apps = {count: _idling(_database(folder, count), count) for count in COUNTS}

    def calls(count: int, _round: int) -> float:
        return took(lambda: [advance_all(apps[count]) for _ in range(_CALLS)]) / _CALLS

    found = alternately(
        {str(count): partial(calls, count) for count in COUNTS}, rounds=ROUNDS
    )
    for app in apps.values():
        app.engine.dispose()
    few, *_ = found.values()
    return [
        at_most(
            f"nothing due among {int(count):,} cohorts",
            f"{seconds * 1000:.2f} ms",
            seconds / few,
            _NOISE,
        )
        for count, seconds in found.items()
    ]


def _idling(database: Path, count: int) -> App:
    _, due = filled(database, count)
    let_be_due(database, [], at=due)
    return opened(database, now=due)


def _due(folder: Path) -> list[Row]:
    """Measure twenty that are due: of their own, and among the most cohorts."""
    among, most = _database(folder, COUNTS[-1]), COUNTS[-1]
    names, at = filled(folder / "names.db", DUE * ROUNDS)
    for number in range(ROUNDS):
        filled(folder / f"alone-{number}.db", DUE)
    done: list[int] = []

    def twenty(database: Path, first: int) -> float:
        let_be_due(database, names[first : first + DUE], at=at)
        app = opened(database, now=at)
        seconds = took(lambda: done.append(advance_all(app)))
        app.engine.dispose()
        return seconds

    found = alternately(
        {
            "alone": lambda number: twenty(folder / f"alone-{number}.db", 0),
            "among": lambda number: twenty(among, number * DUE),
        },
        rounds=ROUNDS,
    )
    if len(set(done)) > 1 or not done[0]:
        raise AssertionError(f"not the same was done each time: {done}")
    alone, beside = found["alone"], found["among"]
    what = f"{DUE} due among {most:,}: {done[0]} actions"
    return [
        Row(what=f"{DUE} due, and no others", measured=f"{alone:.2f} s"),
        at_most(what, f"{beside:.2f} s", beside / alone, 1.5),
    ]
