"""A copy of a document in which values and keys are exchanged."""

import copy
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from engine.spec.faults import Path
from engine.spec.positions import Document, Node, Plain


@dataclass(frozen=True, slots=True)
class Put:
    """Another value at a path, which the file has."""

    path: Path
    value: Plain
    invented: bool = True


@dataclass(frozen=True, slots=True)
class Rename:
    """Another key for the value at a path; `invented` where the mapping is in doubt."""

    path: Path
    key: str
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A value for a key that is missing, if nothing else has come to be called so."""

    path: Path
    value: Plain


@dataclass(frozen=True, slots=True)
class Drop:
    """Nothing in the place of the value at a path."""

    path: Path


Change = Put | Rename | Fill | Drop
_ORDER = (Put, Rename, Fill, Drop)


class Draft:
    """A document that can be changed, and what of it is no longer as it is written.

    Attributes:
        document: Its values, and where they stand: a renamed key, where it is written.
    """

    def __init__(self, document: Document) -> None:
        self.document = replace(
            document,
            plain=copy.deepcopy(document.plain),
            root=_copied(document.root) if document.root else None,
        )
        refused = map(self.node, document.refused)
        self._invented = {node for node in refused if node is not None}
        lost = map(self.node, document.lost)
        self._lost = {node for node in lost if node is not None}

    def node(self, path: Path) -> Node | None:
        """Return what stands at a path."""
        return self.document.node(path)

    def is_invented(self, path: Path) -> bool:
        """Return whether the value at a path, or one that it is in, was invented."""
        ends = range(len(path) + 1)
        return any(self.node(path[:end]) in self._invented for end in ends)

    def is_lost(self, path: Path) -> bool:
        """Return whether something was left out of the mapping or list at a path."""
        return self.node(path) in self._lost

    def invented(self) -> frozenset[Path]:
        """Return the paths of all that was invented."""
        return self._paths(self._invented)

    def lost(self) -> frozenset[Path]:
        """Return the paths of all that something was left out of."""
        return self._paths(self._lost)

    def change(self, changes: Iterable[Change]) -> None:
        """Make the changes, which all speak of the document as it is now."""
        # What is refused has been told, and stands elsewhere from now on.
        self.document = replace(self.document, refused=frozenset(), lost=frozenset())
        # From the last to the first: what is dropped moves what comes after it.
        last_first = sorted(changes, key=lambda one: one.path, reverse=True)
        for change in sorted(last_first, key=lambda one: _ORDER.index(type(one))):
            holder = self.node(change.path[:-1])
            plain: Any = self.document.value(change.path[:-1])
            if holder is not None and holder.children is not None:
                self._make(change, plain, holder)

    def _make(self, change: Change, plain: Any, holder: Node) -> None:  # noqa: ANN401
        children: Any = holder.children
        step = change.path[-1]
        match change:
            case Fill() if step not in plain:
                plain[step] = copy.deepcopy(change.value)
                children[step] = _grown(plain[step], holder)
                self._invented.add(children[step])
            case _ if self.node(change.path) is None:
                pass
            case Put():
                plain[step] = copy.deepcopy(change.value)
                children[step] = _grown(plain[step], children[step])
                self._invented |= {children[step]} if change.invented else set()
            case Rename() if change.key not in plain:
                _rename(plain, str(step), change.key)
                _rename(children, str(step), change.key)
                self._invented |= {holder} if change.invented else set()
            case Rename() | Drop():
                del plain[step], children[step]
                self._lost.add(holder)
            case _:
                pass

    def _paths(self, nodes: Collection[Node]) -> frozenset[Path]:
        root = self.document.root
        placed = root.placed() if root else ()
        return frozenset(path for path, node in placed if node in nodes)


def _copied(node: Node) -> Node:
    within = node.children
    children: dict[str, Node] | list[Node] | None = None
    if isinstance(within, dict):
        children = {key: _copied(child) for key, child in within.items()}
    elif within is not None:
        children = [_copied(child) for child in within]
    return Node(
        node.start,
        node.stop,
        node.sheet,
        key=node.key,
        children=children,
        was=node.was,
    )


def _grown(value: Plain, at: Node) -> Node:
    """Return the nodes of a value that the file does not have, all at one place."""
    children: dict[str, Node] | list[Node] | None = None
    if isinstance(value, dict):
        children = {key: _grown(of, at) for key, of in value.items()}
    elif isinstance(value, list):
        children = [_grown(of, at) for of in value]
    return Node(at.start, at.stop, at.sheet, key=at.key, children=children)


def _rename(mapping: dict[str, Any], old: str, new: str) -> None:
    """Rename a key, which keeps its place in the order."""
    entries = [(new if key == old else key, of) for key, of in mapping.items()]
    mapping.clear()
    mapping.update(entries)
