"""Who gets in by a link, and that looking changes nothing."""

import base64
import datetime as dt
import hashlib
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.derive import token_hash
from engine.ids import PersonId
from tests.integration.web.world import (
    MENTEE,
    MENTOR,
    SCOPES,
    World,
    booked,
    matched,
)

WATCHING = ("/healthz", "/metrics")
EVERYWHERE = (*WATCHING, "/", "/nowhere", "/static/x", *(f"/{s}/x" for s in SCOPES))
HEADERS = {
    "strict-transport-security": "max-age=31536000",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}


@pytest.fixture
def world() -> World:
    world = booked()
    world.until(world.now + dt.timedelta(days=7))
    return world


def every_path(world: World) -> tuple[str, ...]:
    mentee = [world.path(scope, MENTEE) for scope in SCOPES]
    return (*mentee, world.path("feed", MENTEE), *EVERYWHERE)


def token_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".ics")


def test_looking_at_any_page_three_times_changes_nothing(world: World) -> None:
    before = world.history()

    for path in every_path(world) * 3:
        world.client.get(path)
        world.client.head(path)

    assert world.history() == before


def test_every_link_of_a_mail_shows_a_page(world: World) -> None:
    shown = [world.client.get(world.path(scope, MENTEE)) for scope in SCOPES]

    assert [reply.status_code for reply in shown] == [200] * len(SCOPES)


def test_a_head_is_a_get_without_its_body(world: World) -> None:
    for path in every_path(world):
        whole, head = world.client.get(path), world.client.head(path)

        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert head.headers == whole.headers


def test_every_wrong_token_gets_the_same_page() -> None:
    world = matched()
    right = {scope: token_of(world.path(scope, MENTEE)) for scope in ("book", "answer")}
    wrong = [
        f"/book/{'0' * 64}",
        f"/book/{right['answer']}",
        f"/answer/{right['book']}",
        f"/book/{right['book'].upper()}",
        f"/book/{right['book']}0",
        f"/book/{right['book'][:-1]}",
        f"/book/{right['book']}%0A",
        "/book/x",
        "/book/%00",
        "/book/%FF%FE",
        f"/feed/{right['book']}.ics",
        f"/feed/{'0' * 64}.ics",
        "/feed/x.ics",
        f"/feed/{token_of(world.path('feed', MENTEE))}",
        "/",
        "/book",
        "/book/",
        "/docs",
        "/openapi.json",
    ]

    replies = [world.client.get(path) for path in wrong]

    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.content for reply in replies}) == 1
    assert len({tuple(reply.headers.items()) for reply in replies}) == 1


def test_a_wrong_token_may_not_post_either() -> None:
    world = matched()

    reply = world.client.post(f"/answer/{'0' * 64}", data={"answer": "yes"})

    assert reply.status_code == 404
    assert reply.content == world.client.get("/nowhere").content


def test_a_link_ends_when_it_expires() -> None:
    world = matched()
    path = world.path("book", MENTEE)
    digest = token_hash(token_of(path))
    link = world.memory.links[digest]

    world.memory.links[digest] = replace(link, expires=world.now)
    late = world.client.get(path)
    world.memory.links[digest] = replace(
        link, expires=world.now + dt.timedelta(seconds=1)
    )
    early = world.client.get(path)

    assert (late.status_code, early.status_code) == (404, 200)


def test_a_revoked_link_is_as_if_it_had_never_been() -> None:
    world = matched()
    path = world.path("book", MENTEE)

    del world.memory.links[token_hash(token_of(path))]

    assert world.client.get(path).content == world.client.get("/book/x").content


def test_a_link_of_somebody_who_is_in_no_cohort_is_for_nothing() -> None:
    world = matched()
    paths = [world.path(scope, MENTEE) for scope in ("book", "answer", "feed")]
    for path in paths:
        digest = token_hash(token_of(path))
        stranger = replace(world.memory.links[digest], person=PersonId("p99"))
        world.memory.links[digest] = stranger

    statuses = [world.client.get(path).status_code for path in paths]

    assert statuses == [404, 404, 404]


@given(
    scope=st.sampled_from((*SCOPES, "feed", "healthz", "metrics", "")),
    token=st.one_of(
        st.text(max_size=80), st.text("0123456789abcdef", min_size=64, max_size=64)
    ),
    method=st.sampled_from(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")),
)
def test_no_path_is_too_strange(scope: str, token: str, method: str) -> None:
    path = f"/{scope}/{quote(token, safe='', errors='replace')}"

    reply = matched().client.request(method, path)

    assert reply.status_code in {404, 405, 415}


def test_every_response_has_its_headers(world: World) -> None:
    post = world.client.post
    answer, met = world.path("answer", MENTEE), world.path("met", MENTEE)
    replies = [
        *map(world.client.get, every_path(world)),
        world.client.put(answer),
        post(answer, content=b"{}"),
        world.post("answer", MENTEE),
        post(answer, data={"a": "b" * 300_000}),
        post(answer, data={"a": "b"}, headers={"origin": "https://evil.example"}),
        post(met, data={"answer": "yes"}, follow_redirects=False),
    ]

    for reply in replies:
        assert HEADERS.items() <= dict(reply.headers).items()
        policy = reply.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "frame-ancestors 'none'" in policy
        feed = reply.url.path.startswith("/feed/")
        kept = "private, no-cache" if feed else "no-store"
        assert reply.headers["cache-control"] == kept
    known = {200, 303, 403, 404, 405, 413, 415, 422}
    assert {reply.status_code for reply in replies} == known


def test_the_styles_of_a_page_are_the_ones_that_its_policy_allows() -> None:
    reply = matched().client.get("/nowhere")
    style = reply.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}';" in reply.headers["content-security-policy"]
    assert "<script" not in reply.text


def test_nothing_of_a_page_is_fetched_from_anywhere(world: World) -> None:
    for scope in SCOPES:
        page = world.get(scope, MENTEE)

        assert not any(word in page for word in (" src=", "<link", "@import", "url("))


def test_a_mentor_who_is_not_asked_to_book_has_no_link_for_it() -> None:
    world = matched()

    with pytest.raises(IndexError):
        world.path("book", MENTOR)
