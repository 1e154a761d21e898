"""What pages say, in each language, and that what comes from outside stays words."""

import datetime as dt
from html.parser import HTMLParser

import pytest

from engine.letters.texts import placeholders
from engine.spec.model import LANGUAGES
from integrations.web.pages import STYLE
from integrations.web.wording import catalogue
from tests.integration.web.world import (
    MENTEE,
    MENTOR,
    NAMES,
    SCOPES,
    World,
    booked,
    matched,
    proposed,
)

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{7*7}}{name}"""


class Form(HTMLParser):
    """Collects what a page lets somebody fill in, and the labels of it."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[str] = []
        self.labelled: set[str] = set()
        self.tags: list[str] = []
        self._within = False

    def handle_starttag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        values = dict(attributes)
        self.tags.append(tag)
        if tag == "label":
            self._within = True
            self.labelled.add(values.get("for") or "")
        if tag in {"input", "textarea"} and not self._within:
            self.fields.append(values["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "label"


def every_page(world: World) -> list[str]:
    paths = [
        path
        for scope in SCOPES
        for id_ in NAMES
        if (path := _path(world, scope, id_)) is not None
    ]
    return [world.client.get(path).text for path in paths]


def _path(world: World, scope: str, id_: str) -> str | None:
    try:
        return world.path(scope, id_)
    except IndexError:
        return None


def test_every_language_says_the_same_with_the_same_placeholders() -> None:
    said = [
        {name: sorted(placeholders(text)) for name, text in texts.items()}
        for texts in catalogue().values()
    ]

    assert list(catalogue()) == sorted(LANGUAGES)
    assert all(one == said[0] for one in said)


def test_the_stylesheet_stays_within_its_element() -> None:
    assert "<" not in STYLE
    assert "\r" not in STYLE


@pytest.mark.parametrize("late", [False, True])
def test_a_hostile_name_stays_a_name(late: bool) -> None:  # noqa: FBT001
    names = dict.fromkeys(NAMES, HOSTILE)
    world = matched(names) if late else proposed(names)

    pages = every_page(world)

    assert any("{{7*7}}{name}" in page for page in pages)
    for page in pages:
        assert not {"script", "img"}.intersection(_parsed(page).tags)


def test_a_hostile_place_stays_a_place() -> None:
    world = matched()
    world.act("book", MENTEE, date="2027-03-10", time="10:00", place=HOSTILE)

    page = world.get("book", MENTEE)

    assert not {"script", "img"}.intersection(_parsed(page).tags)
    assert page.count("{{7*7}}") == 2


def test_a_hostile_answer_is_shown_again_as_words() -> None:
    world = matched()
    long = HOSTILE * 60

    reply = world.post("answer", MENTEE, **{"answer.more words": f"</textarea>{long}"})

    assert reply.status_code == 422
    assert not {"script", "img"}.intersection(_parsed(reply.text).tags)


def test_a_place_is_a_link_only_where_it_is_nothing_else() -> None:
    world = matched()
    book = {"date": "2027-03-10", "time": "10:00"}

    world.act("book", MENTEE, **book, place="javascript:alert(1)")
    script = world.get("book", MENTEE)
    world.act("book", MENTEE, **book, place="https://meet.example/x")
    link = world.get("book", MENTEE)

    assert 'href="javascript' not in script
    assert '<a href="https://meet.example/x" rel="noreferrer">' in link


def test_everything_to_fill_in_has_a_label() -> None:
    world = booked()
    world.until(world.now + dt.timedelta(days=7))

    for page in every_page(world):
        form = _parsed(page)
        assert set(form.fields) <= form.labelled
        assert form.tags.count("h1") == 1


def test_pages_speak_the_language_of_their_reader() -> None:
    world = booked()
    world.until(world.now + dt.timedelta(days=7))

    for scope in ("answer", "met"):
        assert '<html lang="en">' in world.get(scope, MENTEE)
        assert '<html lang="da">' in world.get(scope, MENTOR)


def _parsed(page: str) -> Form:
    form = Form()
    form.feed(page)
    return form
