"""Who is told when others are asked to what was announced already."""

from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import (
    KICK_OFF,
    PEOPLE,
    person,
    recorded,
    small_files,
)
from tests.unit.commands.test_reannouncing import DAY, LATER_WORKSHOPS, held


def test_somebody_new_is_told_what_the_others_were_and_nobody_else_is_told() -> None:
    live = held()
    files = small_files(people=[*PEOPLE, person("gog")])

    plan = live.apply(files)

    assert mails(live) == [
        ("gog", "invitation", "Please keep the date: Kick off", 0),
        ("gog", "invitation", "Please keep the date: Workshop: Winds", 0),
        ("gog", "invitation", "Please keep the date: Workshop: Balance", 0),
        ("gog", "invitation", "Please keep the date: Closing", 0),
    ]
    assert [live.record.people[one].id for one in plan.joined] == ["gog"]
    assert live.plan(files).empty


def test_somebody_new_after_the_invitation_is_invited() -> None:
    live = recorded()
    live.until(KICK_OFF - 20 * DAY)
    live.renderer.posts.clear()

    live.apply(small_files(people=[*PEOPLE, person("gog")]))

    assert ("gog", "invitation", "Invitation: Kick off", 0) in mails(live)


def test_somebody_taken_off_gets_a_cancellation_and_nobody_else_a_mail() -> None:
    live = held()

    live.apply(
        small_files({"{theme: {en: Winds}}": "{theme: {en: Winds}, for: mentors}"})
    )

    assert mails(live) == [
        ("alk", "cancellation", "Out of your calendar: Workshop: Winds", 1),
        ("mejse", "cancellation", "Out of your calendar: Workshop: Winds", 1),
    ]
    told = live.state.announced[live.standing.timeline.of("workshop")[0].id].told
    assert (told.revision, told.sequence) == (1, 0)
    assert set(told.withdrawn) == {live.person("alk"), live.person("mejse")}


def test_somebody_who_comes_back_gets_a_higher_sequence_than_the_cancellation() -> None:
    live = held()
    live.apply(
        small_files({"{theme: {en: Winds}}": "{theme: {en: Winds}, for: mentors}"})
    )
    live.renderer.posts.clear()

    live.apply(small_files())

    assert mails(live) == [
        ("alk", "invitation", "Please keep the date: Workshop: Winds", 2),
        ("mejse", "invitation", "Please keep the date: Workshop: Winds", 2),
    ]
    told = live.state.announced[live.standing.timeline.of("workshop")[0].id].told
    assert told.withdrawn == ()


def test_whoever_stayed_sees_the_next_sequence_after_others_came_and_went() -> None:
    live = held()
    live.apply(
        small_files({"{theme: {en: Winds}}": "{theme: {en: Winds}, for: mentors}"})
    )
    live.apply(small_files())
    live.renderer.posts.clear()

    live.apply(small_files(LATER_WORKSHOPS))

    sequences = {
        (id_, sequence)
        for id_, _, subject, sequence in mails(live)
        if "Winds" in subject
    }
    assert dict(sequences) == {
        "ugle": 1,
        "falk": 1,
        "alk": 3,
        "mejse": 3,
    }


def test_a_move_and_a_taking_off_at_once_cancel_for_one_and_update_the_others() -> None:
    live = held()

    live.apply(
        small_files(
            LATER_WORKSHOPS
            | {"{theme: {en: Winds}}": "{theme: {en: Winds}, for: mentors}"}
        )
    )

    assert [mail for mail in mails(live) if "Winds" in mail[2]] == [
        ("ugle", "update", "Changed: Workshop: Winds", 1),
        ("falk", "update", "Changed: Workshop: Winds", 1),
        ("alk", "cancellation", "Out of your calendar: Workshop: Winds", 2),
        ("mejse", "cancellation", "Out of your calendar: Workshop: Winds", 2),
    ]
