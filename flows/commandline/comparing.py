"""Two versions of a file side by side: what differs, and which dates follow."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.markup import escape

from engine.commands.sketch import sketch
from engine.documents import Document, shift_document
from engine.spec.differences import Difference, differences, people_differences
from engine.timeline.shifts import shifts
from flows.commandline.terminal import period, refuse, say, table
from flows.loading import load
from integrations.spec_files import cohort_files, is_cohort, read_programme

_SAID = {"new": "New", "gone": "Gone", "moved": "Moved", "changed": "Changed"}
_COLOURS = {"new": "green", "gone": "red", "moved": "yellow", "changed": "yellow"}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What the second of two files has otherwise than the first.

    Attributes:
        dates: Which occurrences are at another time; of cohort files alone.
    """

    programme: Sequence[Difference]
    cohort: Sequence[Difference] = ()
    people: Sequence[Difference] = ()
    dates: Sequence[Document] = ()

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not (self.programme or self.cohort or self.people or self.dates)

    def document(self) -> Mapping[str, Any]:
        """Return it as plain values."""
        return {
            "programme": [dataclasses.asdict(one) for one in self.programme],
            "cohort": [dataclasses.asdict(one) for one in self.cohort],
            "people": [dataclasses.asdict(one) for one in self.people],
            "dates": list(self.dates),
        }


def compared(old: Path, new: Path) -> Comparison:
    """Return what differs between two programme files, or two cohort files.

    Raises:
        SpecError: If one of them has faults.
        PeopleError: If rows of a participants file are refused.
    """
    for path in (old, new):
        if not path.is_file():
            raise refuse(f"{path}: there is no such file")
    if is_cohort(old) != is_cohort(new):
        raise refuse(
            f"{old} and {new} are a programme and a cohort; compare two of a kind"
        )
    if is_cohort(old):
        return _cohorts(old, new)
    readings = [read_programme(path) for path in (old, new)]
    for reading in readings:
        reading.checked()
    return Comparison(programme=differences(*(one.document for one in readings)))


def show_comparison(found: Comparison) -> None:
    """Print what differs, or that nothing does."""
    if found.equal:
        say("they say the same")
    for heading, changes in (
        ("programme", found.programme),
        ("cohort", found.cohort),
        ("people", found.people),
    ):
        if changes:
            say(f"[bold]In the {heading}[/]")
        for one in changes:
            say(f"  [{_COLOURS[one.kind]}]{_SAID[one.kind]}:[/] {escape(told(one))}")
    if found.dates:
        rows = [
            (one["title"], _period(one["was"]), _period(one["now"]))
            for one in found.dates
        ]
        table(("what", "was", "becomes"), rows, title="Dates that follow")


def told(one: Difference) -> str:
    """Return a difference in words."""
    where = f"{one.of}: {one.key}" if one.of and one.key else one.of or one.key
    if one.old is None and one.new is None:
        return where
    if one.old is None or one.new is None:
        value = one.new if one.old is None else one.old
        added = "is new" if one.old is None else "is gone"
        return f"{where}: {value} {added}" if one.key else f"{where}, {value}"
    if one.kind == "moved":
        return f"{where}: from {one.old} to {one.new}"
    return f"{where}: {one.old} becomes {one.new}"


def _cohorts(old: Path, new: Path) -> Comparison:
    loaded, read = (
        [load(one) for one in (old, new)],
        [cohort_files(old), cohort_files(new)],
    )
    before, after = (sketch(one) for one in loaded)
    moved = shifts(
        (before.record.frozen.programme, before.timeline),
        (after.record.frozen.programme, after.timeline),
    )
    language = after.record.frozen.programme.languages[0]
    return Comparison(
        programme=differences(*(one.programme.document for one in read)),
        cohort=differences(*(one.cohort.document for one in read)),
        people=people_differences(*(one.people for one in loaded)),
        dates=[
            shift_document(
                one, before=before.record, after=after.record, language=language
            )
            for one in moved
        ],
    )


def _period(times: Document | None) -> str:
    if times is None:
        return ""
    return period(
        *(dt.datetime.fromisoformat(times[key]) for key in ("starts", "ends"))
    )
