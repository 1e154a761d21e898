"""Gatherings that are moved or called off by command, and files that say otherwise."""

import datetime as dt
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.foreseeing import foresee
from engine.commands.moving import call_off, reschedule
from engine.facts import CalledOff, Rescheduled
from engine.ids import OccurrenceId
from engine.letters.entries import feed_entries
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import (
    APPLIED,
    FIRST_WORKSHOP,
    KICK_OFF,
    PEOPLE,
    Live,
    begun,
    person,
    recorded,
    small_files,
)

DAY = dt.timedelta(days=1)
FIRST, SECOND, THIRD = (OccurrenceId(f"workshop-{number}") for number in (1, 2, 3))
# After the third one, which is on 1 September.
LATE = dt.datetime(2027, 9, 8, 11, tzinfo=dt.UTC)
FILED = dt.datetime(2027, 6, 30, 11, tzinfo=dt.UTC)


def held() -> Live:
    live = recorded()
    live.until(APPLIED + DAY)
    live.renderer.posts.clear()
    return live


def move(
    live: Live, one: OccurrenceId, starts: dt.datetime, place: str | None = None
) -> None:
    live.do(
        partial(reschedule, occurrence=one, starts=starts, place=place, now=live.now)
    )


def cancel(live: Live, one: OccurrenceId) -> None:
    live.do(partial(call_off, occurrence=one, now=live.now))


def starts(live: Live) -> dict[str, dt.datetime]:
    return {one.id: one.starts for one in live.standing.timeline.of("workshop")}


def test_a_move_is_a_fact_and_an_update_to_those_who_were_told() -> None:
    live = held()

    move(live, SECOND, LATE, "library")

    assert live.facts(Rescheduled) == (
        Rescheduled(
            occurrence=SECOND,
            starts=LATE,
            ends=LATE + dt.timedelta(hours=3),
            place="library",
            filed=FILED,
            filed_place="",
        ),
    )
    assert mails(live) == [
        ("alk", "update", "Changed: Workshop: Careers", 1),
        ("mejse", "update", "Changed: Workshop: Careers", 1),
    ]
    entry = live.posts("alk")[0].entry
    assert entry is not None
    assert (entry.uid, entry.location) == (live.record.uid(SECOND), "Library")


def test_details_that_are_due_with_a_move_say_that_it_has_moved() -> None:
    live = held()
    soon = live.now + 7 * DAY

    move(live, SECOND, soon)
    live.until(live.now + DAY)

    # The second takes the place of the first, which has not left yet.
    told = [one.subject for one in live.posts("alk") if "Careers" in one.subject]
    assert told == ["Changed: Workshop: Careers"] * 2
    assert live.state.announced[SECOND].told.stage == "invited"


def test_what_was_moved_stays_whatever_else_the_files_change() -> None:
    live = held()
    move(live, SECOND, LATE)
    live.renderer.posts.clear()
    third = starts(live)[THIRD]

    plan = live.plan(small_files())
    changed = live.apply(
        small_files({"{en: Winds}": "{en: Storms}"}, {"Town hall": "City hall"})
    )

    assert plan.empty
    assert [one.occurrence for one in changed.changes] == ["kick-off-1"]
    assert starts(live) == {FIRST: FIRST_WORKSHOP, SECOND: LATE, THIRD: third}


def test_a_date_that_the_file_gives_later_undoes_a_move_and_the_plan_says_so() -> None:
    live = held()
    move(live, SECOND, LATE)
    files = small_files(cohort={"dates:\n": "dates:\n  workshop 2: 2027-07-07 13:00\n"})
    live.renderer.posts.clear()

    plan = live.apply(files)

    assert [(one.occurrence, one.overrules) for one in plan.moved if one.told] == [
        (SECOND, True)
    ]
    assert starts(live)[SECOND] == dt.datetime(2027, 7, 7, 11, tzinfo=dt.UTC)
    assert [mail[1:] for mail in mails(live)] == [
        ("update", "Changed: Workshop: Careers", 2)
    ] * 2
    assert live.plan(files).empty


def test_a_move_that_was_undone_does_not_come_back_with_the_first_date() -> None:
    live = held()
    move(live, SECOND, LATE, "library")
    live.apply(
        small_files(
            cohort={
                "dates:\n": "dates:\n  workshop 2: 2027-07-07 13:00\n",
                "  kick-off: hall": "  kick-off: hall\n  workshop 2: hall",
            }
        )
    )

    live.apply(small_files())

    assert starts(live)[SECOND] == FILED
    assert live.state.announced[SECOND].told.place == ""


