"""What comes of the values of one document put over those of another."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace

from engine.spec.faults import Fault, Path
from engine.spec.members import (
    AFTER,
    KEYWORDS,
    PHASE,
    Member,
    Value,
    activities_of,
    members,
    phases_of,
)
from engine.spec.mending import Mended
from engine.spec.omissions import LEAVE_OUT, omitted
from engine.spec.ordering import Line
from engine.spec.positions import Document, Node, Plain
from engine.spec.programme import Programme
from engine.spec.strays import stray

EXTENDS = "extends"
OWN = frozenset(("stafet", "programme"))
"""Keys that each file writes for itself."""

_BY_NAME: Mapping[str, Sequence[str]] = {"phases": PHASE, "activities": KEYWORDS}
_DEPTHS = frozenset((1, 3))
"""How long the paths of lists of phases and of activities are."""


def merged(own: Document, base: Mended[Programme], faults: Iterable[Fault]) -> Document:
    """Return the values of both; `faults` are those of the base.

    Mappings merge by key, phases by name, activities by kind and name in their phase.
    Any other value that is written replaces the inherited one, a list as a whole.
    """
    gone, told = omitted(own, base.document)
    merge = _Merge(own, base.document, gone)
    whole = merge.whole()
    return replace(
        whole,
        faults=(*own.faults, *told, *merge.faults, *faults),
        refused=merge.paths(whole, own.refused, base.invented),
        lost=merge.paths(whole, own.lost, base.lost, also=merge.lost),
    )


class _Merge:
    """One document over another, without what is left out."""

    def __init__(self, own: Document, base: Document, gone: frozenset[Node]) -> None:
        self.faults: list[Fault] = []
        self.lost: set[Node] = set()
        self._own = own
        self._base = base
        self._gone = gone
        self._became: dict[Node, Node] = {}
        self._homes = {
            one.label: phase.name
            for phase in phases_of(base)
            if base.node(phase.path) not in gone
            for one in activities_of(base, phase)
            if base.node(one.path) not in gone
        }

    def whole(self) -> Document:
        """Return the values of both."""
        own, base = self._own, self._base
        if own.root is None or base.root is None:
            raise AssertionError("a document without values is not merged")
        kept = Value(base.plain, base.root)
        value = self._mapping(Value(own.plain, own.root), kept, (), skipped=OWN)
        for key in (EXTENDS, LEAVE_OUT):
            _drop(value, key)
        plain = value.plain if isinstance(value.plain, dict) else {}
        return replace(own, plain=plain, root=value.node)

    def paths(
        self,
        whole: Document,
        own: Iterable[Path],
        base: Iterable[Path],
        also: Iterable[Node] = (),
    ) -> frozenset[Path]:
        """Return where the values at these paths of the two documents have gone."""
        nodes = [*map(self._own.node, own), *map(self._base.node, base), *also]
        meant = {self._became.get(node, node) for node in nodes if node is not None}
        placed = whole.root.placed() if whole.root and meant else ()
        return frozenset(path for path, node in placed if node in meant)

    def _value(self, own: Value, base: Value, path: Path) -> Value:
        if isinstance(own.plain, dict) and isinstance(base.plain, dict):
            return self._mapping(own, base, path)
        kinds = _BY_NAME.get(str(path[-1])) if len(path) in _DEPTHS else None
        if kinds and isinstance(own.plain, list) and isinstance(base.plain, list):
            return self._named(own, base, path, kinds)
        if own.plain != base.plain:
            own.node.was = base.node
        return own

    def _mapping(
        self, own: Value, base: Value, path: Path, skipped: Container[str] = ()
    ) -> Value:
        """Return one mapping over another; what is `skipped` is not inherited."""
        written = own.entries()
        inherited = {
            key: value
            for key, value in base.entries().items()
            if value.node not in self._gone and key not in skipped
        }
        entries = {key: of for key, of in written.items() if key not in inherited}
        for key, value in inherited.items():
            if key in written:
                entries[key] = self._value(written[key], value, (*path, key))
            else:
                entries[key] = self._kept(value)
        return self._made(entries, own.node, instead=base.node)

    def _kept(self, base: Value) -> Value:
        """Return an inherited value without what is left out of it."""
        if not any(node in self._gone for _, node in base.node.placed()):
            return base
        entries = {
            key: self._kept(value)
            for key, value in base.entries().items()
            if value.node not in self._gone
        }
        items = [self._kept(one) for one in base.items() if one.node not in self._gone]
        parts = entries if isinstance(base.plain, dict) else items
        return self._made(parts, base.node)

    def _named(
        self, own: Value, base: Value, path: Path, kinds: Sequence[str]
    ) -> Value:
        """Return a list of phases or activities, each of them by its name."""
        line = Line(self._own)
        known: dict[str, Value] = {}
        for value, one in zip(base.items(), members(base, (), kinds), strict=True):
            if value.node not in self._gone:
                line.inherit(one, self._kept(value))
                known.setdefault(one.label if one else "", value)
        written = members(own, path, kinds)
        free = known.keys() - {one.label for one in written if one}
        for value, member in zip(own.items(), written, strict=True):
            if member is None:
                line.write(None, value)
            elif found := self._over(value, known.get(member.label), member, free):
                line.write(member, found)
            else:
                line.is_whole = False
        values = line.values()
        self.faults += line.faults
        made = self._made(values, own.node, instead=base.node)
        self.lost |= set() if line.is_whole else {made.node}
        return made

    def _over(
        self, own: Value, base: Value | None, member: Member, free: Collection[str]
    ) -> Value | None:
        """Return a phase or activity over that of the base; nothing for a stray one."""
        if base is not None:
            value = self._mapping(own, base, member.path, skipped=(member.kind,))
        elif fault := stray(member, own, free=free, homes=self._homes, own=self._own):
            self.faults.append(fault)
            return None
        else:
            value = self._alone(own, member.path)
        _drop(value, AFTER)
        return value

    def _alone(self, own: Value, path: Path) -> Value:
        """Return what is new; its activities may say their order among themselves."""
        entries = own.entries()
        inner = entries.get("activities")
        if inner and isinstance(inner.plain, list):
            at = inner.node
            nothing = Value([], Node(at.start, at.start, at.sheet, children=[]))
            where = (*path, "activities")
            entries["activities"] = self._named(inner, nothing, where, KEYWORDS)
        return self._made(entries, own.node)

    def _made(
        self,
        parts: Mapping[str, Value] | Sequence[Value],
        node: Node,
        *,
        instead: Node | None = None,
    ) -> Value:
        """Return a mapping or list where a node stands, and another of the base did."""
        plain: Plain
        children: dict[str, Node] | list[Node]
        if isinstance(parts, Mapping):
            plain = {key: value.plain for key, value in parts.items()}
            children = {key: value.node for key, value in parts.items()}
        else:
            plain = [value.plain for value in parts]
            children = [value.node for value in parts]
        made = Node(node.start, node.stop, node.sheet, key=node.key, children=children)
        self._became[node] = made
        if instead is not None:
            self._became[instead] = made
        return Value(plain, made)


def _drop(value: Value, key: str) -> None:
    """Take a key out of a mapping that was made here."""
    for mapping in (value.plain, value.node.children):
        if isinstance(mapping, dict):
            mapping.pop(key, None)
