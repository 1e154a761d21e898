"""Which parts of YAML a spec file may not use, and how that is told."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NoReturn

from engine.spec.faults import Fault, Path, Told, fault_in
from engine.spec.positions import Event, Node, Point, lines_of
from engine.spec.wording import in_quotes, quoted, shortened, visible

LARGEST = 1_000_000
"""Bytes; a programme of a year has about ten thousand."""

DEEPEST = 50

# YAML 1.2.2, 5.1, less what cannot be seen: the line breaks that only YAML 1.1 and
# word processors know, and marks of byte order.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
_SEPARATORS = "\x85\u2028\u2029"
_DIRECTIVE = re.compile(r"([ \t]*(#[^\r\n]*)?(\r\n|\r|\n))*%")
_TAB = re.compile(r" *\t+[^\s#]")
_PROPERTY = re.compile(r"[ \t]*(&[^\s,\[\]{}]+|![^\s,\[\]{}]*)")


class Unreadable(Exception):  # noqa: N818
    """Nothing after this place can be understood; its fault is told already."""


class Refusals:
    """What is refused of one text, whatever it means.

    Attributes:
        faults: All of it.
        paths: The values that more need not be told about.
    """

    def __init__(self, text: str, *, source: str) -> None:
        self.faults: list[Fault] = []
        self.paths: set[Path] = set()
        self._text = text
        self._source = source
        self._lines = lines_of(text)

    def readable_text(self) -> str:
        """Return the text as the parser takes it, every character in its place."""
        if len(self._text.encode("utf-8", "surrogatepass")) > LARGEST:
            problem = f"the file is larger than {LARGEST // 1_000_000} MB"
            self.stop(0, 0, problem, "give a programme or a cohort, not its people")
        if _DIRECTIVE.match(self._text):
            line = next(n for n, line in enumerate(self._lines) if line[:1] == "%")
            self.stop(line, 0, "a line that starts with % is not used", "delete it")
        if not _FORBIDDEN.search(self._text):
            return self._text
        self.faults.extend(self._invisible())
        return _FORBIDDEN.sub(_replacement, self._text)

    def at(self, point: Point, problem: str, remedy: str, *, width: int = 1) -> None:
        """Refuse what stands at a place."""
        fault = self._fault(point.line, point.column, problem, remedy, width=width)
        self.faults.append(fault)

    def stop(self, line: int, column: int, problem: str, remedy: str) -> NoReturn:
        """Refuse all from a place on."""
        self.faults.append(self._fault(line, column, problem, remedy))
        raise Unreadable

    def tabs(self, root: Node) -> None:
        """Refuse tabs in the indentation, wherever they mean nothing.

        The parser in C overlooks them between brackets.
        """
        suspects = {
            number: found
            for number, line in enumerate(self._lines)
            if (found := _TAB.match(line))
        }
        for node in root.scalars() if suspects else ():
            for number in range(node.start.line + 1, node.stop.line + 1):
                suspects.pop(number, None)
        for number, found in suspects.items():
            problem = "a tab stands in the indentation"
            fault = self._fault(number, found.end() - 2, problem, "indent with spaces")
            self.faults.append(fault)

    def check_depth(self, event: Event, path: Path) -> None:
        """Stop where lists and mappings are nested too deep."""
        if len(path) >= DEEPEST:
            place = event.start_mark
            problem = f"this is nested more than {DEEPEST} deep"
            self.stop(place.line, place.column, problem, "write it with fewer levels")

    def check_properties(self, event: Event, path: Path) -> None:
        """Refuse an anchor and a tag before a value."""
        if not (event.anchor or event.tag):
            return
        start = event.start_mark
        head = self._lines[start.line]
        column = start.column
        while found := _PROPERTY.match(head, column):
            self._property(found, line=start.line)
            column = found.end()
        if event.tag:
            self.paths.add(path)

    def alias(self, event: Event, path: Path) -> None:
        """Refuse a value that refers to another place."""
        self.paths.add(path)
        name = event.anchor or ""
        self.at(
            event.start_mark,
            f"`*{visible(name)}` refers to another place, which is not used",
            "write the value out; a text that starts with * must be in quotes",
            width=len(name) + 1,
        )

    def complex_key(self, start: Point, path: Path) -> None:
        """Refuse a list or mapping in the place of a key."""
        self.paths.add(path)
        self.at(
            start,
            "a key must be a word, not a list or mapping",
            "write `key: value`; a text that starts with a bracket must be in quotes",
        )

    def merge_key(self, start: Point, path: Path) -> None:
        """Refuse a mapping that takes over the keys of another."""
        self.paths.add(path)
        problem = "`<<` takes over the keys of another mapping, which is not used"
        self.at(start, problem, "write the keys out", width=2)

    def no_key(self, start: Point, path: Path) -> None:
        """Refuse a colon without a key."""
        self.paths.add(path)
        self.at(start, "nothing stands before the colon", "write a key before it")

    def lacks_colon(self, key: Node, value: Node) -> bool:
        """Return whether an entry between braces is a word alone."""
        between = self._text[key.stop.index : value.start.index]
        return value.start.index == value.stop.index and ":" not in between

    def no_colon(self, word: str, at: Node, path: Path) -> None:
        """Refuse a word without a colon, where a key and its value should stand."""
        self.paths.add(path)
        problem = f"{quoted(word)} has no colon"
        width = at.stop.column - at.start.column
        self.at(at.start, problem, "write `key: value`", width=width)

    def torn(self, key: str, node: Node, path: Path) -> str:
        """Refuse a text that a comma ends too early; return all of it."""
        self.paths.add(path)
        text = self._text[node.start.index : node.stop.index]
        first = text.partition(",")[0]
        self.at(
            node.start,
            f"the comma ends the text of {quoted(key)} after {quoted(first)}",
            f"put the text in quotes: {shortened(in_quotes(text), 60)}",
            width=len(text.partition("\n")[0]),
        )
        return text

    def invisible_in_key(self, key: str, at: Node, path: Path) -> str:
        """Refuse a character of a key that cannot be seen; return the key without."""
        strange = next(sign for sign in key if not sign.isprintable())
        words = "".join(
            sign if sign.isprintable() else " " * sign.isspace() for sign in key
        )
        meant = " ".join(words.split())
        self.paths.add((*path, meant))
        self.at(
            at.start,
            f"this key holds an invisible character ({_named(strange)})",
            f"type it anew: {meant}",
            width=at.stop.column - at.start.column,
        )
        return meant

    def twice(self, key: str, at: Node, *, first: Node) -> None:
        """Refuse a key that its mapping has already."""
        line = (first.key or first).start.line + 1
        self.at(
            at.start,
            f"{quoted(key)} is written twice; the first is on line {line}",
            "keep one of them",
            width=at.stop.column - at.start.column,
        )

    def _property(self, found: re.Match[str], *, line: int) -> None:
        sign, named = found[1][0], visible(found[1])
        does = "names a value for reuse" if sign == "&" else "sets the kind of a value"
        fault = self._fault(
            line,
            found.start(1),
            f"`{named}` {does}, which is not used",
            f"delete it; a text that starts with {sign} must be in quotes",
            width=len(found[1]),
        )
        self.faults.append(fault)

    def _invisible(self) -> Iterator[Fault]:
        for number, line in enumerate(self._lines):
            if found := _FORBIDDEN.search(line):
                yield self._fault(
                    number,
                    found.start(),
                    f"this line holds an invisible character ({_named(found[0])})",
                    "delete it, and type what stands around it anew",
                )

    def _fault(
        self, line: int, column: int, problem: str, remedy: str, *, width: int = 1
    ) -> Fault:
        return fault_in(
            self._lines,
            Told(line, column, problem, remedy, width),
            source=self._source,
        )


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X} {name}".rstrip()


def _replacement(found: re.Match[str]) -> str:
    return " " if found[0] in _SEPARATORS else "\N{REPLACEMENT CHARACTER}"