def test_a_move_after_the_files_date_is_the_later_word() -> None:
    live = held()
    files = small_files(cohort={"dates:\n": "dates:\n  workshop 2: 2027-07-07 13:00\n"})
    live.apply(files)

    move(live, SECOND, LATE)
    move(live, SECOND, LATE + DAY)

    assert live.plan(files).empty
    assert starts(live)[SECOND] == LATE + DAY
    assert [one.filed for one in live.facts(Rescheduled)] == [
        dt.datetime(2027, 7, 7, 11, tzinfo=dt.UTC)
    ] * 2


def test_who_joins_later_is_told_the_time_to_which_it_was_moved() -> None:
    live = held()
    move(live, THIRD, LATE, "at the harbour")
    live.renderer.posts.clear()

    live.apply(small_files(people=[*PEOPLE, person("gog")]))

    (told,) = (one.entry for one in live.posts("gog") if "Balance" in one.subject)
    assert told is not None
    assert (told.starts, told.location) == (LATE, "at the harbour")


def test_where_the_kick_off_moves_what_was_moved_by_command_follows_its_files() -> None:
    live = held()
    move(live, SECOND, LATE)

    plan = live.plan(small_files(cohort={"2027-03-03 13:00": "2027-03-10 13:00"}))

    (second,) = (one for one in plan.moved if one.occurrence == SECOND)
    assert (second.overrules, second.when) == (True, FILED + 7 * DAY)


def test_what_is_called_off_is_cancelled_and_nothing_else_moves() -> None:
    live = held()
    before = starts(live)

    cancel(live, SECOND)

    assert live.facts(CalledOff) == (CalledOff(occurrence=SECOND, filed=FILED),)
    assert mails(live) == [
        ("alk", "cancellation", "Cancelled: Workshop: Careers", 1),
        ("mejse", "cancellation", "Cancelled: Workshop: Careers", 1),
    ]
    assert starts(live) == before
    assert live.plan(small_files()).empty
    gone = {
        one.uid: one.status for one in feed_entries(live.record, live.person("alk"))
    }
    assert gone[live.record.uid(SECOND)] == "cancelled"


def test_nobody_is_asked_about_what_was_called_off() -> None:
    live = begun()
    cancel(live, SECOND)

    live.until(FILED + 60 * DAY)

    assert "after-workshop-2" not in live.standing.timeline.occurrences
    assert {one for one in live.state.done if one.startswith(f"{SECOND}/")} == {
        f"{SECOND}/hold"
    }
    assert "after-workshop-1/open" in live.state.done
    assert f"who-came/{SECOND}" not in live.state.tasks


def test_what_was_called_off_stays_off_when_the_others_move() -> None:
    live = held()
    cancel(live, SECOND)
    live.renderer.posts.clear()
    files = small_files(cohort={"2027-03-03 13:00": "2027-03-10 13:00"})

    live.apply(files)
    live.until(live.now + DAY)

    assert {mail[2] for mail in mails(live)} == {
        "Changed: Kick off",
        "Changed: Workshop: Winds",
        "Changed: Workshop: Balance",
        "Changed: Closing",
    }
    assert live.plan(files).empty


def test_before_it_is_called_off_is_told_who_is_written_to_and_what_goes() -> None:
    live = begun()

    found = foresee(
        live.unit,
        live.cohort,
        partial(call_off, occurrence=SECOND, now=live.now),
        now=live.now,
    )

    assert [one.occurrence for one in found.plan.gone] == [SECOND, "after-workshop-2"]
    assert [
        (live.record.people[one.person].id, one.kind, one.cause)
        for one in found.plan.mails
        if one.cause != "anyway"
    ] == [("alk", "cancellation", "at once"), ("mejse", "cancellation", "at once")]
    assert live.facts(CalledOff) == ()


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        ("workshop-9", "there is no workshop-9 yet"),
        ("kick-off-1", "kick-off-1 has begun"),
        ("after-workshop-1", "after-workshop-1 counts from the dates of others"),
        ("conversation-1", "conversation-1 is for its members to book"),
        ("workshop-2", "workshop-2 was called off"),
    ],
)
def test_what_cannot_be_moved_by_command_is_refused(one: str, problem: str) -> None:
    live = begun()
    cancel(live, SECOND)

    for command in (partial(move, starts=LATE), cancel):
        with pytest.raises(RefusedError) as refused:
            command(live, one=OccurrenceId(one))

        assert refused.value.problem == problem


def test_nothing_is_moved_into_the_past() -> None:
    live = begun()

    with pytest.raises(RefusedError, match="that time has passed"):
        move(live, SECOND, KICK_OFF)
