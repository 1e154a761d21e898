"""How long does a rehearsed year take, of one cohort and of more and more?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.copies import INSTALLATION, example
from benchmarks.measuring import Row, Table, at_most, peak_memory, worked
from benchmarks.sink import SPAWN
from engine.commands.apply import Files, apply
from engine.ids import CohortId
from engine.posts import Post
from flows.rehearsal.personas import cast_of
from flows.rehearsal.year import Year, beginning, plainly, span
from flows.wiring import App, MimeRenderer, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer

COUNTS = (1, 2, 4)
ROUNDS = 3
MANY = 1_000
_WEEK = dt.timedelta(weeks=1)
_LINEAR = 1.25


@dataclass
class Noting:
    """A renderer that keeps what it was asked for."""

    posts: list[Post] = field(default_factory=list)

    def render(self, post: Post) -> bytes:
        """Return the complete MIME message."""
        self.posts.append(post)
        return MimeRenderer().render(post)


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What some cohorts came to in one process.

    Attributes:
        seconds: For the whole.
        rendering: For making the same mails once more, and nothing else.
        memory: The most that the process had, in MB.
    """

    cohorts: int
    seconds: float
    rendering: float
    messages: int
    memory: float


def measure() -> Table:
    """Measure one year a few times, then years of more and more cohorts."""
    firsts = [_apart(1) for _ in range(ROUNDS)]
    one = sorted(firsts, key=lambda lived: lived.seconds)[ROUNDS // 2]
    more = [one, *(_apart(count) for count in COUNTS[1:])]
    several = [_several(lived, one) for lived in more[1:]]
    return Table(
        title="A rehearsed year",
        words=(
            f"The example of {len(example().people)} people from its first mail to its"
            " last, people reacting, mail going to files. Seconds are those of the"
            " processor, in a process of its own for each row; nothing waits for a"
            " disk. More cohorts are in one database and live side by side; the ratio"
            f" is of what each takes. {MANY:,} of them would take hours, and are"
            f" extrapolated from the last row. One is the median of {ROUNDS}."
        ),
        rows=[*_single(one), *several, _many(more)],
    )


def _single(one: Lived) -> Sequence[Row]:
    each = one.seconds / one.messages * 1000
    alone = one.rendering / one.messages * 1000
    return [
        Row(
            what=f"1 cohort, {one.messages:,} messages",
            measured=f"{one.seconds:.1f} s, peak {one.memory:.0f} MB",
        ),
        Row(what="rendering alone, a message", measured=f"{alone:.1f} ms"),
        Row(
            what="the whole year, a message",
            measured=f"{each:.1f} ms",
            ratio=f"{each / alone:.1f}",
        ),
    ]


def _several(lived: Lived, one: Lived) -> Row:
    """Return a row whose ratio is that of what one cohort takes among so many."""
    return at_most(
        f"{lived.cohorts} cohorts, {lived.messages:,} messages",
        f"{lived.seconds:.1f} s, peak {lived.memory:.0f} MB",
        lived.seconds / lived.cohorts / one.seconds,
        _LINEAR,
    )


def _many(all_: Sequence[Lived]) -> Row:
    first, last = all_[0], all_[-1]
    minutes = last.seconds / last.cohorts * MANY / 60
    more = (last.memory - first.memory) / (last.cohorts - first.cohorts)
    memory = first.memory + more * (MANY - 1)
    return Row(
        what=f"{MANY:,} cohorts, extrapolated",
        measured=f"{minutes:.0f} min, peak {memory / 1000:.1f} GB",
    )


def _apart(count: int) -> Lived:
    """Live through it in a process that has done nothing else."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=_live, args=(count, theirs), daemon=True)
    process.start()
    theirs.close()
    lived = ours.recv()
    process.join()
    if not isinstance(lived, Lived):
        raise TypeError(f"a process said {lived!r}")
    return lived


def _live(count: int, pipe: "Connection[Any, Any]") -> None:
    noting = Noting()
    with TemporaryDirectory() as folder:
        seconds = worked(lambda: _years(count, Path(folder), noting))
    memory = peak_memory()
    again = MimeRenderer()
    rendering = worked(lambda: [again.render(post) for post in noting.posts])
    pipe.send(
        Lived(
            cohorts=count,
            seconds=seconds,
            rendering=rendering,
            messages=len(noting.posts),
            memory=memory,
        )
    )


def _years(count: int, folder: Path, noting: Noting) -> None:
    """Live through the years of some cohorts, week by week."""
    files = example()
    app = wire(
        "sqlite://",
        installation=INSTALLATION,
        clock=FixedClock(beginning(files)),
        mailer=lambda: mailer,
    )
    app.unit.renderer = noting
    mailer = FileMailer(folder, label=lambda one: f"{one.cohort}/{one.recipient}")
    years = [_begun(app, _another(files, number), mailer) for number in range(count)]
    week, last = span(files)
    while (week := week + _WEEK) < last + 8 * _WEEK:
        for year in years:
            year.run(plainly, until=week, progress=lambda _moment: None)


def _begun(app: App, files: Files, mailer: FileMailer) -> Year:
    clock = FixedClock(beginning(files))
    apply(app.unit, files, now=clock.now())
    return Year(
        app=replace(app, clock=clock),
        clock=clock,
        cohort=files.id,
        standing=app.unit.standing(files.id),
        cast=cast_of(app.unit.store, 1),
        mailer=mailer,
    )


def _another(files: Files, number: int) -> Files:
    """Return the same files for other people."""
    people = [replace(one, email=f"{number}.{one.email}") for one in files.people]
    return replace(files, id=CohortId(f"copies/{number}"), people=people)
