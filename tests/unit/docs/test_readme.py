"""Does the front page show what is shipped?"""

import shlex
import textwrap

import pytest

from flows.cli import app
from tests.unit.docs.pages import ROOT, blocks, page, pages

SHELL = [
    line.partition("#")[0].strip()
    for one in pages()
    for block in blocks(one.read_text(encoding="utf-8"), "sh")
    for line in block.splitlines()
]


def test_the_spec_on_the_front_page_is_fifteen_lines_of_the_shipped_file() -> None:
    shipped = page("specs/aarhus-leadership/programme.yaml")

    (shown,) = blocks(page("README.md"), "yaml")

    assert shown in shipped
    assert len(shown.splitlines()) == 15


def test_the_front_page_fits_on_one_page() -> None:
    assert len(page("README.md").splitlines()) <= 100


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("stafet ")])
def test_every_command_that_a_page_shows_is_understood(line: str) -> None:
    _, bound, _ = app.parse_args(shlex.split(line)[1:], exit_on_error=False)[:3]

    assert bound is not None


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("make ")])
def test_every_target_that_a_page_shows_is_there(line: str) -> None:
    target = line.split()[1]

    assert f"\n{target}:" in page("Makefile")


def test_every_shipped_file_that_the_front_page_names_is_there() -> None:
    words = page("README.md").replace("`", " ").split()
    named = {word.strip(".,:") for word in words if word.startswith("specs/")}

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_picture_of_the_data_path_is_there() -> None:
    (picture,) = (one for one in blocks(page("README.md"), "") if "compile" in one)

    assert textwrap.dedent(picture).startswith("programme.yaml")
