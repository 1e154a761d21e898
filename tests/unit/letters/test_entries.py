"""What calendars show: to whom, under which UID, and nothing about anybody else."""

import datetime as dt
from dataclasses import replace

from engine.entries import Entry
from engine.letters.entries import feed_entries
from engine.people import Mailbox
from tests.fakes.cohorts import (
    APPLIED,
    KICK_OFF,
    PEOPLE,
    Live,
    begun,
    recorded,
    small_files,
)

DAY = dt.timedelta(days=1)
TIME = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)
MENTORS_ONLY = {"{theme: {en: Winds}}": "{theme: {en: Winds}, for: mentors}"}


def feed(live: Live, id_: str) -> dict[str, Entry]:
    """Return a person's calendar, by title."""
    shown = feed_entries(live.record, live.person(id_))
    return {entry.title: entry for entry in shown}


def test_an_invitation_shows_what_was_announced() -> None:
    live = recorded()
    live.until(KICK_OFF - 20 * DAY)

    posts = {one.subject: one for one in live.posts("alk")}

    assert posts["Invitation: Kick off"].entry == Entry(
        uid=live.record.uid(live.standing.timeline.of("kick-off")[0].id),
        sequence=0,
        stamp=dt.datetime(2027, 2, 3, 7, tzinfo=dt.UTC),
        starts=live.record.days.zone.local(KICK_OFF),
        ends=live.record.days.zone.local(KICK_OFF + dt.timedelta(hours=3)),
        title="Kick off",
        description="Relay. Questions: Camilla Koordinator, camilla@example.org.",
        location="Town hall",
        category="Relay",
        organizer=Mailbox(name="Relay", address="relay@example.org"),
        attendee=Mailbox(name="Alk Fugl", address="alk@example.org"),
        alarm=DAY,
    )


def test_a_feed_and_an_invitation_show_the_same_under_the_same_uid() -> None:
    live = begun()

    for post in live.posts("alk"):
        if post.entry is not None and post.subject.startswith("Invitation"):
            shown = feed(live, "alk")[post.entry.title]
            assert (shown.uid, shown.sequence, shown.starts) == (
                post.entry.uid,
                post.entry.sequence,
                post.entry.starts,
            )
            assert shown.attendee is None


def test_what_nobody_was_told_is_in_no_feed() -> None:
    live = recorded()

    assert feed(live, "alk") == {}


def test_a_feed_shows_a_person_what_is_for_them_alone() -> None:
    live = begun()
    live.book("alk", TIME)

    shown = {id_: set(feed(live, id_)) for id_ in ("ugle", "alk", "falk")}

    gatherings = {"Kick off", "Workshop: Winds", "Workshop: Balance", "Closing"}
    assert shown == {
        "ugle": gatherings | {"Conversation"},
        "alk": gatherings | {"Conversation", "Workshop: Careers"},
        "falk": gatherings,
    }


def test_the_coordinators_feed_shows_the_gatherings_and_no_meeting() -> None:
    live = begun()
    live.book("alk", TIME)

    assert set(feed(live, "coordinator")) == {
        "Kick off",
        "Workshop: Winds",
        "Workshop: Careers",
        "Workshop: Balance",
        "Closing",
    }


def test_the_title_of_a_meeting_names_nobody() -> None:
    live = begun()
    live.book("alk", TIME)

    entry = feed(live, "ugle")["Conversation"]

    assert "Alk" not in entry.title
    assert entry.description == "With Alk Fugl. Relay."


def test_a_gathering_says_nothing_of_who_else_comes() -> None:
    live = begun()

    shown = repr([feed(live, id_) for id_ in ("alk", "ugle")])

    assert "Fugl" not in shown


