"""Do calendar programs that are not ours read our bytes, and show the right hours?"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.entries import Entry, Method
from engine.people import Mailbox
from integrations.ical import invitation
from tests.clients import programs
from tests.clients.programs import (
    MissingToolError,
    RefusedError,
    Shown,
    icaljs_events,
    libical_check,
)
from tests.integration.ical.cases import (
    CANCELLED,
    CASES,
    HOSTILE,
    ONLINE,
    WORKSHOP,
    feed_of,
)

Client = Callable[[bytes], tuple[Shown, ...]]
CLIENTS = (libical_check, icaljs_events)
ZONES = ("Europe/Copenhagen", "Europe/Helsinki", "Europe/London", "Europe/Oslo", "UTC")
HALF_HOUR = dt.timedelta(minutes=30)
# Saturday noon before each change of 2027, and a day of deep winter and high summer.
DAYS = (
    dt.datetime(2027, 3, 27, 12, tzinfo=dt.UTC),
    dt.datetime(2027, 10, 30, 12, tzinfo=dt.UTC),
    dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC),
    dt.datetime(2027, 7, 15, 12, tzinfo=dt.UTC),
    # The rules are written from 1970 on and for ever.
    dt.datetime(2036, 3, 29, 12, tzinfo=dt.UTC),
    dt.datetime(2036, 10, 25, 12, tzinfo=dt.UTC),
)


def half_hours(zone: str) -> Iterator[Entry]:
    """Yield a meeting at each half-hour of two days from each of the days."""
    for day in DAYS:
        for number in range(96):
            starts = (day + number * HALF_HOUR).astimezone(ZoneInfo(zone))
            ends = (day + (number + 1) * HALF_HOUR).astimezone(ZoneInfo(zone))
            yield replace(
                WORKSHOP, uid=f"{day:%Y%m%d}-{number:02}", starts=starts, ends=ends
            )


def on_the_wall(moment: dt.datetime) -> str:
    """Return what a client is to show: the hour that comes twice is told in UTC."""
    twice = moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()
    return (moment.astimezone(dt.UTC) if twice else moment).isoformat()


def on_the_walls(*entries: Entry) -> tuple[Shown, ...]:
    return tuple(
        Shown(uid=e.uid, starts=on_the_wall(e.starts), ends=on_the_wall(e.ends))
        for e in entries
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_finds_no_fault_in_any_kind_of_calendar(
    client: Client, case: str
) -> None:
    count = CASES[case]().count(b"BEGIN:VEVENT")

    assert len(client(CASES[case]())) == count


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_shows_each_half_hour_of_the_year_s_hard_days_right(
    client: Client, zone: str
) -> None:
    entries = sorted(half_hours(zone), key=lambda entry: entry.starts.timestamp())

    assert client(feed_of(*entries, timezone=zone)) == on_the_walls(*entries)


@pytest.mark.parametrize("method", ["request", "cancel"])
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_shows_an_invitation_at_its_hour(
    client: Client, method: Method
) -> None:
    for entry in (WORKSHOP, ONLINE):
        assert client(invitation(entry, method)) == on_the_walls(entry)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_takes_the_hours_from_the_file_not_from_its_own_zones(
    client: Client,
) -> None:
    elsewhere = feed_of(WORKSHOP, CANCELLED, ONLINE)
    for zone in (b"Copenhagen", b"Helsinki"):
        elsewhere = elsewhere.replace(b"Europe/" + zone, b"Nowhere/" + zone)

    assert client(elsewhere) == on_the_walls(WORKSHOP, CANCELLED, ONLINE)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_is_not_led_astray_by_words(client: Client, words: str) -> None:
    name = Mailbox(name=words, address="soren@aarhus.example")
    entry = replace(
        WORKSHOP,
        title=words,
        description=words,
        location=words,
        category=words,
        meeting_link=words,
        attendee=name,
    )

    assert client(invitation(entry, "request")) == on_the_walls(entry)


@pytest.mark.parametrize(
    ("client", "broken", "why"),
    [
        (libical_check, (b"ORGANIZER;", b"X-ORGANIZER;"), "ORGANIZER"),
        (libical_check, (b"UID:", b"X-UID:"), "UID"),
        (libical_check, (b":20270303T13", b":2027-03-03T13"), "DTSTART"),
        (libical_check, (b"DTEND;", b"DTSTOP;"), "DTSTOP"),
        (icaljs_events, (b";TZID=Europe/Copenhagen", b""), "floating time"),
        (icaljs_events, (b"STATUS:", b"STATUS "), "invalid line"),
    ],
)
def test_a_client_would_tell(
    client: Client, broken: tuple[bytes, bytes], why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        client(invitation(WORKSHOP, "request").replace(*broken))


@pytest.mark.parametrize("client", CLIENTS)
def test_a_missing_program_fails_with_what_to_install(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(programs, "LIBICAL", tmp_path / "none")
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(MissingToolError, match="is missing: apt-get install"):
        client(CASES["feed.ics"]())
