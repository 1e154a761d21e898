"""Where in the text of a spec file each of its values stands."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias

from engine.spec.faults import Fault, Path
from engine.spec.scalars import Scalar

Plain: TypeAlias = Scalar | list["Plain"] | dict[str, "Plain"]
"""A value of the file without its place."""

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_BREAK = re.compile(r"\r\n|[\r\n]")


class Point(Protocol):
    """A place in the text as the parser counts, from 0."""

    line: int
    column: int
    index: int


class Event(Protocol):
    """What the parser tells of: the begin or end of a value, or a whole one.

    Not every event has all of these; the type of the event says which.
    """

    start_mark: Point
    end_mark: Point
    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text: line and column, counted from 1, and a width."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, eq=False)
class Sheet:
    """The text of one file.

    Attributes:
        source: Name of the file, as the coordinator knows it.
    """

    source: str
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The text, line by line, without line breaks."""
        return lines_of(self.text)

    def mark(self, node: "Node") -> Mark:
        """Return where a value of this text can be pointed at."""
        node = node.first_key or node
        line, column = node.start.line, node.start.column
        if node.start.index == node.stop.index:
            if node.key:
                return self.mark(node.key)
            # An item without a value: its dash can be pointed at.
            column = max(node.start.column - 1, 0)
        if line >= len(self.lines):
            # The parser ends a text without a last line break one line too far.
            line, column = len(self.lines) - 1, len(self.lines[-1])
        end = len(self.lines[line].rstrip())
        if node.stop.line == line:
            end = min(end, node.stop.column)
        return Mark(line + 1, column + 1, max(1, end - column))


class Node:
    """A value of a file, from where it starts to where it stops.

    Attributes:
        sheet: The file: a document may be made of several.
        key: The key that it stands at, in a mapping.
        children: What a mapping or a list holds, by key or position.
        was: The value of another file that it stands in the place of.
    """

    __slots__ = ("children", "key", "sheet", "start", "stop", "was")

    def __init__(
        self,
        start: Point,
        stop: Point,
        sheet: Sheet,
        *,
        key: "Node | None" = None,
        children: "dict[str, Node] | list[Node] | None" = None,
        was: "Node | None" = None,
    ) -> None:
        self.start = start
        self.stop = stop
        self.sheet = sheet
        self.key = key
        self.children = children
        self.was = was

    @property
    def written(self) -> str:
        """The value as its file has it, quotes included."""
        return self.sheet.text[self.start.index : self.stop.index]

    def child(self, step: str | int) -> "Node | None":
        """Return what stands at a key or position."""
        within = self.children
        if isinstance(within, dict):
            return within.get(step) if isinstance(step, str) else None
        if within and isinstance(step, int) and 0 <= step < len(within):
            return within[step]
        return None

    def placed(self, path: Path = ()) -> "Iterator[tuple[Path, Node]]":
        """Yield this value and all below it, with their paths."""
        yield path, self
        within = self.children or {}
        for step, child in (
            within.items() if isinstance(within, dict) else enumerate(within)
        ):
            yield from child.placed((*path, step))

    def scalars(self) -> "Iterator[Node]":
        """Yield every value below, and this one, that holds no others."""
        if self.children is None:
            yield self
            return
        within = self.children
        for child in within.values() if isinstance(within, dict) else within:
            yield from child.scalars()

    @property
    def first_key(self) -> "Node | None":
        """What a mapping in lines begins with; nothing for other values."""
        if not isinstance(self.children, dict) or not self.children:
            return None
        keys = (child.key for child in self.children.values())
        return next((key for key in keys if key and self._begins_with(key)), None)

    def _begins_with(self, key: "Node") -> bool:
        return key.sheet is self.sheet and key.start.index == self.start.index


@dataclass(frozen=True)
class Document:
    """A spec file as it was read: its values, and where they stand.

    Attributes:
        sheet: The file itself; values may come from others that it extends.
        plain: Its values; empty if the text could not be read.
        faults: Why it could not be read, or what in it is refused whatever it means.
        refused: Paths whose values are refused already, so no more is told of them.
        lost: Mappings and lists that something was left out of, which was told.
    """

    sheet: Sheet
    plain: dict[str, Plain]
    faults: tuple[Fault, ...] = ()
    refused: frozenset[Path] = frozenset()
    lost: frozenset[Path] = frozenset()
    root: Node | None = field(default=None, repr=False)

    @property
    def source(self) -> str:
        """Name of the file, as the coordinator knows it."""
        return self.sheet.source

    def node(self, path: Path) -> Node | None:
        """Return what stands at a path."""
        node = self.root
        for step in path:
            node = node.child(step) if node else None
        return node

    def locate(self, path: Path, *, key: bool = False) -> Mark:
        """Return where a value stands, or with `key` the key that it stands at.

        Of a path that leads further than the file, the nearest value is meant.
        """
        return self._place(path, key=key)[1]

    def value(self, path: Path) -> Plain:
        """Return the value at a path; nothing where the file has none."""
        here: Plain = self.plain
        for step in path:
            if isinstance(here, dict) and isinstance(step, str):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int):
                here = here[step] if step < len(here) else None
            else:
                return None
        return here

    def written(self, path: Path) -> str:
        """Return a value as the file has it, quotes included."""
        node = self.node(path)
        return node.written if node else ""

    def after(self, path: Path) -> str:
        """Return what stands in the line of a value after it."""
        sheet, mark = self._place(path, key=False)
        return sheet.lines[mark.line - 1][mark.column + mark.width :]

    def fault(
        self, path: Path, problem: str, remedy: str = "", *, key: bool = False
    ) -> Fault:
        """Return a fault at the place of a value, or with `key` of its key.

        Of a value that another file has, it says which file makes it wrong.
        """
        sheet, mark = self._place(path, key=key)
        if sheet is not self.sheet:
            meant = (
                f"so it is in {self.source}, which extends this file: change it there"
            )
            remedy = f"{remedy}\n{meant}" if remedy else meant
        return Fault(
            source=sheet.source,
            line=mark.line,
            column=mark.column,
            width=mark.width,
            problem=problem,
            remedy=remedy,
            excerpt=sheet.lines[mark.line - 1],
            path=path,
        )

    def _place(self, path: Path, *, key: bool) -> tuple[Sheet, Mark]:
        node = self.root
        for step in path:
            inner = node.child(step) if node else None
            if inner is None:
                key = False
                break
            node = inner
        if node is None:
            return self.sheet, Mark(1, 1)
        node = node.key if key and node.key else node
        return node.sheet, node.sheet.mark(node)


def lines_of(text: str) -> list[str]:
    """Return the text, line by line, as YAML and editors count them."""
    return _LINE_BREAK.split(text)
