"""A person's calendar, as clients that subscribe to it ask for it."""

import datetime as dt
import gzip

import pytest

from engine.commands.apply import apply
from tests.integration.web.world import MENTEE, NAMES, World, booked, files

PLAIN = {"accept-encoding": "identity"}


@pytest.fixture
def world() -> World:
    return booked()


def test_a_calendar_shows_a_persons_own_dates(world: World) -> None:
    reply = world.client.get(world.path("feed", MENTEE), headers=PLAIN)

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.text.count("BEGIN:VEVENT") == 3
    assert "SUMMARY;LANGUAGE=en:Mentor meeting" in reply.text
    assert reply.text.startswith("BEGIN:VCALENDAR")


def test_a_client_that_has_it_gets_nothing_again(world: World) -> None:
    path = world.path("feed", MENTEE)
    first = world.client.get(path, headers=PLAIN)
    tag = first.headers["etag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = world.client.get(path, headers={**PLAIN, "if-none-match": known})

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "private, no-cache"


def test_a_client_that_has_another_one_gets_this_one(world: World) -> None:
    path = world.path("feed", MENTEE)
    tag = world.client.get(path, headers=PLAIN).headers["etag"]
    asked = {**PLAIN, "if-none-match": tag}

    world.act("book", MENTEE, date="2027-03-11", time="10:00")
    moved = world.client.get(path, headers=asked)

    assert moved.status_code == 200
    assert moved.headers["etag"] != tag


def test_a_calendar_is_the_same_until_something_happens(world: World) -> None:
    path = world.path("feed", MENTEE)
    first = world.client.get(path)
    world.clock.time = world.now + dt.timedelta(days=1)

    again = world.client.get(path)

    assert again.content == first.content
    assert again.headers == first.headers


def test_it_is_packed_for_clients_that_unpack(world: World) -> None:
    path = world.path("feed", MENTEE)
    plain = world.client.get(path, headers=PLAIN)

    with world.client.stream("GET", path, headers={"accept-encoding": "gzip"}) as reply:
        packed = b"".join(reply.iter_raw())
    refused = world.client.get(path, headers={"accept-encoding": "gzip;q=0, *"})

    assert reply.headers["content-encoding"] == "gzip"
    assert packed[4:8] == b"\0\0\0\0"
    assert gzip.decompress(packed) == plain.content
    assert reply.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in refused.headers


def test_it_was_modified_when_the_latest_date_was_announced(world: World) -> None:
    reply = world.client.get(world.path("feed", MENTEE))

    assert reply.headers["last-modified"] == f"{world.now:%a, %d %b %Y %H:%M:%S} GMT"


def test_it_names_no_other_participants_address(world: World) -> None:
    text = world.client.get(world.path("feed", MENTEE)).text

    assert not [id_ for id_ in NAMES if f"{id_}@example.org" in text]


def test_one_calendar_shows_all_cohorts_of_a_person(world: World) -> None:
    path = world.path("feed", MENTEE)
    apply(world.unit, files(cohort="2028"), now=world.now)
    other = files(cohort="2028").id
    world.cohort = other
    world.until(world.now + dt.timedelta(days=1))

    text = world.client.get(path, headers=PLAIN).text

    assert text.count("BEGIN:VEVENT") == 4
    assert text.count("Mentoring for leaders\r\n") >= 1
    assert world.path("feed", MENTEE) == path
