"""The page for those who do not see it, or see it otherwise (WCAG 2.1 AA)."""

import itertools
import re
from pathlib import Path

import pytest

from engine.spec.model import LANGUAGES
from flows.rehearsal.report import page as module
from flows.rehearsal.report.wording import words_in
from tests.unit.report.rehearsals import Told, of_tag

STYLE = Path(module.__file__).parent / "templates" / "report.css"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TEXT = [
    ("ink", "sheet"),
    ("ink", "ground"),
    ("ink", "tint"),
    ("ink", "line"),
    *(("ink", f"p{number}") for number in range(1, 7)),
    ("quiet", "sheet"),
    ("quiet", "ground"),
    ("quiet", "tint"),
    ("accent", "sheet"),
    ("accent", "ground"),
    ("accent-deep", "sheet"),
    ("wait", "wait-tint"),
    ("ink", "wait-tint"),
    ("on-dark", "s1"),
    ("on-dark", "s5"),
    ("on-light", "s2"),
    ("on-light", "s3"),
    ("on-light", "s4"),
]
SIGNS = [("ink", "sheet"), ("edge", "sheet"), ("edge", "tint")]
Colours = dict[str, tuple[int, int, int]]


def test_headings_go_down_one_step_at_a_time(told: Told) -> None:
    levels = [int(one.tag[1]) for one in of_tag(told.elements, *HEADINGS)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_header_of_a_table_says_what_it_is_the_header_of(told: Told) -> None:
    headers = of_tag(told.elements, "th")

    assert headers
    assert {one.attributes.get("scope") for one in headers} == {"row", "col"}
    assert len(of_tag(told.elements, "caption")) == len(of_tag(told.elements, "table"))


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(told: Told) -> None:
    ids = [o.attributes["id"] for o in told.elements if "id" in o.attributes]
    wanted = {
        one.attributes["href"][1:]
        for one in told.elements
        if one.attributes.get("href", "").startswith("#")
    }
    named = {
        id_
        for one in told.elements
        for id_ in one.attributes.get("aria-labelledby", "").split()
    }

    assert len(ids) == len(set(ids))
    assert (wanted | named) - set(ids) == set()


def test_every_picture_has_words_or_is_passed_over(told: Told) -> None:
    for one in of_tag(told.elements, "svg"):
        hidden = one.attributes.get("aria-hidden") == "true"
        worded = {"aria-label", "aria-labelledby"} & set(one.attributes)
        assert hidden or (one.attributes.get("role") == "img" and worded)


def test_there_are_landmarks_and_a_way_past_the_top(told: Told) -> None:
    tags = {one.tag for one in told.elements}
    first = of_tag(told.elements, "a")[0]

    assert tags >= {"header", "nav", "main", "footer"}
    assert first.attributes["href"] == "#main"
    assert of_tag(told.elements, "html")[0].attributes["lang"] == "da"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_signs_stand_out_from_what_is_behind_them(scheme: str) -> None:
    colours = _colours(scheme)

    faint = [
        (front, back)
        for pairs, least in ((TEXT, 4.5), (SIGNS, 3.0))
        for front, back in pairs
        if _contrast(colours[front], colours[back]) < least
    ]

    assert faint == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_places(language: str) -> None:
    words, english = words_in((language,)), words_in(("en",))

    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{[a-z]+\}", text))

    assert words.language == language
    assert list(words.texts) == list(english.texts)
    assert {name: places(text) for name, text in words.texts.items()} == {
        name: places(text) for name, text in english.texts.items()
    }


def _colours(scheme: str) -> Colours:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE.read_text("utf-8"), re.DOTALL)[
        :2
    ]
    named = re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6})", light)
    named += re.findall(
        r"--([a-z0-9-]+): #([0-9a-f]{6})", dark if scheme == "dark" else ""
    )
    return {
        name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16))
        for name, code in named
    }


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of WCAG 2.1."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
