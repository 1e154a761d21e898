"""What is open is told once a week, to whom it concerns, and to nobody in a break."""

import datetime as dt

import pytest

from engine.commands.apply import Files
from engine.commands.calling import call_me
from engine.commands.tasks import settle
from engine.facts import Done, Noticed
from engine.needs import NEEDS_YOU
from tests.fakes.cohorts import KICK_OFF, Live, begun, matched, recorded, small_files

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
WHO_CAME = "who-came/kick-off-1"
TEKNIK = {
    "mailbox:": (
        "coordinators:\n  Teknik: {name: Tea Teknik, email: tea@example.org}\nmailbox:"
    )
}


def lists(live: Live, id_: str = "coordinator") -> list[tuple[str, list[str]]]:
    """Return the weekly lists of somebody: their day, and what stands in them."""
    return [
        (
            post.date.date().isoformat(),
            [told.splitlines()[0] for _, told in section.details],
        )
        for post in live.posts(id_, "letter")
        for section in post.sections
        if "need" in section.title
    ]


def agreed(files: Files) -> Live:
    """Return a cohort whose matches are agreed."""
    live = recorded(files)
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    live.confirm_all()
    return live


def ask_for_a_call(live: Live, id_: str) -> None:
    live.do(lambda one: call_me(one, person=live.person(id_)))


def test_what_is_open_is_told_each_monday_until_it_is_seen_to() -> None:
    live = begun()

    live.until(KICK_OFF + 13 * DAY)
    live.do(lambda one: settle(one, task=WHO_CAME))
    live.until(KICK_OFF + 14 * DAY)

    who = ["Kick off: who came?"]
    assert lists(live) == [("2027-03-08", who), ("2027-03-15", who)]


def test_where_nothing_is_open_nothing_is_told() -> None:
    live = begun()
    live.do(lambda one: settle(one, task=WHO_CAME))

    live.until(KICK_OFF + 13 * DAY)

    assert lists(live) == []
    assert not any(one.wording == NEEDS_YOU for one in live.facts(Noticed))


def test_a_closed_monday_moves_it_to_the_next_open_day_of_its_week() -> None:
    live = begun()

    live.until(dt.datetime(2027, 4, 2, tzinfo=dt.UTC))

    # 29 March 2027 is Easter Monday.
    assert [day for day, _ in lists(live)][-1] == "2027-03-30"


def test_a_week_without_an_open_day_is_silent() -> None:
    live = begun()

    live.until(dt.datetime(2027, 8, 10, tzinfo=dt.UTC))

    july = [day for day, _ in lists(live) if day >= "2027-07-01"]
    assert july == ["2027-07-05", "2027-08-09"]


def test_the_spec_names_another_day() -> None:
    fridays = {"calendar:": "mail:\n  needs you: Fridays\ncalendar:"}
    live = agreed(small_files(fridays))

    live.until(KICK_OFF + 12 * DAY)

    assert [day for day, _ in lists(live)] == ["2027-03-05", "2027-03-12"]


def test_of_weeks_that_were_missed_the_last_one_alone_is_told() -> None:
    live = begun()

    live.outage(KICK_OFF + 21 * DAY)

    weekly = {
        one.action: one.outcome
        for one in live.facts(Done)
        if one.action.startswith(NEEDS_YOU)
    }
    name = f"{NEEDS_YOU}/{live.person('coordinator')}"
    assert weekly == {f"{name}/2027-03-22": "done"}
    assert [day for day, _ in lists(live)] == ["2027-03-24"]


def test_what_stands_in_the_list_is_not_told_once_more_in_the_same_letter() -> None:
    live = begun()
    live.until(dt.datetime(2027, 3, 7, 12, tzinfo=dt.UTC))

    ask_for_a_call(live, "alk")
    live.until(dt.datetime(2027, 3, 8, 12, tzinfo=dt.UTC))

    (section,) = live.posts("coordinator", "letter")[-1].sections
    assert [told.splitlines()[0] for _, told in section.details] == [
        "Please call Alk Fugl",
        "Kick off: who came?",
    ]


def test_what_cannot_wait_does_not_wait_for_the_next_day_either() -> None:
    live = begun()
    live.until(dt.datetime(2027, 3, 8, 10, tzinfo=dt.UTC))
    before = len(live.posts("coordinator", "letter"))

    ask_for_a_call(live, "alk")
    live.until(live.now)

    (post,) = live.posts("coordinator", "letter")[before:]
    assert post.date.date() == dt.date(2027, 3, 8)
    assert post.subject == "Please call Alk Fugl"


def test_a_task_goes_over_to_who_answers_for_the_person_now() -> None:
    live = matched()
    live.until(KICK_OFF + 16 * DAY)

    live.apply(small_files(cohort=TEKNIK))
    live.until(KICK_OFF + 20 * DAY)

    silent = [
        "No meeting booked: Falk Fugl & Mejse Fugl",
        "No meeting booked: Ugle Fugl & Alk Fugl",
    ]
    assert lists(live, "coordinator-teknik") == [("2027-03-22", silent)]


def test_who_answers_no_more_is_told_of_no_task() -> None:
    live = agreed(small_files(cohort=TEKNIK))
    live.until(dt.datetime(2027, 3, 13, 12, tzinfo=dt.UTC))
    ask_for_a_call(live, "alk")

    live.apply(small_files())
    live.until(dt.datetime(2027, 3, 15, 12, tzinfo=dt.UTC))

    titles = {
        section.title
        for post in live.renderer.posts
        if post.recipient.address == "tea@example.org"
        for section in post.sections
    }
    assert "Please call Alk Fugl" not in titles
    assert lists(live)[-1][1] == ["Please call Alk Fugl", "Kick off: who came?"]


@pytest.mark.parametrize("days", [14, 60])
def test_two_weeks_after_all_that_is_planned_nothing_is_due_any_more(
    days: int,
) -> None:
    live = begun()
    last = live.standing.planned[-1].due

    live.until(last + days * DAY)

    assert live.state.tasks
    assert not any(one.activity == NEEDS_YOU for one in live.standing.actions)
