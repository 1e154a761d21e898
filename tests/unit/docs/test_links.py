"""Does every link between the pages lead somewhere?"""

import re
from pathlib import Path

import pytest

from tests.unit.docs.pages import ROOT, headings, pages

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def anchors(text: str) -> set[str]:
    """Return what a heading can be linked by."""
    signs = (re.sub(r"[^\w\- ]", "", words.lower()) for _, words in headings(text))
    return {words.replace(" ", "-") for words in signs}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_link_leads_to_a_page_and_to_a_heading_of_it(page: Path) -> None:
    dead = []

    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        known = target.suffix == ".md" and anchors(target.read_text(encoding="utf-8"))
        if not target.exists() or (anchor and anchor not in (known or ())):
            dead.append(link)

    assert dead == []


def test_every_page_is_linked_to() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in pages()
        for link in LINK.findall(page.read_text(encoding="utf-8"))
    }
    decisions = ROOT / "docs" / "adr"

    alone = [
        page.name
        for page in pages()
        if page.name != "README.md"
        and page.parent != decisions
        and page.resolve() not in linked
    ]

    assert alone == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_page_has_one_title_and_it_comes_first(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    titles = [words for level, words in headings(text) if level == 1]

    assert len(titles) == 1
    assert text.startswith(f"# {titles[0]}\n")
