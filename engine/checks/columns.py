"""Whether the columns of the participants file are declared in full."""

from collections.abc import Iterator
from dataclasses import replace

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds
from engine.spec.cells import folded
from engine.spec.faults import Path
from engine.spec.programme import ColumnPart, Programme
from engine.spec.wording import quoted

FIXED = (
    "id",
    "name",
    "email",
    "phone",
    "language",
    "roles",
    "department",
    "manager",
)
"""Columns of every participants file."""

_FEWEST_STEPS = 2


def check_columns(programme: Programme) -> Iterator[Finding]:
    """Yield what is wrong with the columns that a programme declares."""
    seen: dict[str, str] = {}
    for name, part in programme.people.items():
        path = ("people", name)
        yield from _name(path, name, seen)
        seen.setdefault(folded(name), name)
        yield from _values(path, part)
        yield from _up_to(path, part)
        yield from _shown_as(path, part)


def _name(path: Path, name: str, seen: dict[str, str]) -> Iterator[Finding]:
    if not name.strip():
        yield Finding(path, "the column has no name", "write a name", key=True)
    elif folded(name) in FIXED:
        problem = f"every participants file has a column {quoted(folded(name))}"
        yield Finding(path, problem, "leave it out, or choose another name", key=True)
    elif folded(name) in seen:
        problem = f"{quoted(seen[folded(name)])} is the same column"
        yield Finding(path, problem, "keep one of them", key=True)


def _values(path: Path, part: ColumnPart) -> Iterator[Finding]:
    where = (*path, "values")
    grounds = Grounds(values=((*path, "type"), where), gaps=(path,))
    if part.type != "scale":
        if part.values:
            problem = f"a column of type {part.type} has no steps"
            remedy = "leave `values` out, or write `type: scale`"
            yield Finding(where, problem, remedy, key=True, grounds=grounds)
        return
    if len(part.values) < _FEWEST_STEPS:
        problem = "a scale has two steps or more"
        remedy = "write them from the lowest, for example `values: [junior, senior]`"
        place = where if part.values else path
        yield Finding(place, problem, remedy, key=True, grounds=grounds)
    for number, step in enumerate(part.values):
        if not step.strip():
            yield Finding((*where, number), "the step has no name", "write a name")
        elif folded(step) in map(folded, part.values[:number]):
            problem = f"{quoted(step)} is a step already"
            yield Finding((*where, number), problem, "leave one of them out")


def _shown_as(path: Path, part: ColumnPart) -> Iterator[Finding]:
    for step in part.shown_as:
        if step not in part.values:
            problem = f"{quoted(step)} is no step of this column"
            grounds = Grounds(values=((*path, "values"),), gaps=(path,))
            where = (*path, "shown as", step)
            finding = Finding(where, problem, "", key=True, grounds=grounds)
            remedy = replace(finding, remedy="leave it out")
            yield unknown(finding if part.values else remedy, step, part.values)


def _up_to(path: Path, part: ColumnPart) -> Iterator[Finding]:
    if part.up_to is None:
        return
    where = (*path, "up to")
    if part.type not in ("tags", "people"):
        problem = f"a cell of type {part.type} holds one value"
        remedy = "leave `up to` out, or write `type: tags`"
        grounds = Grounds(values=((*path, "type"),))
        yield Finding(where, problem, remedy, key=True, grounds=grounds)
    elif part.up_to < 1:
        problem = f"a cell that holds {part.up_to} holds nothing"
        yield Finding(where, problem, "write 1 or more")
