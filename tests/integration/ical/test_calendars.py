"""What stands in a feed and in an invitation, and what never does."""

import datetime as dt
import random
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from engine.entries import Entry, Method
from engine.people import Mailbox
from integrations.ical import CalendarError, feed, invitation
from integrations.ical.words import line
from tests.integration.ical.cases import (
    CANCELLED,
    CASES,
    COPENHAGEN,
    GOLDEN,
    HOSTILE,
    ONLINE,
    WORKSHOP,
    feed_of,
)

words = st.one_of(st.text(max_size=90), st.sampled_from(HOSTILE))
printable = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=90
)
moments = st.datetimes(
    min_value=dt.datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=dt.datetime(2036, 12, 31),  # noqa: DTZ001
    timezones=st.just(COPENHAGEN),
    allow_imaginary=False,
).map(lambda moment: moment.replace(microsecond=0))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    starts = draw(moments)
    return replace(
        WORKSHOP,
        uid=str(draw(st.uuids(version=4))),
        sequence=draw(st.integers(0, 99)),
        stamp=draw(moments).astimezone(dt.UTC),
        starts=starts,
        ends=(starts.astimezone(dt.UTC) + dt.timedelta(hours=2)).astimezone(COPENHAGEN),
        title=draw(words),
        description=draw(words),
        location=draw(words),
        meeting_link=draw(st.sampled_from(["", "https://moede.example/1"]) | words),
        category=draw(words),
        attendee=Mailbox(name=draw(words), address="soren@aarhus.example"),
        alarm=draw(st.none() | st.timedeltas(dt.timedelta(0), dt.timedelta(days=3))),
    )


def parsed(calendar: bytes) -> Calendar:
    found = Calendar.from_ical(calendar)
    assert isinstance(found, Calendar)
    assert [component.errors for component in found.walk() if component.errors] == []
    return found


def identities(calendar: bytes) -> list[tuple[str, str, float, float]]:
    return [
        (
            str(event["UID"]),
            str(event["SEQUENCE"]),
            event.decoded("DTSTART").timestamp(),
            event.decoded("DTEND").timestamp(),
        )
        for event in parsed(calendar).walk("VEVENT")
    ]


def only_event(calendar: bytes) -> Event:
    (event,) = parsed(calendar).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def property_names(calendar: bytes) -> list[str]:
    unfolded = calendar.replace(b"\r\n ", b"").decode()
    return [re.split("[;:]", line)[0] for line in unfolded.split("\r\n")[:-1]]


@pytest.mark.parametrize("case", CASES)
def test_a_calendar_has_the_bytes_of_its_golden_file(case: str) -> None:
    assert CASES[case]() == (GOLDEN / case).read_bytes()


@given(several=st.lists(entries(), max_size=4, unique_by=lambda entry: entry.uid))
def test_a_feed_has_the_same_bytes_in_whatever_order_it_is_given(
    several: list[Entry],
) -> None:
    shuffled = random.Random(7).sample(several, len(several))

    assert feed_of(*shuffled) == feed_of(*several)


@given(several=st.lists(entries(), max_size=4, unique_by=lambda entry: entry.uid))
def test_a_feed_reads_back_as_what_was_announced(several: list[Entry]) -> None:
    announced = sorted(several, key=lambda entry: (entry.starts.timestamp(), entry.uid))

    assert identities(feed_of(*several)) == [
        (e.uid, str(e.sequence), e.starts.timestamp(), e.ends.timestamp())
        for e in announced
    ]


@given(title=printable, description=printable, location=printable)
def test_words_read_back_as_they_were_written(
    title: str, description: str, location: str
) -> None:
    entry = replace(WORKSHOP, title=title, description=description, location=location)

    event = only_event(invitation(entry, "request"))

    told = [event.get(name, "").split() for name in ("SUMMARY", "DESCRIPTION")]
    assert told == [title.split(), description.split()]
    assert event.get("LOCATION", "").split() == location.split()


@given(entry=entries(), method=st.sampled_from(["request", "cancel"]))
def test_no_word_can_add_a_line_of_its_own(entry: Entry, method: Method) -> None:
    plain = replace(
        entry,
        title="x",
        description="x",
        location="x" if entry.location else "",
        category="x",
        meeting_link="",
        attendee=Mailbox(name="x", address="soren@aarhus.example"),
    )

    names = property_names(invitation(entry, method))

    may_lack = {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "CONFERENCE"}
    assert [name for name in names if name not in may_lack] == [
        name
        for name in property_names(invitation(plain, method))
        if name not in may_lack
    ]


