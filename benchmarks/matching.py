"""How fast are best matches found and explained, beside other solvers?"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import people
from benchmarks.groups import ALIKE, EACH, by_flow, by_search, groups
from benchmarks.measuring import Row, Table, at_least, at_most, worked
from benchmarks.mentor_match import mentor_match
from benchmarks.questions import Question, drawn, pruned, ruled, write
from benchmarks.rivals import Answer, asked
from engine.matching import Problem
from engine.matching.aims import EVERYONE, TOTAL
from engine.matching.clauses import POINTS_PER_WEIGHT
from engine.matching.flowing import flowing
from engine.matching.matrix import matrix
from engine.matching.others import Others
from engine.matching.pooling import pooled

ROUNDS = 3
_MANY = 500
_POINTS = 0.030
_WAYS = ("dense", "sparse", "simplex")
_SIMPLEX_UP_TO, _STABLE_UP_TO = 100, 300
_BEST = 50
_GROUPS = 15
_COLD = """
import sys, time
from pathlib import Path
from flows.loading import load
from flows.commandline.specs import standing_of
from engine.documents import proposal_document
began = time.process_time()
proposal_document(standing_of(sys.argv[1]).record, language="da")
status = Path("/proc/self/status").read_text().split()
peak = int(status[status.index("VmHWM:") + 1]) / 1024
heavy = sorted({"numpy", "pandas", "scipy", "ortools"} & {*sys.modules})
print(time.process_time(), len(sys.modules), peak, *heavy)
"""
_COHORT = "specs/aarhus-leadership/cohorts/2027.yaml"


def measure() -> Table:
    """Measure pairs of some sizes, their explanation, and the first of a process."""
    return Table(
        title="Matching, beside other solvers",
        words=(
            "The same question to each: as many pairs as can be, then most points; all"
            " that are exact found the same. mentor-match is measured from its files to"
            " its answer, and ours from the same files and rules. Others are asked"
            " with the numbers in memory, in the form that they are fastest with, and"
            " have an interpreter of their own; scipy knows no places: each is a"
            f" column to it. Medians of {ROUNDS} rounds in turns,"
            " processor time first, then pairs and points. Ratios are of the former:"
            " how many times as long the other took, or which part of a solve."
        ),
        rows=[
            *_from_files(),
            *_solvers(),
            *_largest(),
            *_grouped(),
            *_explained(),
            *_first(),
        ],
    )


def _from_files() -> Iterator[Row]:
    # What make hands over: where the data is, which are not ours to ship.
    data = Path(os.environ["MENTOR_MATCH_DATA"]).resolve()  # noqa: TID251
    for size in (100, 300, _MANY):
        rounds = ROUNDS if size < _MANY else 1
        ours, theirs = _in_turns(
            [
                partial(_of_files, data, size),
                partial(_first_of, "mentor-match", "mentor_match", data, size),
            ],
            rounds=rounds,
        )
        yield Row(what=f"mentor-match's {size}: ours", measured=_told(ours))
        yield Row(
            what=f"mentor-match's {size}: mentor-match",
            measured=_told(theirs),
            ratio=_times(theirs, ours),
        )


def _solvers() -> Iterator[Row]:
    for size in (100, 300, 1_000):
        question = drawn(size, firsts=size, seconds=size, share=0.7, most=100)
        yield from _beside(f"{size:,} and {size:,}", question, _ways(size))


def _largest() -> Iterator[Row]:
    """Yield our time and scipy's among the best of each, and ours among all pairs."""
    for size, goal in ((3_000, 2.0), (10_000, 3.0)):
        several = ruled(size, seconds=size, each=3)
        yield from _best("some places each, rules kept or not", several, goal)
        single = drawn(size, firsts=size, seconds=size, share=0.7, most=100)
        yield from _best("one place each, points by chance", single, goal)


def _best(kind: str, whole: Question, goal: float) -> Iterator[Row]:
    what = f"{len(whole.places):,} and {whole.seconds:,}, {kind}"
    few = pruned(whole, _BEST)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "few.npz"
        write(file, [few])
        asks = [partial(_among, few), partial(_other, "sparse", file)]
        ours, theirs, all_ = _in_turns([*asks, partial(_among_all, whole)], rounds=3)
    if (theirs.pairs, theirs.total) != (ours.pairs, ours.total):
        raise AssertionError(f"scipy found {theirs}, and we {ours}")
    yield Row(what=f"{what}: the best {_BEST} of each, ours", measured=_told(ours))
    told, ratio = f"{what}: the same, scipy, sparse", theirs.cpu / ours.cpu
    yield at_least(told, _told(theirs), ratio, goal)
    told = f"{what}: all pairs, ours, proven"
    yield Row(what=told, measured=_told(all_), ratio=f"{all_.cpu / ours.cpu:.1f}")


def _grouped() -> Iterator[Row]:
    """Yield our time for groups with a limit on departments, and that of CP-SAT."""
    question = groups(_GROUPS)
    by_flow(question)
    asks = [partial(by_flow, question), partial(by_search, question)]
    ours, theirs = _in_turns(asks, rounds=9)
    if theirs.total != ours.total:
        raise AssertionError(f"CP-SAT found {theirs}, and we {ours}")
    what = f"{_GROUPS} groups of {EACH}, at most {ALIKE} from a department"
    yield Row(what=f"{what}: ours", measured=_told(ours))
    ratio = theirs.cpu / ours.cpu
    yield at_least(f"{what}: CP-SAT, one worker", _told(theirs), ratio, 40.0)


