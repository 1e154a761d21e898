"""What a programme consists of by name: its phases, and the activities of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.spec.activities import ACTIVITIES
from engine.spec.faults import Path
from engine.spec.keywords import RESERVED, fields_by_key, keyword_of
from engine.spec.positions import Document, Node, Plain
from engine.spec.wording import CLOSE, LIKELY, nearest

PHASE = ("phase",)
KEYWORDS = tuple(dict.fromkeys(map(keyword_of, ACTIVITIES)))
AFTER = "after"
"""Where the file of a variant says what a new member comes after."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its place."""

    plain: Plain
    node: Node

    def entries(self) -> "dict[str, Value]":
        """Return what a mapping holds."""
        plain, within = self.plain, self.node.children
        if not (isinstance(plain, dict) and isinstance(within, dict)):
            return {}
        return {key: Value(plain[key], node) for key, node in within.items()}

    def items(self) -> "list[Value]":
        """Return what a list holds."""
        plain, within = self.plain, self.node.children
        if not (isinstance(plain, list) and isinstance(within, list)):
            return []
        return [Value(*pair) for pair in zip(plain, within, strict=True)]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Member:
    """A phase, or an activity, as it is written.

    Attributes:
        kind: `phase` or the keyword of an activity.
        name: What stands beside that; empty if it is no text.
        key: The same as it is written, which may be misspelt.
        path: Where it stands in its document.
    """

    kind: str
    name: str
    key: str
    path: Path
    plain: dict[str, Plain]

    @property
    def label(self) -> str:
        """What it is called when it is left out: `evaluation final`."""
        return f"{self.kind} {self.name}"

    @property
    def is_whole(self) -> bool:
        """Whether it says all that a new one needs."""
        if self.kind == "phase":
            return "activities" in self.plain
        return any(
            keyword_of(name) == self.kind
            and all(
                key in self.plain or key in RESERVED
                for key, field in fields_by_key(model).items()
                if model.model_fields[field].is_required()
            )
            for name, model in ACTIVITIES.items()
        )


def members(value: Value, path: Path, kinds: Sequence[str]) -> list[Member | None]:
    """Return the members of a list; nothing for what has no kind."""
    return [
        _member(one, (*path, position), kinds)
        for position, one in enumerate(value.items())
    ]


def phases_of(document: Document) -> Iterator[Member]:
    """Yield the phases of a programme that have a name."""
    return _members_at(document, ("phases",), PHASE)


def activities_of(document: Document, phase: Member) -> Iterator[Member]:
    """Yield the activities of a phase that have a kind and a name."""
    return _members_at(document, (*phase.path, "activities"), KEYWORDS)


def _members_at(
    document: Document, path: Path, kinds: Sequence[str]
) -> Iterator[Member]:
    node = document.node(path)
    if node is not None:
        value = Value(document.value(path), node)
        yield from (one for one in members(value, path, kinds) if one and one.name)


def _member(value: Value, path: Path, kinds: Sequence[str]) -> Member | None:
    plain = value.plain
    if not isinstance(plain, dict):
        return None
    written = [key for key in plain if key in kinds]
    for key in (*written, *plain):
        # Every phase has the key, so that another is likelier to be meant by it.
        if kind := nearest(key, kinds, close=LIKELY if kinds == PHASE else CLOSE):
            name = plain[key]
            name = name if isinstance(name, str) else ""
            return Member(kind=kind, name=name, key=key, path=path, plain=plain)
    return None
