"""What those who were away from a gathering are told, and when it is nothing."""

import datetime as dt

from engine.posts import Section
from tests.fakes.cohorts import (
    CLOSING,
    FIRST_WORKSHOP,
    KICK_OFF,
    Live,
    begun,
    recorded,
    small_files,
)

DAY = dt.timedelta(days=1)
AWAY = (
    "We missed you, and hope that all is well. If you were there after all, please "
    "tell Camilla Koordinator, camilla@example.org."
)
SLIDES = {
    "        editions:\n": (
        "        absent get: {en: 'Dear {name}, the slides.'}\n        editions:\n"
    ),
    "{theme: {en: Winds}}": "{theme: {en: Winds}, absent get: {en: The weather map.}}",
}


def told(live: Live, id_: str) -> list[Section]:
    """Return what somebody was told of what they missed."""
    return [
        section
        for post in live.posts(id_, "letter")
        for section in post.sections
        if "missed" in section.title
    ]


def test_who_was_away_is_told_when_they_come_next() -> None:
    live = begun()

    live.attend("kick-off-1", alk=False, ugle=True)
    live.until(KICK_OFF + 5 * DAY)

    next_time = ("Next time", "Workshop: Winds\nWednesday 5 May 2027, 13:00 to 16:00")
    assert told(live, "alk") == [
        Section(
            title="Kick off: we missed you", paragraphs=(AWAY,), details=(next_time,)
        )
    ]
    assert told(live, "ugle") == []


def test_a_date_that_they_have_declined_is_not_told_as_the_next() -> None:
    live = begun()
    live.accept("workshop-1", "ugle", "declined")

    live.attend("kick-off-1", ugle=False)
    live.until(KICK_OFF + 5 * DAY)

    (section,) = told(live, "ugle")
    assert section.details[0][1].splitlines()[0] == "Workshop: Balance"


def test_who_was_there_after_all_is_told_nothing() -> None:
    live = begun()
    live.until(dt.datetime(2027, 3, 4, 18, tzinfo=dt.UTC))
    live.attend("kick-off-1", alk=False)
    live.until(live.now)

    live.attend("kick-off-1", alk=True)
    live.until(KICK_OFF + 5 * DAY)

    assert told(live, "alk") == []


def test_what_was_recorded_a_week_late_is_told_to_nobody() -> None:
    live = begun()
    live.until(KICK_OFF + 9 * DAY)

    live.attend("kick-off-1", alk=False)
    live.until(KICK_OFF + 12 * DAY)

    assert told(live, "alk") == []


def test_after_the_last_gathering_there_is_nothing_to_tell() -> None:
    live = begun()
    live.until(CLOSING + DAY)

    live.attend("closing-1", alk=False)
    live.until(CLOSING + 5 * DAY)

    assert told(live, "alk") == []


def test_what_the_spec_gives_to_who_was_away_is_in_it_that_of_the_edition_first() -> (
    None
):
    live = recorded(small_files(SLIDES))
    live.until(FIRST_WORKSHOP + DAY)
    live.attend("workshop-1", alk=False)
    live.until(dt.datetime(2027, 9, 2, 12, tzinfo=dt.UTC))
    live.attend("workshop-3", alk=False)
    live.until(live.now + 3 * DAY)

    first, third = told(live, "alk")
    assert (first.paragraphs[1], third.paragraphs[1]) == (
        "The weather map.",
        "Dear Alk, the slides.",
    )
