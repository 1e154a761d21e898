"""Who stands in a participants file: its rows as participants, or all that is wrong."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.ids import PersonId
from engine.people import Participant, Value
from engine.spec.cells import (
    CellError,
    Parse,
    address_of_manager,
    cleaned,
    folded,
    parsers,
)
from engine.spec.programme import Programme
from engine.spec.wording import LONGEST_LIST, nearest, quoted, visible

HEADER = 1
"""The line that names the columns."""

_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """One thing in a participants file that a coordinator must change.

    Attributes:
        line: Its line, counted from 1.
        column: Name of its column; empty when it is about the whole line or file.
        problem: What is wrong, without a full stop.
        remedy: What to write instead.
    """

    line: int
    column: str = ""
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return it on one line, with nothing that a terminal would act on."""
        place = f"{self.line}: {self.column}: " if self.column else f"{self.line}: "
        return visible(f"{place}{self.problem}; {self.remedy}")


class RowsError(Exception):
    """A participants file that cannot be used: nobody of it is enrolled.

    Attributes:
        faults: All that is wrong in it, in the order of its lines.
        source: Its name, as the coordinator knows it; empty where it is not known.
    """

    def __init__(self, faults: Iterable[RowFault], *, source: str = "") -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        self.source = source
        place = f"{visible(source)}:" if source else ""
        super().__init__("\n".join(f"{place}{fault}" for fault in self.faults))


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line of a participants file, below the header.

    Attributes:
        line: Where it begins, counted from 1.
        cells: As written, by the names in the header; every row has the same names.
        faults: What the reader of the file has found wrong already; the other cells of
            such a row are not looked at.
    """

    line: int
    cells: Mapping[str, str]
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """A row as far as it can be understood; a cell with a fault has no value."""

    line: int
    values: Mapping[str, Value]
    faults: tuple[RowFault, ...] = ()

    def text(self, column: str) -> str:
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def several(self, column: str) -> tuple[str, ...]:
        value = self.values.get(column)
        return value if isinstance(value, tuple) else ()

    def fault(self, column: str, problem: str, remedy: str) -> RowFault:
        return RowFault(line=self.line, column=column, problem=problem, remedy=remedy)


_HEADER = _Entry(line=HEADER, values={})


@dataclass(frozen=True)
class _Directory:
    """Who is meant by an id, an address or a name; the first row of each counts."""

    ids: Mapping[str, _Entry]
    addresses: Mapping[str, str]
    likely: Mapping[str, str]

    def manager(self, entry: _Entry) -> str:
        """Return the id of the manager; as it is written if they take no part."""
        text = entry.text("manager")
        return self.addresses.get(address_of_manager(text), text)

    def meant(self, text: str, otherwise: str) -> str:
        """Return a remedy for what is no id."""
        guess = self.likely.get(_alike(text))
        return f"did you mean {quoted(guess)}?" if guess else otherwise


def participants(
    rows: Sequence[Row], *, programme: Programme
) -> tuple[Participant, ...]:
    """Return the people of a file, in its order, without a surrogate yet.

    A manager whose address is that of a participant is told by their id. A column of
    the spec is in `values` also where nothing is told: None, or no tags or people.

    Raises:
        RowsError: With everything that is wrong, in whichever row.
    """
    if not rows:
        nobody, remedy = (
            "nobody stands below the header",
            "write a line for each person",
        )
        raise RowsError([_HEADER.fault("", nobody, remedy)])
    parse_by = parsers(programme)
    columns = {folded(written): written for written in rows[0].cells}
    entries = [_entry(row, columns, parse_by) for row in rows]
    directory = _directory(entries)
    faults = [
        *_header_faults(columns, tuple(parse_by)),
        *(fault for entry in entries for fault in entry.faults),
        *_doubles(entries),
        *_references(entries, directory, programme),
        *_circles(directory),
    ]
    if faults:
        places = {column: place for place, column in enumerate(parse_by)}
        raise RowsError(sorted(faults, key=lambda one: places.get(one.column, -1)))
    return tuple(_participant(entry, directory, programme) for entry in entries)


def _header_faults(
    columns: Mapping[str, str], known: tuple[str, ...]
) -> Iterator[RowFault]:
    missing = [column for column in known if folded(column) not in columns]
    expected = set(map(folded, known))
    strange = [written for key, written in columns.items() if key not in expected]
    for column in strange:
        guess = nearest(column, missing)
        if guess:
            missing.remove(guess)
        remedy = f"did you mean {quoted(guess)}?" if guess else "delete the column"
        yield _HEADER.fault(column, "the programme has no such column", remedy)
    for column in missing:
        remedy = "add it to the header, and a cell for it to each line"
        yield _HEADER.fault(column, "this column is missing", remedy)


def _entry(
    row: Row, columns: Mapping[str, str], parse_by: Mapping[str, Parse]
) -> _Entry:
    values: dict[str, Value] = {}
    faults: list[RowFault] = []
    at = _Entry(line=row.line, values=values)
    for column, parse in parse_by.items():
        written = columns.get(folded(column))
        if written is None:
            continue
        try:
            values[column] = parse(cleaned(row.cells[written]))
        except CellError as error:
            faults.append(at.fault(column, error.problem, error.remedy))
    if row.faults:
        # Its id may still be meant elsewhere; its other cells may stand too far left.
        values = {column: values[column] for column in values if column == "id"}
    return replace(at, values=values, faults=row.faults or tuple(faults))


def _directory(entries: Sequence[_Entry]) -> _Directory:
    ids: dict[str, _Entry] = {}
    addresses: dict[str, str] = {}
    likely: dict[str, str] = {}
    for entry in entries:
        if not (own := entry.text("id")):
            continue
        ids.setdefault(own, entry)
        if entry.text("email"):
            addresses.setdefault(entry.text("email").lower(), own)
        for column in ("id", "name", "email"):
            likely.setdefault(_alike(entry.text(column)), own)
    likely.pop("", None)
    return _Directory(ids, addresses, likely)


def _doubles(entries: Sequence[_Entry]) -> Iterator[RowFault]:
    lines: dict[tuple[str, str], int] = {}
    for entry in entries:
        for column in ("id", "email"):
            text = entry.text(column)
            first = lines.setdefault((column, text.lower()), entry.line)
            if text and first != entry.line:
                yield entry.fault(
                    column,
                    f"{quoted(text)} stands in line {first} as well",
                    "give each person one line, an id and an address of their own",
                )


def _references(
    entries: Sequence[_Entry], directory: _Directory, programme: Programme
) -> Iterator[RowFault]:
    if not directory.ids:
        return
    people = [name for name, part in programme.people.items() if part.type == "people"]
    for entry in entries:
        manager = entry.text("manager")
        if manager and "<" not in manager and manager not in directory.ids:
            remedy = "write an id of this file or, for example, Bo Bøg <bo@example.org>"
            remedy = directory.meant(manager, remedy)
            yield entry.fault("manager", _unknown(manager), remedy)
        for column in people:
            yield from _wishes(entry, column, directory)


def _wishes(entry: _Entry, column: str, directory: _Directory) -> Iterator[RowFault]:
    for one in entry.several(column):
        if one == entry.text("id"):
            remedy = "name somebody else, or nobody"
            yield entry.fault(column, f"{quoted(one)} is this person", remedy)
        elif one not in directory.ids:
            remedy = directory.meant(one, "write an id of this file")
            yield entry.fault(column, _unknown(one), remedy)


def _unknown(text: str) -> str:
    return f"{quoted(text)} is no id of this file"


def _circles(directory: _Directory) -> Iterator[RowFault]:
    """Yield a fault for each circle, at the first of its lines."""
    managers = {own: directory.manager(entry) for own, entry in directory.ids.items()}
    seen: set[str] = set()
    for start in managers:
        line: list[str] = []
        current = start
        while current in managers and current not in seen:
            seen.add(current)
            line.append(current)
            current = managers[current]
        if current in line:
            yield _circle(line[line.index(current) :], directory)


def _circle(members: Sequence[str], directory: _Directory) -> RowFault:
    lines = [directory.ids[member].line for member in members]
    first = lines.index(min(lines))
    others = [*members[first + 1 :], *members[: first + 1]]
    chain = ", whose manager is ".join(map(quoted, others[:LONGEST_LIST]))
    return directory.ids[members[first]].fault(
        "manager",
        f"{quoted(members[first])} is in a circle: their manager is {chain}",
        "correct one of these managers",
    )


def _participant(
    entry: _Entry, directory: _Directory, programme: Programme
) -> Participant:
    return Participant(
        person=PersonId(""),
        id=entry.text("id"),
        name=entry.text("name"),
        email=entry.text("email"),
        phone=entry.text("phone"),
        language=entry.text("language"),
        roles=entry.several("roles"),
        department=entry.text("department"),
        manager=directory.manager(entry),
        values={column: entry.values[column] for column in programme.columns},
    )


def _alike(text: str) -> str:
    """Return what `m03`, `M-3` and `m 03` have in common."""
    signs = "".join(sign for sign in folded(text) if sign.isalnum())
    return _LEADING_ZEROS.sub("", signs)