def _among(few: Question) -> Answer:
    edges = few.edges()
    order = np.lexsort((few.second, few.first))
    points = few.points[order]
    wall, cpu = time.perf_counter(), time.process_time()
    found = flowing(edges, points, few.places, few.seconds, most=True)
    return Answer(
        pairs=int(found.sum()),
        total=int(points[found].sum()),
        wall=time.perf_counter() - wall,
        cpu=time.process_time() - cpu,
    )


def _among_all(whole: Question) -> Answer:
    pool = whole.pool()
    wall, cpu = time.perf_counter(), time.process_time()
    found = pool.at(pool.best((EVERYONE, TOTAL)))
    return Answer(
        pairs=len(found),
        total=int(found.sum()),
        wall=time.perf_counter() - wall,
        cpu=time.process_time() - cpu,
    )


def _ways(size: int) -> Sequence[str]:
    slow = {"simplex": _SIMPLEX_UP_TO, "stable": _STABLE_UP_TO}
    return [one for one in (*_WAYS, "stable") if size <= slow.get(one, size)]


def _beside(what: str, question: Question, ways: Sequence[str]) -> Iterator[Row]:
    """Yield our time for a question, and that of others."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "question.npz"
        write(file, [question])
        asks = [partial(_among_all, question)]
        asks += [partial(_other, way, file) for way in ways]
        mine, *others = _in_turns(asks, rounds=ROUNDS)
    yield Row(what=f"{what}: ours", measured=_told(mine))
    for way, theirs in zip(ways, others, strict=True):
        if way != "stable" and (theirs.pairs, theirs.total) != (mine.pairs, mine.total):
            raise AssertionError(f"{way} found {theirs}, and we {mine}")
        told = f"{what}: {_NAMES[way]}"
        ratio = f"{theirs.cpu / mine.cpu:.2f}"
        yield Row(what=told, measured=_told(theirs), ratio=ratio)


_NAMES: Mapping[str, str] = {
    "dense": "scipy, dense",
    "sparse": "scipy, sparse",
    "simplex": "networkx, network simplex",
    "stable": "matching, a stable answer",
}


def _other(way: str, file: Path) -> Answer:
    if way == "stable":
        return _first_of("matching", "stable", file)
    return _first_of("solvers", "solvers", file, way)


def _first_of(environment: str, script: str, *arguments: object) -> Answer:
    return asked(environment, script, *arguments)[0]


def _explained() -> Iterator[Row]:
    """Yield what alternatives take, as part of a solve from people to its answer."""
    seconds = statistics.median(
        worked(lambda: matrix(_people(1_000))) for _ in range(5)
    )
    yield Row(
        what="Points of 1,000 x 1,000 pairs",
        measured=f"{seconds * 1000:.0f} ms",
        goal=f"at most {_POINTS * 1000:.0f} ms",
        met=seconds <= _POINTS,
    )
    for size, limit in ((300, 1.5), (1_000, 5.0)):
        solves, ones, alls = zip(*(_parts(size) for _ in range(ROUNDS)), strict=True)
        solve, one, all_ = map(statistics.median, (solves, ones, alls))
        what = f"{size:,} and {size:,}"
        yield Row(what=f"{what}: a solve", measured=f"{solve * 1000:,.0f} ms")
        told = f"{what}: who else for one person"
        yield at_most(told, f"{one * 1000:,.0f} ms", one / solve, 0.3)
        told = f"{what}: who else for everybody"
        yield at_most(told, f"{all_ * 1000:,.0f} ms", all_ / solve, limit)


def _parts(size: int) -> tuple[float, float, float]:
    """Return the time of a solve, of one person's alternatives, of everybody's."""
    problem = _people(size)
    began = time.process_time()
    solved = pooled(problem, b"")
    solve = time.process_time() - began
    one = worked(lambda: Others(solved=solved, everyone=False).of(0))
    others = Others(solved=solved)
    return solve, one, worked(lambda: [others.of(each) for each in range(size)])


@cache
def _people(size: int) -> Problem:
    return people.pairs(size)


def _first() -> Iterator[Row]:
    """Yield what the first matching of a process takes, from files of 14 pairs."""
    done = subprocess.run(  # noqa: S603  # Our own code.
        [sys.executable, "-c", _COLD, _COHORT],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, modules, memory, *heavy = done.stdout.split()
    yield Row(
        what="14 pairs, first of a process, from its files",
        measured=f"{float(seconds):.2f} s, {modules} modules, {float(memory):.0f} MB;"
        f" {' and '.join(heavy) or 'neither numpy nor ortools'}",
        goal="no pandas, no scipy",
        met=not {"pandas", "scipy"} & {*heavy},
    )


def _of_files(folder: Path, size: int) -> Answer:
    wall, cpu = time.perf_counter(), time.process_time()
    found = pooled(mentor_match(folder, size), b"").outcome
    return Answer(
        pairs=len(found.arcs),
        total=found.value(TOTAL) // POINTS_PER_WEIGHT,
        wall=time.perf_counter() - wall,
        cpu=time.process_time() - cpu,
    )


def _in_turns(acts: Sequence[Callable[[], Answer]], *, rounds: int) -> list[Answer]:
    """Return of each the answer with the median of its times."""
    found: list[list[Answer]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, those in zip(acts, found, strict=True):
            those.append(act())
    return [
        Answer(
            pairs=those[0].pairs,
            total=those[0].total,
            wall=statistics.median(one.wall for one in those),
            cpu=statistics.median(one.cpu for one in those),
        )
        for those in found
    ]


def _told(one: Answer) -> str:
    return (
        f"{one.cpu * 1000:,.1f} ms ({one.wall * 1000:,.1f}); {one.pairs}, {one.total}"
    )


def _times(theirs: Answer, ours: Answer) -> str:
    return f"{theirs.cpu / ours.cpu:.1f}"
