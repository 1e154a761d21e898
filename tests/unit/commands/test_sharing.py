"""A closing that is the next kick-off: nobody loses it who is still asked to it."""

import datetime as dt
from dataclasses import replace

from engine.people import Participant
from engine.posts import Post
from flows.wiring import feed_of
from tests.fakes.changes import drop, join, told
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import Live, begun, small_files

DAY = dt.timedelta(days=1)
NEXT = {"cohort: 2027": "cohort: 2028\nfollows: 2027", "2027-03-03": "2027-12-01"}
CLOSING, KICK_OFF = "closing-1", "kick-off-1"

Told = tuple[str, str | None, int]
"""The subject of a mail, what it is to a calendar, and its SEQUENCE."""


def followed(people: tuple[Participant, ...] = PEOPLE) -> tuple[Live, Live]:
    """Return a cohort that runs, and the next one, which has told of its kick-off."""
    first = begun()
    files = small_files(cohort=NEXT, people=people)
    second = replace(first, cohort=files.id)
    second.apply(files)
    second.until(second.now + DAY)
    first.now = second.now
    return first, second


def mails(live: Live, id_: str, occurrence: str) -> list[Told]:
    """Return what somebody was sent about a gathering, by whichever cohort."""
    uid = live.record.uid(occurrence)  # type: ignore[arg-type]
    posts: tuple[Post, ...] = live.posts(id_)
    return [
        (post.subject, post.method, post.entry.sequence)
        for post in posts
        if post.entry and post.entry.uid == uid
    ]


def shown(first: Live, second: Live, id_: str) -> list[str]:
    """Return what the feed of a person in both shows of that gathering."""
    text = feed_of([first.record, second.record], second.person(id_)).decode()
    uid = second.record.uid(KICK_OFF)  # type: ignore[arg-type]
    (entry,) = (one for one in text.split("BEGIN:VEVENT") if f"UID:{uid}" in one)
    lines = (line.split(":", 1) for line in entry.split("\r\n") if ":" in line)
    values = {name.partition(";")[0]: value for name, value in lines}
    return [values[name] for name in ("SEQUENCE", "STATUS", "SUMMARY")]


def test_who_leaves_the_earlier_alone_gets_the_kick_off_instead_of_a_cancel() -> None:
    first, second = followed()
    before = mails(first, "alk", CLOSING)

    drop(first, "alk")

    assert mails(first, "alk", CLOSING)[len(before) :] == [
        ("Please keep the date: Kick off", "request", 2)
    ]
    assert shown(first, second, "alk") == ["2", "CONFIRMED", "Kick off"]


def test_who_then_leaves_the_next_as_well_is_told_so_once() -> None:
    first, second = followed()
    drop(first, "alk")
    before = mails(first, "alk", CLOSING)

    drop(second, "alk")

    assert mails(first, "alk", CLOSING)[len(before) :] == [
        ("Out of your calendar: Kick off", "cancel", 3)
    ]


def test_who_leaves_the_next_and_then_the_earlier_is_told_so_once() -> None:
    first, second = followed()
    before = mails(first, "alk", CLOSING)

    drop(second, "alk")
    drop(first, "alk")

    assert mails(first, "alk", CLOSING)[len(before) :] == [
        ("Out of your calendar: Closing", "cancel", 1)
    ]


def test_whoever_comes_back_to_the_earlier_has_an_entry_that_is_newer_again() -> None:
    first, second = followed()
    drop(first, "alk")
    before = mails(first, "alk", CLOSING)

    join(first, "alk")
    drop(first, "alk")

    assert mails(first, "alk", CLOSING)[len(before) :] == [
        ("Please keep the date: Closing", "request", 3),
        ("Please keep the date: Kick off", "request", 5),
    ]
    assert shown(first, second, "alk") == ["5", "CONFIRMED", "Kick off"]


def test_whom_only_the_next_has_told_is_told_anew_when_they_come_to_the_earlier() -> (
    None
):
    gog = person("gog", roles=("mentee",))
    first, second = followed((*PEOPLE, gog))
    drop(second, "gog")
    before = mails(second, "gog", KICK_OFF)

    first.apply(small_files(people=(*PEOPLE, gog)))

    assert before[-1] == ("Out of your calendar: Kick off", "cancel", 1)
    assert mails(second, "gog", KICK_OFF)[len(before) :] == [
        ("Please keep the date: Closing", "request", 2)
    ]


def test_where_nobody_is_left_in_the_earlier_the_next_still_begins() -> None:
    first, second = followed()
    others = [one.id for one in PEOPLE if one.id != "alk"]
    for id_ in others:
        drop(first, id_)

    drop(first, "alk")

    assert (told(first, CLOSING).audience, told(first, CLOSING).cancelled) == (
        (),
        False,
    )
    assert mails(first, "alk", CLOSING)[-1] == (
        "Please keep the date: Kick off",
        "request",
        2,
    )
    assert shown(first, second, "alk") == ["2", "CONFIRMED", "Kick off"]


def test_where_the_earlier_has_no_closing_any_more_the_next_still_begins() -> None:
    first, second = followed(PEOPLE[1:])
    alone = PEOPLE[0].id

    first.apply(small_files({"closing": "goodbye"}))

    assert told(first, CLOSING).cancelled
    assert mails(first, alone, CLOSING)[-1] == ("Cancelled: Closing", "cancel", 1)
    assert mails(first, "alk", CLOSING)[-1] == (
        "Please keep the date: Kick off",
        "request",
        2,
    )
    assert shown(first, second, "alk") == ["2", "CONFIRMED", "Kick off"]


def test_a_new_process_gives_the_entry_on_as_one_that_has_run_for_long() -> None:
    first, second = followed()
    fresh = replace(first, unit=first.reopened())

    drop(fresh, "alk")

    following = fresh.record.following
    assert following is not None
    assert following.state == second.state
    assert mails(first, "alk", CLOSING)[-1][1:] == ("request", 2)