def test_whoever_was_taken_off_sees_it_cancelled_with_the_sequence_of_the_mail() -> (
    None
):
    live = recorded()
    live.until(APPLIED + DAY)
    live.apply(small_files(MENTORS_ONLY))

    (mail,) = [post.entry for post in live.posts("alk", "cancellation")]
    shown = feed(live, "alk")["Workshop: Winds"]

    assert mail is not None
    assert (shown.status, shown.sequence) == (mail.status, mail.sequence)
    assert (shown.status, shown.sequence, shown.alarm) == ("cancelled", 1, None)
    assert feed(live, "ugle")["Workshop: Winds"].status == "confirmed"


def test_what_was_cancelled_stays_in_the_feed_as_cancelled() -> None:
    live = recorded()
    live.until(APPLIED + DAY)

    live.apply(small_files({"a month before closing": "4 months before closing"}))

    shown = feed(live, "alk")["Workshop: Balance"]
    assert (shown.status, shown.sequence) == ("cancelled", 1)


def test_the_stamp_is_when_it_was_announced_and_not_when_it_is_shown() -> None:
    live = recorded()
    live.until(KICK_OFF + 30 * DAY)

    stamps = {title: entry.stamp for title, entry in feed(live, "alk").items()}

    assert stamps["Kick off"] == dt.datetime(2027, 2, 3, 7, tzinfo=dt.UTC)
    assert stamps["Closing"] == APPLIED


def test_a_kick_off_together_with_the_last_closing_is_one_entry() -> None:
    first = begun()
    edits = {"cohort: 2027": "cohort: 2028\nfollows: 2027", "2027-03-03": "2027-12-01"}
    files = small_files(cohort=edits)
    second = Live(
        memory=first.memory,
        unit=first.unit,
        renderer=first.renderer,
        now=first.now,
        cohort=files.id,
    )
    before = len(first.posts())

    second.apply(files)
    second.until(second.now + DAY)

    closing = first.standing.timeline.of("closing")[0].id
    kick_off = second.standing.timeline.of("kick-off")[0].id
    assert second.record.uid(kick_off) == first.record.uid(closing)
    # Whoever is in both has it in their calendar already.
    told = {post.subject for post in first.posts()[before:]}
    assert "Please keep the date: Kick off" not in told
    assert "Please keep the date: Workshop: Winds" in told


def test_whoever_is_in_both_cohorts_sees_the_closing_as_their_mail_has_it() -> None:
    first = begun()
    edits = {"cohort: 2027": "cohort: 2028\nfollows: 2027", "2027-03-03": "2027-12-01"}
    newcomer = replace(PEOPLE[0], id="gog", email="gog@example.org")
    files = small_files(cohort=edits, people=(*PEOPLE, newcomer))
    second = replace(first, cohort=files.id)

    second.apply(files)
    second.until(second.now + DAY)

    closing = feed(first, "alk")["Closing"]
    assert (closing.ends - closing.starts) == dt.timedelta(hours=4)
    assert "Kick off" not in feed(second, "alk")
    assert feed(second, "gog")["Kick off"].uid == closing.uid


def test_a_person_has_one_feed_whatever_cohorts_they_are_in() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    files = small_files(
        cohort={"cohort: 2027": "cohort: 2029", "2027-03-03": "2028-03-01"}
    )
    other = Live(
        memory=live.memory,
        unit=live.unit,
        renderer=live.renderer,
        now=live.now,
        cohort=files.id,
    )
    other.apply(files)
    other.until(other.now + DAY)

    feeds = {
        id_: {post.feed[1] for post in live.posts(id_) if post.feed}
        for id_ in ("alk", "mejse")
    }

    assert [len(found) for found in feeds.values()] == [1, 1]
    assert feeds["alk"] != feeds["mejse"]


def test_two_installations_give_other_uids_and_links() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    uids = {entry.uid for entry in feed(live, "alk").values()}
    occurrences = list(live.state.announced)

    other = [live.record.uid(one) for one in occurrences]

    assert set(other) >= uids
    assert len(set(other)) == len(occurrences)
    assert all(len(uid) == 36 for uid in uids)