def test_whatever_is_white_or_could_break_a_line_becomes_a_space() -> None:
    characters = [chr(point) for point in range(0x10000)]
    breaking = {"Cc", "Cs", "Zl", "Zp"}

    text = line("".join(f"a{c}b" for c in characters))

    assert text == "".join(
        "a b" if c.isspace() or unicodedata.category(c) in breaking else f"a{c}b"
        for c in characters
    )


@given(entry=entries())
def test_every_line_is_folded_ends_in_crlf_and_is_utf8(entry: Entry) -> None:
    calendar = feed_of(entry)

    lines = calendar.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert [
        line for line in lines if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    ] == []
    assert lines[-1] == b""
    assert [line.decode() for line in lines]


@given(name=words)
@example(name='A "B" C\\')
def test_the_name_of_an_attendee_harms_nothing(name: str) -> None:
    entry = replace(WORKSHOP, attendee=Mailbox(name=name, address="s@aarhus.example"))

    attendee = only_event(invitation(entry, "request"))["ATTENDEE"]

    assert str(attendee) == "mailto:s@aarhus.example"
    assert {
        key: attendee.params[key] for key in sorted(attendee.params) if key != "CN"
    } == {
        "CUTYPE": "INDIVIDUAL",
        "PARTSTAT": "NEEDS-ACTION",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
    }


def test_a_feed_names_nobody() -> None:
    calendar = feed_of(WORKSHOP, ONLINE, CANCELLED).replace(b"\r\n ", b"")

    canaries = [
        b"mailto:",
        b"soren@",
        b"svar@",
        "Søren".encode(),
        b"ORGANIZER",
        b"METHOD",
    ]

    assert [canary for canary in canaries if canary in calendar] == []


def test_a_feed_was_modified_when_its_latest_entry_was_announced() -> None:
    assert parsed(feed_of(WORKSHOP, ONLINE)).decoded("LAST-MODIFIED") == ONLINE.stamp


def test_a_person_taken_off_a_meeting_that_goes_on_is_told_it_is_cancelled() -> None:
    event = only_event(invitation(replace(WORKSHOP, sequence=1), "cancel"))

    assert (event["UID"], event["SEQUENCE"]) == (WORKSHOP.uid, 1)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert event.walk("VALARM") == []


def test_a_link_that_is_no_uri_is_still_told_in_the_description() -> None:
    event = only_event(
        invitation(replace(ONLINE, meeting_link="følger senere"), "request")
    )

    assert "CONFERENCE" not in event
    assert event["DESCRIPTION"] == "følger senere"


def test_a_link_in_the_description_is_not_told_twice() -> None:
    entry = replace(ONLINE, description=f"Mødet er her: {ONLINE.meeting_link}")

    event = only_event(invitation(entry, "request"))

    assert event["DESCRIPTION"] == entry.description


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (replace(WORKSHOP, attendee=None), "has no attendee to write to"),
        (CANCELLED, "is cancelled: nobody can be invited"),
        (replace(WORKSHOP, ends=WORKSHOP.starts), "does not end after it starts"),
        (
            replace(WORKSHOP, attendee=Mailbox(name="x", address="a@x\r\nX:y")),
            "is no plain ASCII mail address",
        ),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(
    entry: Entry, problem: str
) -> None:
    with pytest.raises(CalendarError, match=problem):
        invitation(entry, "request")


def test_a_feed_ignores_whom_its_entries_invite() -> None:
    assert feed_of(replace(WORKSHOP, attendee=None)) == feed_of(WORKSHOP)


@given(name=words, color=words)
def test_the_name_of_a_feed_harms_nothing(name: str, color: str) -> None:
    calendar = feed(
        [], uid="u", name=name, timezone="Europe/Oslo", language="nb", color=color
    )

    assert property_names(calendar)[:4] == ["BEGIN", "VERSION", "PRODID", "CALSCALE"]
    assert property_names(calendar).count("END") == 4


def test_a_meeting_may_run_through_the_hour_that_comes_twice() -> None:
    starts = dt.datetime(2027, 10, 31, 2, 30, tzinfo=COPENHAGEN)
    entry = replace(WORKSHOP, starts=starts, ends=starts.replace(minute=0, fold=1))

    event = only_event(invitation(entry, "request"))

    assert event.decoded("DTEND") - event.decoded("DTSTART") == dt.timedelta(minutes=30)
