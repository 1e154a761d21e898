"""What applying files does to a running cohort: who is told, and with what."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.commands.apply import prepare
from engine.commands.decision import RefusedError
from engine.facts import Applied
from tests.fakes.cohorts import (
    APPLIED,
    KICK_OFF,
    PEOPLE,
    Live,
    begun,
    edited,
    person,
    recorded,
    shipped_files,
    small_files,
)

DAY = dt.timedelta(days=1)
WORKSHOP_STARTS = "starts: 13:00\n        lasts: 3"
LATER_WORKSHOPS = {WORKSHOP_STARTS: "starts: 14:00\n        lasts: 3"}
NO_WORKSHOP_3 = {"until: a month before closing": "until: 4 months before closing"}
A_FOURTH = {  # between the first and the second
    "until: a month before closing": "until: 1 day before closing",
    "- {theme: {en: Careers}": (
        "- {theme: {en: Trust}}\n          - {theme: {en: Careers}"
    ),
}
ITS_DATES = {
    "dates:\n": "dates:\n  workshop 2: 2027-05-26 13:00\n"
    "  workshop 3: 2027-06-30 13:00\n  workshop 4: 2027-09-01 13:00\n"
}

Mail = tuple[str, str, str, int]


def held() -> Live:
    """Return a cohort in which everybody was asked to keep the dates free."""
    live = recorded()
    live.until(APPLIED + DAY)
    live.renderer.posts.clear()
    return live


def mails(live: Live) -> list[Mail]:
    """Return who got which calendar mail about what, with its SEQUENCE."""
    return [
        (live.record.people[post.person].id, post.kind, post.subject, entry.sequence)
        for post in live.posts()
        if (entry := post.entry) is not None
    ]


def with_role(id_: str, *roles: str) -> list[object]:
    return [replace(one, roles=roles) if one.id == id_ else one for one in PEOPLE]


def test_a_new_cohort_is_enrolled_with_ids_for_its_gatherings_and_no_mail() -> None:
    live = recorded()

    assert live.state.revision == 1
    assert {live.record.people[one].id for one in live.state.enrolled} == {
        *("ugle", "falk", "alk", "mejse", "coordinator"),
    }
    assert live.posts() == ()


@pytest.mark.parametrize("when", [APPLIED, KICK_OFF + 60 * DAY])
def test_applying_the_same_files_again_would_do_nothing(when: dt.datetime) -> None:
    live = recorded()
    live.until(when)
    before = live.history()

    plan = live.plan(small_files())
    live.apply(small_files())

    assert plan.empty
    assert live.history() == before


def test_applying_the_shipped_files_again_would_do_nothing() -> None:
    live = recorded(shipped_files())
    live.until(live.now + DAY)

    assert live.plan(shipped_files()).empty


def test_a_plan_changes_nothing() -> None:
    live = held()
    before = live.history()

    plan = live.plan(small_files(LATER_WORKSHOPS))

    assert live.history() == before
    assert not plan.empty


def test_what_is_planned_is_what_applying_does() -> None:
    live = held()
    files = small_files(LATER_WORKSHOPS)

    planned = live.plan(files)
    done = live.apply(files)

    assert planned == done
    assert [
        (live.record.people[one.person].id, one.kind, one.subject)
        for one in planned.mails
    ] == [mail[:3] for mail in mails(live)]


def test_moving_what_was_told_updates_everybody_with_the_next_sequence() -> None:
    live = held()
    uid = live.record.uid(
        live.state.announced[next(iter(live.state.announced))].told.occurrence
    )

    live.apply(small_files({"lasts: 4 hours": "lasts: 5 hours"}))

    assert mails(live) == [
        (id_, "update", "Changed: Closing", 1)
        for id_ in ("ugle", "falk", "alk", "mejse")
    ]
    told = live.state.announced[live.standing.timeline.of("closing")[0].id].told
    assert (told.revision, told.sequence, told.stage) == (1, 1, "held")
    assert uid == live.record.uid(next(iter(live.state.announced)))


def test_a_move_is_told_to_the_time_that_now_holds() -> None:
    live = held()
    uids = {one.uid for post in live.posts() if (one := post.entry)}

    live.apply(small_files(LATER_WORKSHOPS))

    workshop = live.posts("alk")[0].entry
    assert workshop is not None
    assert workshop.starts.isoformat() == "2027-05-05T14:00:00+02:00"
    assert workshop.uid == live.record.uid(live.standing.timeline.of("workshop")[0].id)
    assert workshop.uid not in uids


def test_another_place_of_the_same_name_is_told_too() -> None:
    live = held()

    live.apply(small_files(cohort={"Town hall": "City hall"}))

    assert [mail[1:] for mail in mails(live)] == [
        ("update", "Changed: Kick off", 1)
    ] * 4


def test_a_new_theme_alone_writes_to_nobody() -> None:
    live = held()

    plan = live.apply(small_files({"{en: Winds}": "{en: Storms}"}))

    assert plan.changed
    assert mails(live) == []


def test_what_is_taken_out_is_cancelled_with_a_higher_sequence() -> None:
    live = held()

    plan = live.apply(small_files(NO_WORKSHOP_3))

    assert mails(live) == [
        (id_, "cancellation", "Cancelled: Workshop: Balance", 1)
        for id_ in ("ugle", "falk", "alk", "mejse")
    ]
    assert {post.method for post in live.posts()} == {"cancel"}
    assert list(plan.gone) == ["workshop-3"]
    told = live.state.announced[plan.gone[0]].told
    assert (told.cancelled, told.sequence, told.revision) == (True, 1, 1)


def test_nothing_more_is_done_about_what_was_cancelled() -> None:
    live = held()
    live.apply(small_files(NO_WORKSHOP_3))

    live.until(KICK_OFF + 200 * DAY)

    assert not [one for one in live.state.done if one.startswith("workshop-3/inv")]
    assert not [one for one in live.state.allocated if "workshop-4" in one]


def test_what_comes_back_after_a_cancellation_is_another_one() -> None:
    live = held()
    live.apply(small_files(NO_WORKSHOP_3))
    live.renderer.posts.clear()

    live.apply(small_files())
    live.until(live.now + DAY)

    assert mails(live) == [
        (id_, "invitation", "Please keep the date: Workshop: Balance", 0)
        for id_ in ("ugle", "falk", "alk", "mejse")
    ]
    (third,) = [
        one for one in live.standing.timeline.of("workshop") if one.slot.ordinal == 3
    ]
    assert third.id == "workshop-4"


def test_a_workshop_put_in_between_is_told_as_new_and_the_others_keep_quiet() -> None:
    live = held()

    live.apply(small_files(A_FOURTH, ITS_DATES))
    live.until(live.now + DAY)

    assert mails(live) == [
        (id_, "invitation", "Please keep the date: Workshop: Trust", 0)
        for id_ in ("ugle", "falk", "alk", "mejse")
    ]


def test_behind_a_workshop_put_in_between_the_others_keep_their_themes() -> None:
    live = held()

    live.apply(small_files(A_FOURTH, ITS_DATES))
    live.until(KICK_OFF + 170 * DAY)

    invited = [
        post.subject for post in live.posts("alk") if "Invitation: W" in post.subject
    ]
    assert invited == [
        "Invitation: Workshop: Winds",
        "Invitation: Workshop: Trust",
        "Invitation: Workshop: Careers",
        "Invitation: Workshop: Balance",
    ]


def test_the_mail_about_a_moved_workshop_names_the_theme_that_it_has_now() -> None:
    live = held()
    moved = {"workshop 3: 2027-06-30 13:00": "workshop 3: 2027-07-01 13:00"}

    live.apply(
        small_files(A_FOURTH, {"dates:\n": edited(ITS_DATES["dates:\n"], moved)})
    )

    assert mails(live) == [
        ("alk", "update", "Changed: Workshop: Careers", 1),
        ("mejse", "update", "Changed: Workshop: Careers", 1),
    ]


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
        ("alk", "cancellation", "Cancelled: Workshop: Winds", 1),
        ("mejse", "cancellation", "Cancelled: Workshop: Winds", 1),
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
        ("alk", "cancellation", "Cancelled: Workshop: Winds", 2),
        ("mejse", "cancellation", "Cancelled: Workshop: Winds", 2),
    ]


def test_what_has_begun_is_left_as_it_was() -> None:
    live = recorded()
    live.until(KICK_OFF + dt.timedelta(hours=1))
    live.renderer.posts.clear()

    plan = live.apply(
        small_files({"lasts: 3 hours\n        for": "lasts: 2 hours\n        for"})
    )

    assert plan.moved == []
    assert mails(live) == []


def test_a_meeting_that_a_match_booked_is_not_moved_by_files() -> None:
    live = begun()
    live.book("alk", live.now + 5 * DAY)
    live.renderer.posts.clear()

    plan = live.apply(small_files({"lasts: 90 minutes": "lasts: 60 minutes"}))

    assert plan.moved == []
    assert mails(live) == []


def test_what_begins_within_two_days_does_not_wait_for_sending_hours() -> None:
    live = recorded()
    night = dt.datetime(2027, 3, 1, 21, tzinfo=dt.UTC)
    live.until(night)

    live.apply(small_files(cohort={"2027-03-03 13:00": "2027-03-03 14:00"}))

    leaves = {
        message.kind: message.not_before
        for message in live.messages()
        if message.kind == "update"
    }
    assert leaves == {"update": night}


def test_other_changes_leave_in_sending_hours_and_before_they_begin() -> None:
    live = recorded()
    night = dt.datetime(2027, 2, 26, 21, tzinfo=dt.UTC)  # a Friday
    live.until(night)

    live.apply(small_files(cohort={"2027-03-03 13:00": "2027-03-04 14:00"}))

    (update, *_) = [one for one in live.messages() if one.kind == "update"]
    assert update.not_before == dt.datetime(2027, 3, 1, 7, tzinfo=dt.UTC)
    assert update.not_after == dt.datetime(2027, 3, 4, 13, tzinfo=dt.UTC)


def test_a_missing_row_is_a_question_and_no_dropout() -> None:
    live = held()
    files = small_files(people=PEOPLE[:-1])

    plan = live.apply(files)

    mejse = live.person("mejse")
    assert list(plan.missing) == [mejse]
    assert mejse in live.state.enrolled
    assert mails(live) == []
    (task,) = live.state.tasks.values()
    assert (task.raised.wording, task.raised.person) == ("row-missing", mejse)
    live.until(live.now + dt.timedelta(hours=1))
    assert [post.subject for post in live.posts()] == [
        "Not in the participants file: Mejse Fugl"
    ]


def test_a_missing_row_alone_is_enough_to_apply_and_is_asked_about_once() -> None:
    live = held()
    files = small_files(people=PEOPLE[:-1])

    first, _, second = live.plan(files), live.apply(files), live.plan(files)

    assert not first.empty
    assert second.empty


def test_the_question_about_a_row_is_settled_when_it_is_back() -> None:
    live = held()
    live.apply(small_files(people=PEOPLE[:-1]))

    plan = live.apply(small_files())

    assert list(plan.back) == [live.person("mejse")]
    assert not plan.empty
    assert live.state.tasks == {}
    assert live.plan(small_files()).empty


def test_a_new_address_is_recorded_and_used_by_every_process() -> None:
    live = held()
    other = live.reopened()
    other.standing(live.cohort)
    moved = [
        replace(one, email="new@example.org") if one.id == "alk" else one
        for one in PEOPLE
    ]

    plan = live.apply(small_files(people=moved))

    assert [live.record.people[one].id for one in plan.edited] == ["alk"]
    assert plan.joined == []
    seen = other.standing(live.cohort).record
    assert seen.people[live.person("alk")].email == "new@example.org"
    assert live.plan(small_files(people=moved)).empty


def test_somebody_known_from_another_cohort_keeps_their_surrogate() -> None:
    live = held()
    files = small_files(
        cohort={"cohort: 2027": "cohort: 2028", "2027-03-03": "2028-03-01"},
        people=[replace(person("gog"), email="ALK@example.org")],
    )

    live.apply(files)

    other = live.unit.standing(files.id).record
    assert other.people[live.person("alk")].id == "gog"
    assert len({*live.record.people, *other.people}) == len(live.record.people)


def test_files_that_follow_an_unrecorded_cohort_are_refused() -> None:
    live = held()
    files = small_files(cohort={"cohort: 2027": "cohort: 2028\nfollows: 2026"})

    with pytest.raises(RefusedError) as refused:
        live.apply(files)

    assert str(refused.value) == (
        "follows: relay/2026 is not recorded; record it first, or leave the line out"
    )
    assert live.unit.store.cohorts() == (live.cohort,)


def test_each_application_is_a_revision_with_its_digest() -> None:
    live = held()

    live.apply(small_files(LATER_WORKSHOPS))
    live.apply(small_files())

    applied = live.facts(Applied)
    assert [one.revision for one in applied] == [1, 2, 3]
    assert applied[0].digest == applied[2].digest != applied[1].digest


def test_preparing_tells_the_cohort_as_it_would_be() -> None:
    live = held()
    files = small_files(people=[*PEOPLE, person("gog")])

    found = prepare(live.unit, files, now=live.now)

    assert found.record is live.record
    assert found.after.participant("gog") is not None
    assert live.record.participant("gog") is None
