"""Who is told when the files put elsewhere what people were told, and with what."""

import datetime as dt

from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import (
    APPLIED,
    KICK_OFF,
    Live,
    begun,
    edited,
    recorded,
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


def held() -> Live:
    """Return a cohort in which everybody was asked to keep the dates free."""
    live = recorded()
    live.until(APPLIED + DAY)
    live.renderer.posts.clear()
    return live


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
    assert [one.occurrence for one in plan.gone] == ["workshop-3", "after-workshop-3"]
    told = live.state.announced[plan.gone[0].occurrence].told
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


def test_what_has_begun_is_left_as_it_was() -> None:
    live = recorded()
    live.until(KICK_OFF + dt.timedelta(hours=1))
    live.renderer.posts.clear()

    plan = live.apply(
        small_files({"lasts: 3 hours\n        for": "lasts: 2 hours\n        for"})
    )

    assert plan.moved == ()
    assert mails(live) == []


def test_nobody_is_written_to_about_what_is_moved_into_the_past() -> None:
    live = held()
    live.until(KICK_OFF + 30 * DAY)
    live.renderer.posts.clear()
    past = {"dates:\n": "dates:\n  workshop 1: 2027-03-10 13:00\n"}

    plan = live.apply(small_files(cohort=past))

    assert [one.occurrence for one in plan.moved] == [
        "workshop-1",
        "after-workshop-1",
    ]
    assert mails(live) == []


def test_a_meeting_in_a_venue_with_another_address_is_told_to_its_members() -> None:
    live = begun()
    live.book("alk", live.now + 10 * DAY, place="hall")
    before = len(live.posts())

    live.apply(small_files(cohort={"{name: Town hall}": "{name: New hall}"}))

    (meeting,) = (one for one in live.state.booked)
    told = live.state.announced[meeting].told
    assert (told.revision, told.sequence) == (1, 1)
    assert told.starts == live.state.booked[meeting].starts
    mailed = [post for post in live.posts()[before:] if post.entry]
    assert {live.record.people[one.person].id for one in mailed} == {"ugle", "alk"}
    assert {one.entry.location for one in mailed if one.entry} == {"New hall"}


def test_a_meeting_that_a_match_booked_is_not_moved_by_files() -> None:
    live = begun()
    live.book("alk", live.now + 5 * DAY)
    live.renderer.posts.clear()

    plan = live.apply(small_files({"lasts: 90 minutes": "lasts: 60 minutes"}))

    assert plan.moved == ()
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
