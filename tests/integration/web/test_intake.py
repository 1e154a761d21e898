"""What a form may be, and what becomes of it when the store is away."""

from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from engine.commands.unit import Unit
from engine.ports import ConflictError, StoreUnavailableError
from integrations.store.database import connect
from integrations.web.intake import LARGEST
from tests.fakes.databases import opened
from tests.integration.web.world import (
    BASE,
    KICK_OFF,
    MENTEE,
    World,
    matched,
    recorded,
)

ANSWER = {"answer.useful": "4", "answer.more words": "<b>More</b> coffee"}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def world() -> World:
    return matched()


def failing(world: World, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(world.store, "append", fail)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://stafet.example.evil.example"},
        {"origin": "http://stafet.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": BASE},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    ],
)
def test_a_form_of_another_site_is_refused(
    world: World, headers: dict[str, str]
) -> None:
    before = world.history()

    reply = world.client.post(
        world.path("answer", MENTEE), data=ANSWER, headers=headers
    )

    assert reply.status_code == 403
    assert world.history() == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": BASE},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "same-origin"},
    ],
)
def test_a_form_of_our_own_is_taken(world: World, headers: dict[str, str]) -> None:
    reply = world.client.post(
        world.path("answer", MENTEE), data=ANSWER, headers=headers
    )

    assert reply.status_code == 200
    assert len(world.responses()) == 1


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"answer.useful=4", "text/plain", 415),
        (b"answer.useful=4", "multipart/form-data; boundary=x", 415),
        (b'{"answer.useful": 4}', "application/json", 415),
        (b"answer.useful=\xff", FORM, 400),
        (b"answer.useful=%ff", FORM, 400),
        (b"a=b&" * 300, FORM, 400),
        (b"a=" + b"b" * LARGEST, FORM, 413),
        (b"", FORM, 422),
        (b"=&&==&%", FORM, 422),
    ],
)
def test_what_is_no_form_changes_nothing(
    world: World, content: bytes, kind: str, status: int
) -> None:
    before = world.history()

    reply = world.client.post(
        world.path("answer", MENTEE), content=content, headers={"content-type": kind}
    )

    assert reply.status_code == status
    assert world.history() == before


def test_control_characters_do_not_reach_the_store(world: World) -> None:
    world.act("answer", MENTEE, **{"answer.more words": "a\0b\x1b[1m\tc\u0085d\r\ne"})

    (response,) = world.responses()
    assert response.answers == {"more words": "ab[1m\tcd\ne"}


@given(
    fields=st.dictionaries(
        st.sampled_from(("date", "time", "place", "answer", "answer.useful")),
        st.text(max_size=30),
    ),
    scope=st.sampled_from(("answer", "book", "reply", "confirm")),
)
def test_no_form_is_too_strange(fields: dict[str, str], scope: str) -> None:
    world = matched()
    sendable = {
        name: value.encode(errors="ignore").decode() for name, value in fields.items()
    }

    reply = world.post(scope, MENTEE, **sendable)

    assert reply.status_code in {200, 409, 422}


@pytest.mark.parametrize("error", [StoreUnavailableError("away"), ConflictError("x")])
def test_when_nothing_can_be_saved_nothing_written_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    failing(world, monkeypatch, error)

    reply = world.post("answer", MENTEE, **ANSWER)

    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "30"
    assert (
        '<input type="hidden" name="answer.more words" '
        'value="&lt;b&gt;More&lt;/b&gt; coffee">'
    ) in reply.text


def test_when_the_store_is_away_every_page_says_to_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(world.store, "link", fail)
    for scope in ("answer", "feed"):
        reply = world.client.get(world.path(scope, MENTEE))

        assert reply.status_code == 503
        assert reply.headers["retry-after"] == "30"
        assert "away" not in reply.text


def test_our_own_fault_is_told_without_its_details(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(world, monkeypatch, TypeError("p2 and a secret"))

    reply = world.post("answer", MENTEE, **ANSWER)

    assert reply.status_code == 500
    assert "Something went wrong on our side" in reply.text
    assert "secret" not in reply.text
    assert reply.headers["referrer-policy"] == "no-referrer"


def test_whoever_is_slower_sees_how_things_stand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = matched()
    perform = Unit.perform

    def late(unit: Unit, *arguments: object, **named: object) -> object:
        monkeypatch.setattr(Unit, "perform", perform)
        world.act("answer", MENTEE, **ANSWER)
        return perform(unit, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Unit, "perform", late)
    reply = world.post("answer", MENTEE, **ANSWER)

    assert reply.status_code == 409
    assert "Thank you for your answer" in reply.text
    assert len(world.responses()) == 1
    assert twin.responses() == ()


def test_no_token_is_written_to_a_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    path = world.path("answer", MENTEE)
    # What the client itself logs is not ours.
    for name in ("httpx", "httpx2"):
        caplog.set_level(100, logger=name)

    world.client.post(path, data=ANSWER)
    TestClient(world.client.app, base_url=BASE).get(path)

    assert path.rpartition("/")[2] not in caplog.text


def test_the_pages_stand_on_a_real_database_too(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/stafet.db")
    world = recorded(store=opened(engine).store)
    world.until(KICK_OFF)
    world.clock.time = world.now.replace(day=2)

    world.act("reply", MENTEE, answer="accepted")
    page = world.get("reply", MENTEE)
    engine.dispose()

    assert "Your answer: I will be there" in page
