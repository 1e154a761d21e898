"""Is nothing longer than the page about contributing says?"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.unit.docs.pages import ROOT

OURS = ("engine", "integrations", "flows", "benchmarks")
A_FILE, A_FUNCTION = 300, 30
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> Iterator[tuple[Path, str]]:
    """Yield every module; a migration stays as it was once it has run."""
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if path.parent.name != "versions":
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def length(function: Function) -> int:
    """Return how many lines a function has beside its docstring."""
    first = function.lineno
    if ast.get_docstring(function) is not None:
        told = function.body[0]
        after = function.body[1].lineno if function.body[1:] else told.lineno
        first += after - told.lineno
    return (function.end_lineno or first) - first + 1


def test_a_docstring_does_not_count() -> None:
    told = ast.parse(
        'def one(\n    two,\n):\n    """Return.\n\n    Two.\n    """\n\n    a\n'
    )
    plain = ast.parse("def one(\n    two,\n):\n    a\n")

    found = [length(one.body[0]) for one in (told, plain)]  # type: ignore[arg-type]

    assert found == [4, 4]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {str(path): len(text.splitlines()) for path, text in sources()}

    assert {one: many for one, many in lengths.items() if many > A_FILE} == {}


def test_no_function_is_longer_than_thirty_lines() -> None:
    lengths = {
        f"{path}: {one.name}": length(one)
        for path, text in sources()
        for one in ast.walk(ast.parse(text))
        if isinstance(one, Function)
    }

    assert {one: many for one, many in lengths.items() if many > A_FUNCTION} == {}
