"""How times are written: in zones with European rules, or not at all."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from integrations.ical import MomentError, ZoneRuleError
from tests.integration.ical.cases import COPENHAGEN, WORKSHOP, feed_of

SUPPORTED = (
    "Atlantic/Azores",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Oslo",
    "Europe/Stockholm",
)


def feed_at(starts: dt.datetime) -> bytes:
    ends = (starts.astimezone(dt.UTC) + dt.timedelta(hours=1)).astimezone(starts.tzinfo)
    return feed_of(replace(WORKSHOP, starts=starts, ends=ends))


def lines_of(calendar: bytes, start: bytes) -> list[bytes]:
    return [line for line in calendar.split(b"\r\n") if line.startswith(start)]


@pytest.mark.parametrize("zone", SUPPORTED)
@pytest.mark.parametrize("year", [2027, 2036, 2050])
def test_a_zone_with_european_rules_is_written_by_two_yearly_rules(
    zone: str, year: int
) -> None:
    calendar = feed_at(dt.datetime(year, 7, 1, 9, tzinfo=ZoneInfo(zone)))

    assert lines_of(calendar, b"RRULE") == [
        b"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    ]
    assert lines_of(calendar, b"RDATE") == []


def test_helsinki_changes_at_its_own_hours() -> None:
    calendar = feed_at(dt.datetime(2027, 7, 1, 9, tzinfo=ZoneInfo("Europe/Helsinki")))

    assert lines_of(calendar, b"TZOFFSET") == [
        b"TZOFFSETFROM:+0300",
        b"TZOFFSETTO:+0200",
        b"TZOFFSETFROM:+0200",
        b"TZOFFSETTO:+0300",
    ]
    assert lines_of(calendar, b"DTSTART:") == [
        b"DTSTART:19701025T040000",
        b"DTSTART:19700329T030000",
    ]


@pytest.mark.parametrize(
    ("zone", "year"),
    [
        ("Africa/Casablanca", 2027),
        ("America/New_York", 2027),
        ("America/Nuuk", 2027),
        ("Asia/Tokyo", 2027),
        ("Europe/Copenhagen", 1995),
        ("Europe/Istanbul", 2027),
        ("Europe/Moscow", 2027),
    ],
)
def test_a_zone_with_other_rules_is_refused_by_name(zone: str, year: int) -> None:
    with pytest.raises(ZoneRuleError) as refusal:
        feed_at(dt.datetime(year, 7, 1, 9, tzinfo=ZoneInfo(zone)))

    assert (refusal.value.zone, refusal.value.year) == (zone, year)
    assert str(refusal.value) == (
        f"{zone} does not keep the European daylight-saving rule in {year}; "
        "only zones that do can be written, such as Europe/Copenhagen"
    )


def test_only_the_zones_that_are_used_are_written() -> None:
    oslo = dt.datetime(2027, 5, 1, 9, tzinfo=ZoneInfo("Europe/Oslo"))
    utc = dt.datetime(2027, 5, 1, 9, tzinfo=ZoneInfo("UTC"))

    assert lines_of(feed_at(oslo), b"TZID") == [b"TZID:Europe/Oslo"]
    assert lines_of(feed_at(utc), b"TZID") == []
    assert lines_of(feed_at(utc), b"DTSTART") == [b"DTSTART:20270501T090000Z"]


@pytest.mark.parametrize(
    "zone",
    [None, dt.timezone(dt.timedelta(hours=1)), dt.timezone(dt.timedelta(0), "X")],
)
def test_a_time_without_an_iana_zone_is_refused(zone: dt.tzinfo | None) -> None:
    starts = dt.datetime(2027, 5, 1, 9, tzinfo=zone)

    with pytest.raises(MomentError, match="has no IANA time zone"):
        feed_of(replace(WORKSHOP, starts=starts, ends=starts + dt.timedelta(hours=1)))


def test_a_stamp_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentError, match="2027-05-01T09:00:00 has no IANA time zone"):
        feed_of(replace(WORKSHOP, stamp=dt.datetime(2027, 5, 1, 9)))  # noqa: DTZ001


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_comes_twice_is_told_in_utc(fold: int) -> None:
    starts = dt.datetime(2027, 10, 31, 2, 30, tzinfo=COPENHAGEN, fold=fold)

    told = lines_of(feed_at(starts), b"DTSTART")[-1]

    assert told == f"DTSTART:20271031T0{fold}3000Z".encode()


def test_an_hour_that_never_comes_is_told_in_utc() -> None:
    starts = dt.datetime(2027, 3, 28, 2, 30, tzinfo=COPENHAGEN)

    assert lines_of(feed_at(starts), b"DTSTART")[-1] == b"DTSTART:20270328T013000Z"


@pytest.mark.parametrize("zone", ["UTC", *SUPPORTED])
def test_an_empty_feed_still_holds_a_component(zone: str) -> None:
    calendar = Calendar.from_ical(feed_of(timezone=zone))

    (timezone,) = calendar.subcomponents
    assert timezone["TZID"] == zone
