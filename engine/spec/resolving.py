"""A programme in one file: what it says, and what comes from those that it extends."""

import re
from pathlib import PurePath

from engine.spec.members import Value
from engine.spec.positions import Document, Node, Plain
from engine.spec.wording import shortened, written

MODELINE = "# yaml-language-server: $schema=../programme.schema.json"
"""Tells an editor where the schema of a programme stands."""

_WIDEST = 88
_STEP = 2
_UNSEEN = re.compile(
    r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def resolved_text(document: Document) -> str:
    """Return the values of a document as one file, with where they come from.

    Each value that another file has says so, all at once where everything in it does,
    and each one that stands in the place of another tells what that was.
    """
    if document.root is None:
        raise AssertionError("a document without values cannot be written")
    lines = _Lines(document)
    lines.written += (MODELINE, f"# All that {document.source} says.")
    lines.mapping(Value(document.plain, document.root), 0)
    return "\n".join(lines.written) + "\n"


class _Lines:
    """The lines so far."""

    def __init__(self, document: Document) -> None:
        self.written: list[str] = []
        self._document = document

    def mapping(self, value: Value, indent: int, *, told: bool = False) -> None:
        """Write a mapping, a key on each line; `told` is whence it comes, if it is."""
        for key, inner in value.entries().items():
            if not indent and not _fits(inner, len(key)):
                self.written.append("")
            self._entry(f"{_text(key)}:", inner, indent, told=told)

    def _items(self, value: Value, indent: int, *, told: bool) -> None:
        for item in value.items():
            first = len(self.written)
            of_keys = item.plain and isinstance(item.plain, dict)
            if of_keys and (len(item.entries()) == 1 or not _fits(item, indent)):
                note = "" if told else self._note(item.node)
                self.mapping(item, indent + _STEP, told=told or bool(note))
                line = self.written[first]
                self.written[first] = f"{' ' * indent}- {line.lstrip()}{note}"
            else:
                self._entry("-", item, indent, told=told)

    def _entry(self, head: str, value: Value, indent: int, *, told: bool) -> None:
        note = "" if told else self._note(value.node)
        told = told or bool(note)
        start = f"{' ' * indent}{head}"
        if _fits(value, len(start)):
            self.written.append(f"{start} {_flow(value.plain)}{note}")
            return
        self.written.append(f"{start}{note}")
        if isinstance(value.plain, dict):
            self.mapping(value, indent + _STEP, told=told)
        else:
            self._items(value, indent + _STEP, told=told)

    def _note(self, node: Node) -> str:
        """Return the comment of a value: whence it comes, or what it was."""
        own = self._document.sheet
        if node.sheet is own:
            return f"  # was {shortened(node.was.written)}" if node.was else ""
        inside = (below for _, below in node.placed())
        if any(below.sheet is not node.sheet for below in inside):
            return ""
        return (
            f"  # from {PurePath(node.sheet.source).parent.name or node.sheet.source}"
        )


def _fits(value: Value, indent: int) -> bool:
    """Return whether a value stands in the line of its key."""
    plain = value.plain
    if not plain or not isinstance(plain, dict | list):
        return True
    inside = [*value.items(), *value.entries().values()]
    if not all(_is_plain(one, value.node) for one in inside):
        return False
    return indent + len(_flow(plain)) < _WIDEST


def _is_plain(value: Value, within: Node) -> bool:
    """Return whether a value holds no others, and comes whence the whole comes."""
    of_same = value.node.sheet is within.sheet and value.node.was is None
    return of_same and not (value.plain and isinstance(value.plain, dict | list))


def _flow(plain: Plain) -> str:
    """Return a value on one line."""
    if isinstance(plain, dict):
        pairs = (f"{_text(key)}: {_flow(of)}" for key, of in plain.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(plain, list):
        return f"[{', '.join(map(_flow, plain))}]"
    return _text(plain) if isinstance(plain, str) else written(plain)


def _text(text: str) -> str:
    """Return a text as it can stand anywhere, quoted where it has to be."""
    if text == "<<":
        return '"<<"'
    if not _UNSEEN.search(text):
        return written(text)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNSEEN.sub(lambda sign: f"\\U{ord(sign[0]):08x}", escaped) + '"'
