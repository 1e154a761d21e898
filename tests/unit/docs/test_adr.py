"""Are the decisions numbered and told in one form, and does the code keep them?"""

import re
from importlib import metadata
from pathlib import Path

import pytest

import engine
import flows
import integrations
from tests.unit.docs.pages import ROOT, headings

DECISIONS = sorted((ROOT / "docs" / "adr").iterdir())


def test_decisions_are_numbered_from_one_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_tells_status_context_decision_and_consequences(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    parts = [words for level, words in headings(text) if level == 2]

    assert re.match(rf"# {int(path.name[:4])}\. \S.*\n\nStatus: \w+", text)
    assert parts == ["Context", "Decision", "Consequences"]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_takes_one_page(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


def test_no_other_distribution_supplies_our_top_level_packages() -> None:
    ours = {"engine", "integrations", "flows"}

    suppliers = {
        supplier
        for name, known in metadata.packages_distributions().items()
        for supplier in known
        if name in ours
    }

    assert suppliers <= {"stafet"}


def test_our_top_level_packages_are_those_of_this_folder() -> None:
    found = {Path(package.__path__[0]) for package in (engine, integrations, flows)}

    assert found == {ROOT / "engine", ROOT / "integrations", ROOT / "flows"}
