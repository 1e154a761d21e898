"""What a command would come to, told before it is carried out."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings

from engine.commands.booking import book
from engine.commands.decision import RefusedError
from engine.commands.foreseeing import consequences, foresee, refuse_others
from engine.commands.matching import confirm
from engine.commands.meetings import reply
from engine.facts import Booked
from engine.ids import OccurrenceId
from engine.letters.entries import feed_entries
from engine.plan import Called, Plan
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import (
    APPLIED,
    FIRST_WORKSHOP,
    KICK_OFF,
    Live,
    begun,
    matched,
    proposed,
    recorded,
    small_files,
)
from tests.fakes.generated import Told, cohorts

DAY = dt.timedelta(days=1)
Row = tuple[str, str, str, str]


def rows(live: Live, plan: Plan, cause: str) -> list[Row]:
    """Return when, to whom, as what and about what mail leaves, in order."""
    return sorted(
        (
            f"{one.leaves:%m-%d %H:%M}",
            live.record.people[one.person].id,
            one.kind,
            one.subject,
        )
        for one in plan.mails
        if one.cause == cause
    )


def test_what_is_foreseen_is_what_is_mailed_if_nobody_does_more() -> None:
    live = matched()
    live.until(KICK_OFF - 10 * DAY)
    live.renderer.posts.clear()
    before, series = len(live.messages()), live.match_of("alk").id
    command = partial(book, series=series, starts=live.now + 12 * DAY, now=live.now)

    plan = foresee(live.unit, live.cohort, command, now=live.now).plan

    foreseen = [one for one in plan.mails if one.cause != "no more"]
    live.do(command)
    live.until(live.now + 14 * DAY)
    assert plan.until == live.now
    assert Counter((one.person, one.kind, one.subject) for one in foreseen) == Counter(
        (post.person, post.kind, section.title)
        for post in live.posts()
        for section in post.sections
    )
    assert {(one.person, one.leaves) for one in foreseen} == {
        (one.recipient, one.not_before) for one in live.messages()[before:]
    }


def test_a_booking_calls_for_an_invitation_and_for_no_more_requests() -> None:
    live = begun()
    series = live.match_of("alk").id
    command = partial(book, series=series, starts=live.now + 3 * DAY, now=live.now)
    before = live.history()

    plan = foresee(live.unit, live.cohort, command, now=live.now).plan

    assert rows(live, plan, "at once") == [
        ("03-04 12:00", "alk", "invitation", "Booked: Conversation"),
        ("03-04 12:00", "ugle", "invitation", "Booked: Conversation"),
    ]
    assert rows(live, plan, "no more") == [
        ("03-08 07:00", "alk", "letter", "Reminder: Time to book: Conversation"),
        ("03-18 07:00", "alk", "letter", "Time to book: Conversation"),
    ]
    assert [(one.occurrence, one.match) for one in plan.moved] == [
        ("conversation-2", "pair-2")
    ]
    assert live.history() == before


def test_matches_and_tasks_that_a_no_touches_are_told() -> None:
    live = proposed()
    live.approve()
    match, person = live.match_of("falk"), live.person("falk")
    no = partial(confirm, match=match.id, person=person, agrees=False)

    plan = foresee(live.unit, live.cohort, no, now=live.now).plan

    assert plan.matches == (match.id,)
    assert plan.of("at once") == ()
    assert (
        Called(task=f"match-declined/{match.id}", at=live.now, cause="at once")
        in plan.tasks
    )


def test_what_a_command_would_come_to_has_the_same_name_while_it_is_the_same() -> None:
    live = begun()
    series = live.match_of("alk").id
    starts = live.now + 20 * DAY
    command = partial(book, series=series, starts=starts, now=live.now)
    name = consequences(live.unit, live.cohort, command, now=live.now).plan.name

    workshop, mejse = OccurrenceId("workshop-1"), live.person("mejse")
    live.do(partial(reply, occurrence=workshop, person=mejse, answer="declined"))
    live.until(live.now + DAY)
    again = consequences(live.unit, live.cohort, command, now=live.now).plan

    assert again.name == name
    refuse_others(again, name)


def test_a_plan_is_another_once_a_meeting_is_booked_that_it_would_move() -> None:
    live = matched()
    files = small_files(cohort={"2027-03-03 13:00": "2027-03-10 13:00"})
    plans = [live.plan(files, move_booked=True)]
    live.book("alk", KICK_OFF + 15 * DAY)
    plans.append(live.plan(files, move_booked=True))

    with pytest.raises(RefusedError) as refused:
        refuse_others(plans[1], plans[0].name)

    assert refused.value.problem == (
        f"what would be done has changed since {plans[0].name} was planned:"
        " dates and mails and what is recorded"
    )


def test_another_calendar_of_a_library_shows_as_a_plan_and_mails_nothing() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    files = small_files()
    closed = {**files.frozen.closed, FIRST_WORKSHOP.date(): "A new holiday"}
    live.renderer.posts.clear()

    frozen = files.frozen.model_copy(update={"closed": dict(sorted(closed.items()))})
    plan = live.plan(replace(files, frozen=frozen))
    live.until(live.now + DAY)

    assert [
        (one.occurrence, f"{one.when:%m-%d}") for one in plan.moved if one.told
    ] == [("workshop-1", "04-28")]
    assert len(plan.of("at once")) == 4
    assert mails(live) == []


def test_a_workshop_taken_out_with_its_edition_is_cancelled_and_no_other_moves() -> (
    None
):
    dates = (
        "dates:\n  workshop 1: 2027-05-05 13:00\n  workshop 2: 2027-06-30 13:00\n"
        "  workshop 3: 2027-09-01 13:00\n"
    )
    fewer = dates.replace("  workshop 2: 2027-06-30 13:00\n", "")
    until = "until: a month before closing"
    live = recorded(small_files({until: "times: 3"}, {"dates:\n": dates}))
    live.until(APPLIED + DAY)
    live.renderer.posts.clear()

    plan = live.apply(
        small_files(
            {
                until: "times: 2",
                "          - {theme: {en: Careers}, for: mentees}\n": "",
            },
            {"dates:\n": fewer.replace("workshop 3", "workshop 2")},
        )
    )

    assert [one.occurrence for one in plan.changes] == [
        "workshop-2",
        "after-workshop-2",
    ]
    assert [one.now for one in plan.changes] == [None, None]
    assert mails(live) == [
        ("alk", "cancellation", "Cancelled: Workshop: Careers", 1),
        ("mejse", "cancellation", "Cancelled: Workshop: Careers", 1),
    ]
    assert [
        (one.title, one.status)
        for one in feed_entries(live.record, live.person("alk"))
        if "Workshop" in one.title
    ] == [
        ("Workshop: Winds", "confirmed"),
        ("Workshop", "cancelled"),
        ("Workshop: Balance", "confirmed"),
    ]


def test_who_leaves_an_audience_is_named_and_alone_gets_a_cancellation() -> None:
    live = begun()

    plan = live.plan(
        small_files({"{theme: {en: Winds}}": "{theme: {en: Winds}, for: mentors}"})
    )

    (workshop,) = (one for one in plan.moved if one.told)
    leaving = [live.record.people[one].id for one in workshop.leaving]
    assert leaving == ["alk", "mejse"]
    assert [(row[1], row[2]) for row in rows(live, plan, "at once")] == [
        ("alk", "cancellation"),
        ("mejse", "cancellation"),
    ]
    assert [
        [change.occurrence for change in one.leaves]
        for one in plan.touched()
        if one.person in workshop.leaving
    ] == [["workshop-1", "after-workshop-1"]] * 2


def test_a_workshop_that_is_over_is_not_touched_when_its_date_in_the_file_changes() -> (
    None
):
    live = begun()
    live.until(FIRST_WORKSHOP + 2 * DAY)
    live.attend("workshop-1", alk=True, ugle=False)
    live.renderer.posts.clear()
    told = live.state.announced

    plan = live.apply(
        small_files(cohort={"dates:\n": "dates:\n  workshop 1: 2027-05-12 13:00\n"})
    )

    assert plan.changes == ()
    assert [(one.occurrence, one.why) for one in plan.stays] == [
        ("workshop-1", "it has begun")
    ]
    assert live.state.announced == told
    assert mails(live) == []


def test_what_is_over_keeps_its_place_in_a_series_wherever_the_file_puts_it() -> None:
    live = begun()
    live.until(FIRST_WORKSHOP + 2 * DAY)
    live.renderer.posts.clear()
    # Behind the second one.
    files = small_files(cohort={"dates:\n": "dates:\n  workshop 1: 2027-08-18 13:00\n"})

    plan = live.apply(files)

    assert (plan.changes, mails(live)) == ((), [])
    assert [
        (one.id, one.slot.ordinal) for one in live.standing.timeline.of("workshop")
    ] == [("workshop-1", 1), ("workshop-2", 2), ("workshop-3", 3)]


@settings(max_examples=25)
@given(told=cohorts())
def test_the_plan_of_what_was_just_applied_is_empty(told: Told) -> None:
    files = told.files()
    live = recorded(files)

    plan = live.plan(files)

    assert plan.empty
    assert (plan.changes, plan.writes) == ((), ())


def test_what_is_foreseen_of_nothing_is_nothing() -> None:
    live = begun()
    booked = live.now + 5 * DAY
    live.book("alk", booked)
    series = live.match_of("alk").id

    plan = foresee(
        live.unit,
        live.cohort,
        partial(book, series=series, starts=booked, now=live.now),
        now=live.now,
    ).plan

    assert plan.empty
    assert len(live.facts(Booked)) == 1
