"""Is the HTML of a mail safe, self-contained and readable for everyone?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.posts import Post
from integrations.mail.compose import html
from tests.integration.mail_compose.cases import LETTER, LINK

KINDS = ("letter", "invitation", "update", "cancellation")
VOID = frozenset({"br", "meta"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A run of words as a reader sees it, in the light or the dark."""

    text: str
    color: str
    behind: str


class Page(HTMLParser):
    """The visible words of a page and its tags, with styles inherited."""

    def __init__(self, text: str, *, dark: bool = False) -> None:
        super().__init__()
        self.words: list[Words] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = [("", {})]
        sheet = text.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
        self.classes = dict(_classes(sheet)) if dark else {}
        self.feed(text)
        self.close()
        assert [tag for tag, _ in self.open] == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            style = self.open[-1][1] | _declared(given.get("style", ""))
            self.open.append(
                (tag, style | self.classes.get(given.get("class", ""), {}))
            )

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tag, style = self.open[-1]
        if data.strip() and tag not in {"title", "style"}:
            behind = style["background-color"]
            self.words.append(
                Words(text=data.strip(), color=style["color"], behind=behind)
            )


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";") if part)
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, _, value in pairs
    }


def _classes(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    for names, style in re.findall(r"([.\w, -]+) \{([^}]*)\}", sheet):
        for name in names.split(","):
            yield name.strip(" ."), _declared(style)


def contrast(words: Words) -> float:
    """Return the ratio of WCAG 2.2, 1.4.3."""

    def luminance(color: str) -> float:
        parts = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(words.color), luminance(words.behind)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_all_words_stand_out_from_what_is_behind_them(kind: str, *, dark: bool) -> None:
    page = Page(html(replace(LETTER, kind=kind)), dark=dark)

    assert len(page.words) > 10
    assert [words for words in page.words if contrast(words) < 4.5] == []


def test_nothing_is_fetched_when_the_mail_is_opened() -> None:
    page = Page(html(LETTER))

    fetching = {"img", "link", "script", "iframe", "object", "video", "base", "form"}
    assert fetching.isdisjoint(tag for tag, _ in page.tags)
    assert [
        given for _, given in page.tags if {"src", "background"} & given.keys()
    ] == []
    assert re.findall(r"url\(|@import|@font-face", html(LETTER)) == []


def test_it_links_to_what_the_post_names_and_nowhere_else() -> None:
    links = [given["href"] for tag, given in Page(html(LETTER)).tags if tag == "a"]

    assert LETTER.feed is not None
    assert LETTER.call is not None
    own = [LETTER.sections[0].details[2][1], LINK]
    assert links == [*own, LETTER.feed[1], LETTER.call[1]]


def test_a_screen_reader_learns_language_headings_and_which_tables_hold_facts() -> None:
    tags = Page(html(LETTER)).tags

    assert [given["lang"] for _, given in tags if "lang" in given] == ["da", "da"]
    assert [tag for tag, _ in tags if tag in {"h1", "h2"}] == ["h1", "h2", "h2"]
    assert [given["scope"] for tag, given in tags if tag == "th"] == ["row"] * 3
    layout = [given.get("role") for tag, given in tags if tag == "table"]
    assert layout == ["presentation", "presentation", None, "presentation"]


@given(words=st.text(max_size=60) | st.just('"><script>alert(1)</script><a href="x'))
def test_no_word_can_become_a_tag_or_an_attribute(words: str) -> None:
    def dressed(text: str) -> Post:
        section = replace(
            LETTER.sections[0],
            title=f"x{text}",
            paragraphs=(f"x{text}",),
            details=((text, f"x{text}"),),
            button=(text, LINK),
        )
        return replace(
            LETTER,
            subject=text,
            programme=text,
            greeting=text.replace("\n", " "),
            sections=(section,),
            footer=text,
        )

    def tags(text: str) -> list[tuple[str, list[str]]]:
        found = Page(html(dressed(text))).tags
        return [(tag, sorted(given)) for tag, given in found if tag != "br"]

    assert tags(words) == tags("x")
