"""Does the page of proofs name every proof, and does each run over both databases?"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import test_proofs
from tests.unit.docs.pages import ROOT, code, page, rows

TABLE = rows(page("docs/proofs.md"))
_PROOF = re.compile(r"test_(r\d+)_")
_ELSEWHERE = {"tests/integration/store/test_database.py"}
"""Proofs whose names do not begin with their number."""


def named() -> dict[str, set[str]]:
    """Return the files that have tests of each number."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for name in _functions(path):
            if match := _PROOF.match(name):
                found[match[1].upper()].add(str(path.relative_to(ROOT)))
    return found


def _functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node.name


def test_every_promise_has_a_row() -> None:
    assert [number for number, *_ in TABLE] == [f"R{one}" for one in range(1, 15)]


def test_the_table_names_the_files_of_every_proof_and_no_other() -> None:
    told = {number: {*code(where)} - _ELSEWHERE for number, _, where, _ in TABLE}

    assert {number: files for number, files in told.items() if files} == named()


def test_whatever_is_said_to_run_over_both_databases_does() -> None:
    here = set((ROOT / "tests" / "proofs").glob("test_*.py"))
    both = {
        file
        for _, _, where, over in TABLE
        if over == "both"
        for file in code(where)
        if ROOT / file in here
    }
    classes = {
        node.name
        for file in both
        for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
    }

    assert classes == {*test_proofs.__all__}
