"""Booking a meeting, and telling whether it was held."""

import datetime as dt

import pytest

from engine.facts import Dissolved
from tests.fakes.samples import change
from tests.integration.web.world import (
    COHORT,
    MENTEE,
    MENTOR,
    OTHER_MENTEE,
    World,
    booked,
    matched,
)

TIME = {"date": "2027-03-10", "time": "10:00"}


@pytest.fixture
def world() -> World:
    return matched()


def meeting(world: World) -> tuple[dt.datetime, dt.datetime, str]:
    (found,) = world.record.state.booked.values()
    return found.starts, found.ends, world.record.place(found.place)


def test_the_form_shows_with_whom_and_in_which_window(world: World) -> None:
    page = world.get("book", MENTEE)

    assert "<dd>Ulla Ugle</dd>" in page
    assert "<dd>Wednesday 3 March 2027 – Wednesday 17 March 2027</dd>" in page
    assert "<dd>90 minutes</dd>" in page
    assert '<input type="date" id="date" name="date" required min="2027-03-05"' in page


def test_a_meeting_is_booked_at_the_programmes_local_time(world: World) -> None:
    world.act("book", MENTEE, **TIME, place="  Café \t Ulrik ")

    starts = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)
    assert meeting(world) == (
        starts,
        starts + dt.timedelta(minutes=90),
        "Café Ulrik",
    )
    page = world.get("book", MENTEE)
    assert world.says("booked.title", MENTEE, activity="Mentor meeting") in page
    assert "Wednesday 10 March 2027, 10:00 to 11:30" in page


def test_a_summer_time_is_a_summer_time(world: World) -> None:
    world.act("book", MENTEE, date="2027-04-07", time="10:00")

    assert meeting(world)[0] == dt.datetime(2027, 4, 7, 8, tzinfo=dt.UTC)


def test_a_place_is_optional_and_a_time_may_be_written_the_danish_way(
    world: World,
) -> None:
    world.act("book", MENTEE, date="2027-03-10", time="9.30")

    starts = dt.datetime(2027, 3, 10, 8, 30, tzinfo=dt.UTC)
    assert meeting(world) == (starts, starts + dt.timedelta(minutes=90), "")


def test_a_booked_meeting_can_be_moved(world: World) -> None:
    world.act("book", MENTEE, **TIME)
    world.act("book", MENTEE, date="2027-03-11", time="11:00", place="Online")

    starts = dt.datetime(2027, 3, 11, 10, tzinfo=dt.UTC)
    assert meeting(world) == (starts, starts + dt.timedelta(minutes=90), "Online")


def test_the_same_again_changes_nothing(world: World) -> None:
    world.act("book", MENTEE, **TIME)
    before = world.history()

    world.act("book", MENTEE, **TIME)

    assert world.history() == before


@pytest.mark.parametrize(
    ("given", "field", "fault"),
    [
        ({"date": "", "time": "10:00"}, "date", "Choose a date"),
        ({"date": "10 March", "time": "10:00"}, "date", "Choose a date"),
        ({"date": "2027-02-30", "time": "10:00"}, "date", "Choose a date"),
        ({"date": "2027-03-10", "time": ""}, "time", "Choose a time"),
        ({"date": "2027-03-10", "time": "25:00"}, "time", "Choose a time"),
        ({"date": "2027-03-10", "time": "noon"}, "time", "Choose a time"),
        ({"date": "2027-03-04", "time": "10:00"}, "date", "That time has passed"),
        ({"date": "2027-03-05", "time": "13:00"}, "time", "That time has passed"),
        ({"date": "2028-03-10", "time": "10:00"}, "date", "more than a year ahead"),
        ({"date": "9999-12-31", "time": "23:59"}, "date", "more than a year ahead"),
        ({"date": "0001-01-01", "time": "00:00"}, "date", "That time has passed"),
        ({**TIME, "place": "x" * 201}, "place", "The place is too long"),
    ],
)
def test_a_fault_stands_beside_its_field(
    world: World, given: dict[str, str], field: str, fault: str
) -> None:
    before = world.history()

    reply = world.post("book", MENTEE, **given)

    assert reply.status_code == 422
    beside = reply.text.partition(f'<p class="fault" id="{field}-fault">')[2]
    assert fault in beside.partition("</p>")[0]
    assert f'aria-invalid="true" aria-describedby="{field}-fault"' in reply.text
    assert f'value="{given["date"]}"' in reply.text
    assert world.history() == before


def test_every_fault_is_told_at_once(world: World) -> None:
    reply = world.post("book", MENTEE, place="x" * 201)

    assert reply.text.count('<p class="fault"') == 3


def test_an_old_link_books_the_next_meeting(world: World) -> None:
    path = world.path("book", MENTEE)
    world.act("book", MENTEE, **TIME)
    world.clock.time = dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC)

    page = world.client.get(path).text
    world.client.post(path, data={"date": "2027-04-15", "time": "10:00"})

    assert "Wednesday 7 April 2027 – Wednesday 21 April 2027" in page
    assert len(world.record.state.booked) == 2


def test_after_the_last_meeting_there_is_nothing_to_book(world: World) -> None:
    world.act("book", MENTEE, date="2027-08-30", time="10:00")
    world.clock.time = dt.datetime(2027, 8, 31, 12, tzinfo=dt.UTC)

    reply = world.post("book", MENTEE, **TIME)

    assert "There are no more meetings to book" in world.get("book", MENTEE)
    assert reply.status_code == 409


def test_a_match_that_ended_has_no_meetings(world: World) -> None:
    ended = Dissolved(match=world.match(MENTEE).id)
    world.store.append(COHORT, change([ended]), expected=world.record.state.number)

    reply = world.post("book", MENTEE, **TIME)

    assert "There is nothing left to do here" in world.get("book", MENTEE)
    assert reply.status_code == 409


@pytest.mark.parametrize(("answer", "held"), [("yes", True), ("no", False)])
def test_whether_they_met_is_recorded(answer: str, held: bool) -> None:  # noqa: FBT001
    world = booked()
    world.until(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC))
    asked = world.get("met", MENTOR)

    world.act("met", MENTOR, answer=answer)

    assert "I kalenderen stod mentorsamtale med Anna Alk." in asked
    assert [one[0] for one in world.record.state.held.values()] == [held]
    assert "Noteret: " in world.get("met", MENTOR)


def test_the_last_word_on_a_meeting_counts() -> None:
    world = booked()
    world.until(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC))

    world.act("met", MENTOR, answer="yes")
    world.act("met", MENTEE, answer="no")

    assert [one[0] for one in world.record.state.held.values()] == [False]
    assert "Noteret: det blev ikke til noget" in world.get("met", MENTOR)


def test_a_meeting_that_was_moved_ahead_is_not_asked_about() -> None:
    world = booked()
    world.until(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC))
    path = world.path("met", MENTEE)
    world.clock.time = dt.datetime(2027, 3, 9, 12, tzinfo=dt.UTC)

    shown = world.client.get(path)
    posted = world.client.post(path, data={"answer": "yes"})

    assert "The meeting is still to come" in shown.text
    assert (posted.status_code, world.record.state.held) == (409, {})


def test_what_is_no_answer_changes_nothing() -> None:
    world = booked()
    world.until(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC))
    before = world.history()

    reply = world.post("met", MENTEE, answer="perhaps")

    assert reply.status_code == 422
    assert world.history() == before


def test_one_pair_does_not_book_for_another(world: World) -> None:
    world.act("book", OTHER_MENTEE, **TIME)

    (found,) = world.record.state.booked
    series = world.record.state.allocated[found].series
    assert series == world.match(OTHER_MENTEE).id
