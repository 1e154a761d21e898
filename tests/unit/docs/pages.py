"""The pages of the documentation, and what stands in them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]

_CELLS = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"`([^`]+)`")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> tuple[Path, ...]:
    """Return every page that is ours, the front page first."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return (*top, *sorted((ROOT / "docs").rglob("*.md")))


def page(name: str) -> str:
    """Return the text of a page, by its path from the top."""
    return (ROOT / name).read_text(encoding="utf-8")


def headings(text: str) -> list[tuple[int, str]]:
    """Return level and words of each heading; what looks like one in code is none."""
    plain = _FENCE.sub("", text)
    found = re.findall(r"^(#{1,6}) (.+)$", plain, re.MULTILINE)
    return [(len(signs), words.strip()) for signs, words in found]


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert found is not None, f"there is no heading {heading!r}"
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> list[list[str]]:
    """Return the rows of the first table in a text, without the header."""
    table = re.search(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    lines = table[0].splitlines()[2:] if table else []
    return [
        [cell.strip() for cell in _CELLS.split(line.strip())[1:-1]] for line in lines
    ]


def keys(text: str) -> list[str]:
    """Return what the first column of the first table names, in order."""
    return [_CODE.findall(row[0])[0] for row in rows(text)]


def code(text: str) -> list[str]:
    """Return what stands between backticks on one line."""
    return _CODE.findall(text)


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return [body for named, body in _FENCE.findall(text) if named == language]
