"""Somebody is away for a while: what rests, what goes on, and what comes back."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.commands.standing import stand
from engine.facts import Lapsed, Paused
from tests.fakes.changes import (
    cancelled,
    confirm_in_turn,
    letters,
    pause,
    rematch,
    resume,
    swap,
    told,
)
from tests.fakes.cohorts import KICK_OFF, Live, begun, recorded, small_files
from tests.fakes.companies import company_files

DAY = dt.timedelta(days=1)
BOOKED = KICK_OFF + 5 * DAY
BOUNDED = {"matches:\n": "changes: {pause: 2 months}\nmatches:\n"}


def booked() -> Live:
    """Return the small cohort a day after its kick-off, one pair with a meeting."""
    live = begun()
    live.book("alk", BOOKED)
    return live


def ahead(live: Live, id_: str) -> list[str]:
    """Return what somebody is told to come to from now on."""
    return [
        one.told.occurrence
        for one in live.state.announced.values()
        if one.told.starts > live.now
        and not one.told.cancelled
        and live.person(id_) in one.told.audience
    ]


def test_who_is_away_is_in_nothing_that_lies_ahead_and_keeps_their_match() -> None:
    live = booked()
    before = ahead(live, "ugle")

    pause(live, "ugle")

    assert ahead(live, "ugle") == []
    assert len(cancelled(live, "ugle")) == len(before) == len(set(before))
    assert live.match_of("ugle").agreed is not None
    assert live.person("ugle") in {one.person for one in live.record.participants}
    assert live.standing == stand(live.record)


def test_their_pair_rests_and_nobody_counts_it_as_silent() -> None:
    live = booked()
    pause(live, "ugle")
    asked = len(live.posts("alk", "letter"))

    live.until(live.now + 90 * DAY)

    pair = live.match_of("ugle").id
    titles = [one for titles in letters(live, "alk", asked) for one in titles]
    assert not any("book" in one.lower() for one in titles)
    assert not [
        one
        for one in live.facts(Lapsed)
        if live.state.allocated[one.occurrence].series == pair
    ]
    assert told(live, "conversation-2").cancelled
    with pytest.raises(RefusedError, match=f"{pair} rests for now"):
        live.book("alk", live.now + DAY)


def test_who_is_away_is_asked_for_nothing_and_told_so_once() -> None:
    live = booked()
    count = len(live.posts("ugle", "letter"))
    pause(live, "ugle")

    live.until(live.now + 100 * DAY)

    assert letters(live, "ugle", count) == [("Your pause in Relay has begun",)]
    assert live.posts("ugle", "invitation") == tuple(
        one for one in live.posts("ugle", "invitation") if one.date < KICK_OFF + 2 * DAY
    )


def test_the_partner_is_told_kindly_and_apart() -> None:
    live = booked()
    count = len(live.posts("alk", "letter"))

    pause(live, "ugle", until=live.now + 30 * DAY)
    live.until(live.now + 2 * DAY)

    (section,) = live.posts("alk", "letter")[count].sections
    assert section.title == "Ugle Fugl is away for a while"
    assert "you keep your match" in section.paragraphs[0]
    assert section.details == ()


def test_what_nobody_would_have_come_to_takes_place_once_somebody_is_back() -> None:
    live = booked()
    pause(live, "alk")
    pause(live, "mejse")

    resume(live, "alk")

    workshop = told(live, "workshop-2")
    assert (workshop.audience, workshop.cancelled) == ((live.person("alk"),), False)
    subjects = [post.subject for post in live.posts("alk")]
    theme = "Workshop: Careers"
    assert [one for one in subjects if theme in one] == [
        f"Please keep the date: {theme}",
        f"Out of your calendar: {theme}",
        f"Please keep the date: {theme}",
    ]


def test_nobody_is_asked_who_came_to_what_nobody_was_asked_to() -> None:
    live = booked()
    pause(live, "alk")
    pause(live, "mejse")

    actions = {one.id for one in live.standing.planned}

    assert "workshop-1/attendance" in actions
    assert "workshop-2/attendance" not in actions


def test_their_next_window_is_as_long_as_before_and_opens_when_they_are_back() -> None:
    live = booked()
    pause(live, "ugle")
    live.until(live.now + 40 * DAY)
    count = len(live.posts("alk", "letter"))

    resume(live, "ugle")
    live.until(live.now + DAY)

    window = next(
        one
        for one in live.standing.timeline.of("conversation")
        if one.slot.match == live.match_of("ugle").id
    )
    zone = live.record.days.zone
    assert (zone.date(window.starts), zone.date(window.ends)) == (
        dt.date(2027, 4, 13),
        dt.date(2027, 4, 27),
    )
    assert set(letters(live, "alk", count)[0]) == {
        "Ugle Fugl is back",
        "Time to book: Conversation",
    }


def test_a_group_with_one_away_goes_on_and_one_whose_mentor_is_away_rests() -> None:
    live = recorded(company_files("groups"))
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    confirm_in_turn(live)
    live.until(KICK_OFF + DAY)
    match = live.match_of("e0")
    mentor = live.record.people[match.members["mentor"][0]].id
    live.book(mentor, BOOKED)

    pause(live, "e0")
    alone = told(live, "talk-1")
    pause(live, mentor)

    assert alone.audience == tuple(
        one for one in match.people if one != live.person("e0")
    )
    assert told(live, "talk-1").cancelled


@pytest.mark.parametrize(
    ("days", "problem"),
    [(-1, "that day has passed"), (90, "a pause is 2 months at most")],
)
def test_a_pause_that_cannot_be_is_refused(days: int, problem: str) -> None:
    live = booked()
    live.apply(small_files(BOUNDED))

    with pytest.raises(RefusedError) as refused:
        pause(live, "ugle", until=live.now + days * DAY)

    assert refused.value.problem == problem


def test_a_pause_without_a_day_lasts_as_long_as_one_may() -> None:
    live = booked()
    live.apply(small_files(BOUNDED))

    pause(live, "ugle")

    (one,) = live.facts(Paused)
    assert one.until == dt.datetime(2027, 5, 3, 22, tzinfo=dt.UTC)


def test_nobody_pauses_twice_or_comes_back_from_nowhere() -> None:
    live = booked()

    with pytest.raises(RefusedError, match="ugle is not away"):
        resume(live, "ugle")
    pause(live, "ugle")
    with pytest.raises(RefusedError, match="ugle is away already"):
        pause(live, "ugle")


def test_nobody_is_matched_with_who_is_away() -> None:
    live = begun()
    pause(live, "falk")

    with pytest.raises(RefusedError, match="nobody without a match"):
        rematch(live)


def test_applying_files_meanwhile_brings_nobody_back() -> None:
    live = booked()
    pause(live, "ugle")

    live.apply(small_files({"lasts: 4 hours": "lasts: 5 hours"}))

    assert ahead(live, "ugle") == []


def test_what_is_told_of_somebody_holds_when_it_is_told() -> None:
    live = booked()
    pause(live, "alk")
    count = len(live.posts("alk", "letter"))
    pause(live, "ugle")
    live.until(live.now + 3 * DAY)
    resume(live, "ugle")
    live.until(live.now + 3 * DAY)

    resume(live, "alk")
    live.until(live.now + DAY)

    titles = [one for titles in letters(live, "alk", count) for one in titles]
    assert "Ugle Fugl is away for a while" not in titles
    assert "Welcome back to Relay" in titles


def test_whoever_was_away_for_long_is_told_who_is_in_their_match_now() -> None:
    live = begun()
    pause(live, "alk")
    pairs = {id_: live.match_of(id_).id for id_ in ("ugle", "falk")}
    swap(live, (pairs["ugle"], "ugle"), (pairs["falk"], "falk"), anyway=True)
    count = len(live.posts("alk", "letter"))
    live.until(live.now + 70 * DAY)

    resume(live, "alk")
    live.until(live.now + DAY)

    titles = [one for titles in letters(live, "alk", count) for one in titles]
    assert "Falk Fugl takes over from Ugle Fugl" in titles


def test_whoever_pauses_is_told_that_what_is_off_comes_back_with_them() -> None:
    live = booked()

    pause(live, "ugle")

    (words,) = {
        " ".join(post.sections[0].paragraphs)
        for post in live.posts("ugle", "cancellation")
        if "Winds" in post.subject
    }
    assert words == (
        "While you are away, workshop: Winds can be taken out of your calendar. If you"
        " are back before then, you are invited again."
    )
