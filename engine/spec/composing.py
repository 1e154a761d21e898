"""What a text says as YAML, with the place of each value."""

from typing import TYPE_CHECKING, Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from engine.spec.faults import Path, in_order
from engine.spec.positions import Document, Event, Node, Plain, Sheet
from engine.spec.refusals import Refusals, Unreadable
from engine.spec.scalars import scalar
from engine.spec.syntax import syntax_fault
from engine.spec.wording import described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.spec.positions import Point

# The parser in C is twenty times as fast, and gives the same events. Only it takes a
# question mark inside a text between brackets, and tabs outside quotes.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(
    text: str, *, source: str, loader: type[yaml.SafeLoader] = _LOADER
) -> Document:
    """Return what the text says, with every fault of its form.

    After a fault of syntax nothing can be read; all others are told together.
    """
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    sheet = Sheet(source, text)
    refusals = Refusals(text, source=source)
    plain: dict[str, Plain] = {}
    root = None
    try:
        plain, root = _Composer(refusals, sheet, loader).top()
    except Unreadable:
        pass
    except yaml.MarkedYAMLError as error:
        fault = syntax_fault(error, sheet.lines, source=source)
        if fault.line not in {known.line for known in refusals.faults}:
            refusals.faults.append(fault)
    return Document(
        sheet=sheet,
        plain=plain,
        faults=in_order(refusals.faults),
        refused=frozenset(refusals.paths),
        root=root,
    )


class _Composer:
    """Reads the events of one text."""

    def __init__(
        self, refusals: Refusals, sheet: Sheet, loader: type[yaml.SafeLoader]
    ) -> None:
        self._refusals = refusals
        self._sheet = sheet
        parser: Any = loader(refusals.readable_text())
        self._next: Callable[[], Any] = parser.get_event
        self._ended: Point

    def top(self) -> tuple[dict[str, Plain], Node]:
        """Return the mapping that the text is."""
        self._next()
        event = self._next()
        if isinstance(event, StreamEndEvent):
            self._refusals.stop(0, 0, "the file is empty", "write `key: value` lines")
        plain, root = self._value(self._next(), ())
        self._end()
        self._refusals.tabs(root)
        if not isinstance(plain, dict):
            self._not_a_mapping(plain, root)
        return plain, root

    def _not_a_mapping(self, plain: Plain, root: Node) -> NoReturn:
        line, column = root.start.line, root.start.column
        if plain is None:
            line, column = 0, 0
        problem = f"a spec file is a mapping, found {described(plain)}"
        self._refusals.stop(line, column, problem, "write `key: value` lines")

    def _end(self) -> None:
        self._next()
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            remedy = "delete this line; a file holds one programme or one cohort"
            problem = "a second document begins here"
            self._refusals.at(event.start_mark, problem, remedy, width=3)

    def _value(self, event: Event, path: Path) -> tuple[Plain, Node]:
        kind: type = type(event)
        if kind is AliasEvent:
            self._refusals.alias(event, path)
            return None, Node(event.start_mark, event.end_mark, self._sheet)
        if event.anchor or event.tag:
            self._refusals.check_properties(event, path)
        if kind is ScalarEvent:
            node = Node(event.start_mark, event.end_mark, self._sheet)
            return event.value if event.style else scalar(event.value), node
        self._refusals.check_depth(event, path)
        if kind is MappingStartEvent:
            return self._mapping(event, path)
        return self._sequence(event, path)

    def _mapping(self, start: Event, path: Path) -> tuple[dict[str, Plain], Node]:
        plain: dict[str, Plain] = {}
        children: dict[str, Node] = {}
        torn: dict[str, Node] = {}
        for event in self._until(MappingEndEvent):
            key, at = self._key(event, path)
            value, node = self._value(self._next(), (*path, key or ""))
            if key is None:
                continue
            if start.flow_style and self._refusals.lacks_colon(at, node):
                torn |= self._bare(key, at, plain, children, path)
                continue
            if key in children:
                self._refusals.twice(key, at, first=children[key])
                continue
            node.key = at
            plain[key] = value
            children[key] = node
        for key, node in torn.items():
            plain[key] = self._refusals.torn(key, node, (*path, key))
        return plain, Node(
            start.start_mark, self._ended, self._sheet, children=children
        )

    def _bare(
        self,
        word: str,
        at: Node,
        plain: dict[str, Plain],
        children: dict[str, Node],
        path: Path,
    ) -> dict[str, Node]:
        """Return the text before it that a word without a colon continues, if any."""
        key = next(reversed(plain), "")
        if not isinstance(plain.get(key), str):
            self._refusals.no_colon(word, at, path)
            return {}
        children[key].stop = at.stop
        return {key: children[key]}

    def _sequence(self, start: Event, path: Path) -> tuple[list[Plain], Node]:
        plain: list[Plain] = []
        children: list[Node] = []
        for event in self._until(SequenceEndEvent):
            value, node = self._value(event, (*path, len(plain)))
            plain.append(value)
            children.append(node)
        return plain, Node(
            start.start_mark, self._ended, self._sheet, children=children
        )

    def _until(self, end: object) -> "Iterator[Event]":
        """Yield what comes before the end of a mapping or list."""
        while type(event := self._next()) is not end:
            yield event
        self._ended = event.end_mark

    def _key(self, event: Event, path: Path) -> tuple[str | None, Node]:
        """Return a key as it is written; nothing where it cannot be one."""
        kind: type = type(event)
        if kind is not ScalarEvent:
            _, node = self._value(event, (*path, ""))
            self._refusals.complex_key(node.start, path)
            return None, node
        node = Node(event.start_mark, event.end_mark, self._sheet)
        self._refusals.check_properties(event, path)
        key: str = event.value
        if not event.style and key == "<<":
            self._refusals.merge_key(node.start, path)
            return None, node
        if not event.style and not key:
            self._refusals.no_key(node.start, path)
            return None, node
        if key.isprintable():
            return key, node
        return self._refusals.invisible_in_key(key, node, path), node
