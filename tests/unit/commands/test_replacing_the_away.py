"""Somebody takes the place of one who is away: told at once, and asked about before."""

import datetime as dt
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.foreseeing import foresee
from engine.commands.reforming import replace as replaced
from engine.plan import Plan
from tests.fakes.changes import drop, end, letters, pause, replace, resume, swap
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import Live, begun, small_files

DAY = dt.timedelta(days=1)
KEPT = (
    "ugle is away, and was told that they keep their match: they are written to now,"
    " so talk to them first"
)


def away() -> Live:
    """Return the small cohort whose mentor has been away for two months."""
    live = begun()
    live.apply(small_files(people=(*PEOPLE, person("krage"))))
    live.until(live.now + 6 * DAY)
    pause(live, "ugle")
    live.until(live.now + 60 * DAY)
    return live


def planned(live: Live, old: str) -> Plan:
    """Return what it would come to if krage took the place of somebody."""
    command = partial(
        replaced,
        match=live.match_of(old).id,
        old=live.person(old),
        new=live.person("krage"),
        now=live.now,
    )
    return foresee(live.unit, live.cohort, command, now=live.now).plan


def test_the_plan_warns_that_they_were_told_that_they_keep_their_match() -> None:
    live = away()

    assert planned(live, "ugle").warns == (KEPT,)
    assert planned(live, "falk").warns == ()


def test_whoever_is_away_hears_of_it_now_and_not_when_they_are_back() -> None:
    live = away()
    count = len(live.posts("ugle", "letter"))

    replace(live, live.match_of("ugle").id, "ugle", "krage")
    live.until(live.now + 2 * DAY)
    at_once = letters(live, "ugle", count)
    resume(live, "ugle")
    live.until(live.now + 2 * DAY)

    assert at_once == [("Krage Fugl takes over your place",)]
    assert letters(live, "ugle", count + 1) == [("Welcome back to Relay",)]


def test_a_match_that_rested_books_anew_with_as_long_as_before() -> None:
    live = away()
    match, count = live.match_of("ugle").id, len(live.posts("alk", "letter"))

    replace(live, match, "ugle", "krage")
    live.until(live.now + 2 * DAY)

    (titles,) = letters(live, "alk", count)
    assert sorted(titles) == [
        "Krage Fugl takes over from Ugle Fugl",
        "Reminder: After workshop: your opinion",
        "Time to book: Conversation",
    ]
    zone, talks = live.record.days.zone, live.standing.timeline.of("conversation")
    window = next(one for one in talks if one.slot.match == match)
    days = (zone.date(window.starts), zone.date(window.ends))
    assert days == (dt.date(2027, 5, 9), dt.date(2027, 5, 23))


@pytest.mark.parametrize("how", ["end", "drop"])
def test_whoever_is_away_hears_at_once_that_their_match_is_over(how: str) -> None:
    live = away()
    count = len(live.posts("ugle", "letter"))

    if how == "end":
        end(live, live.match_of("ugle").id)
    else:
        drop(live, "alk")
    live.until(live.now + 2 * DAY)

    title = {
        "end": "Your match with Alk Fugl has ended",
        "drop": "Alk Fugl does not take part any more",
    }
    assert letters(live, "ugle", count) == [(title[how],)]


def test_nobody_is_told_that_somebody_is_away_whose_place_has_been_given() -> None:
    live = begun()
    live.apply(small_files(people=(*PEOPLE, person("krage"))))
    match, count = live.match_of("ugle").id, len(live.posts("alk", "letter"))
    pause(live, "ugle")

    replace(live, match, "ugle", "krage")
    live.until(live.now + 2 * DAY)

    titles = [one for titles in letters(live, "alk", count) for one in titles]
    assert "Krage Fugl takes over from Ugle Fugl" in titles
    assert "Ugle Fugl is away for a while" not in titles


def test_nobody_who_is_away_comes_into_another_match() -> None:
    live = away()
    places = [(live.match_of(id_).id, id_) for id_ in ("falk", "ugle")]

    with pytest.raises(RefusedError) as refused:
        swap(live, *places)

    assert str(refused.value) == "ugle is away; let them come back: stafet resume"
