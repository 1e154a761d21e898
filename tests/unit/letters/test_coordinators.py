"""Coordinators of several organisations, each for their own people, and deputies."""

import datetime as dt

from engine.commands.apply import apply
from engine.facts import Noticed, Raised
from engine.letters.entries import feed_entries
from tests.fakes.cohorts import APPLIED, KICK_OFF, Live, recorded, small_files

OFFICES = {
    "mailbox:": (
        "coordinators:\n"
        "  Teknik:\n"
        "    name: Tea Teknik\n"
        "    email: tea@example.org\n"
        "    deputy: {name: Dan Deputy, email: dan@example.org, phone: '+45 7'}\n"
        "    away: [weeks 9-12]\n"
        "mailbox:"
    )
}
DAY = dt.timedelta(days=1)


def joint() -> Live:
    """Return a cohort whose mentees are of a department with its own coordinator."""
    return recorded(small_files(cohort=OFFICES))


def matched() -> Live:
    live = joint()
    live.until(APPLIED + 11 * DAY)
    live.approve()
    live.confirm_all()
    return live


def letters(live: Live, words: str) -> list[str]:
    """Return who got a letter with a title in which these words stand."""
    return [
        live.record.people[post.person].id
        for post in live.posts(kind="letter")
        if any(words in section.title for section in post.sections)
    ]


def test_each_has_an_id_by_their_department() -> None:
    live = joint()

    assert {one.id: one.name for one in live.record.people.values()} == {
        "ugle": "Ugle Fugl",
        "falk": "Falk Fugl",
        "alk": "Alk Fugl",
        "mejse": "Mejse Fugl",
        "coordinator": "Camilla Koordinator",
        "coordinator-teknik": "Tea Teknik",
        "deputy-teknik": "Dan Deputy",
    }


def test_everybody_is_written_to_by_their_own_coordinator() -> None:
    live = joint()

    live.until(APPLIED + DAY)

    signed = {
        live.record.people[post.person].id: (post.sign_off[1], post.reply_to.address)
        for post in live.posts()
    }
    assert signed["alk"] == ("Tea Teknik", "tea@example.org")
    assert signed["mejse"] == ("Tea Teknik", "tea@example.org")
    assert signed["ugle"] == ("Camilla Koordinator", "camilla@example.org")
    assert signed["falk"] == ("Camilla Koordinator", "camilla@example.org")


def test_a_task_about_a_match_is_told_to_the_coordinators_of_its_members() -> None:
    live = matched()

    live.until(KICK_OFF + 20 * DAY)

    listed = {
        id_: [
            told.splitlines()[0]
            for section in live.posts(id_, "letter")[-1].sections
            for _, told in section.details
        ]
        for id_ in ("coordinator", "deputy-teknik")
    }
    silent = [
        "No meeting booked: Falk Fugl & Mejse Fugl",
        "No meeting booked: Ugle Fugl & Alk Fugl",
    ]
    assert listed == {
        "coordinator": ["Kick off: who came?", *silent],
        "deputy-teknik": silent,
    }


def test_what_comes_of_an_evaluation_is_told_to_every_coordinator() -> None:
    live = matched()

    live.until(KICK_OFF + 90 * DAY)

    told = [
        live.record.people[one.person].id
        for one in live.facts(Noticed)
        if one.notice.startswith("after-workshop-1/close/")
    ]
    assert told == ["coordinator", "coordinator-teknik"]


def test_a_deputy_reads_and_answers_while_the_coordinator_is_away() -> None:
    live = matched()
    live.renderer.posts.clear()

    live.until(dt.datetime(2027, 5, 25, tzinfo=dt.UTC))

    deputy = live.posts("deputy-teknik")
    own = live.posts("coordinator-teknik")
    away = (dt.date(2027, 3, 1), dt.date(2027, 3, 28))
    assert deputy
    assert own
    assert {away[0] <= post.date.date() <= away[1] for post in deputy} == {True}
    assert {away[0] <= post.date.date() <= away[1] for post in own} == {False}
    assert {post.greeting for post in deputy} == {"Dear Dan"}
    replies = {
        (away[0] <= post.date.date() <= away[1], post.reply_to.address)
        for post in live.posts("alk")
    }
    assert replies == {(True, "dan@example.org"), (False, "tea@example.org")}


def test_all_who_answer_for_a_cohort_see_its_gatherings_and_no_meetings() -> None:
    live = matched()
    live.until(KICK_OFF)
    live.book("alk", KICK_OFF + 6 * DAY)

    seen = {
        id_: [one.title for one in feed_entries(live.record, live.person(id_))]
        for id_ in ("coordinator", "coordinator-teknik", "deputy-teknik")
    }

    assert len(set(map(tuple, seen.values()))) == 1
    assert "Workshop" in " ".join(seen["deputy-teknik"])
    assert not any("onversation" in title for title in seen["coordinator"])


def test_a_coordinator_who_is_left_out_again_is_no_question_and_gets_no_more() -> None:
    live = joint()
    live.until(APPLIED + DAY)

    live.apply(small_files())
    live.renderer.posts.clear()
    live.until(APPLIED + 30 * DAY)

    assert live.facts(Raised)[0].wording == "approve-matches"
    assert {one.wording for one in live.facts(Raised)} == {"approve-matches"}
    assert live.posts("coordinator-teknik") == ()
    assert {post.sign_off[1] for post in live.posts()} == {"Camilla Koordinator"}


def test_one_who_answers_for_two_departments_is_one_person() -> None:
    both = {
        "mailbox:": (
            "coordinators:\n"
            "  Teknik: {name: Tea Teknik, email: tea@example.org}\n"
            "  Kultur: {name: Tea Teknik, email: Tea@example.org}\n"
            "mailbox:"
        )
    }

    live = recorded(small_files(cohort=both))

    assert (
        len(
            [
                one
                for one in live.record.people.values()
                if one.roles[0] == "coordinator"
            ]
        )
        == 2
    )
    live.until(APPLIED + DAY)
    assert {post.reply_to.address for post in live.posts()} == {"tea@example.org"}


def test_who_gets_another_address_through_another_cohort_still_answers_here() -> None:
    first = joint()
    second = {
        "cohort: 2027": "cohort: 2028\nfollows: 2027",
        "2027-03-03": "2027-12-01",
        **OFFICES,
    }
    moved = {
        **second,
        "email: camilla@": "email: camilla.new@",
        "mailbox:": OFFICES["mailbox:"].replace("tea@", "tea.new@"),
    }

    for edits in (second, moved):
        apply(first.unit, small_files(cohort=edits), now=first.now)
    first.unit = first.reopened()
    first.until(APPLIED + DAY)

    assert first.record.coordinator.email == "camilla.new@example.org"
    assert {post.sign_off[1] for post in first.posts()} == {
        "Camilla Koordinator",
        "Tea Teknik",
    }


def test_who_answers_for_a_cohort_is_not_written_to_as_who_takes_part() -> None:
    live = matched()
    live.until(KICK_OFF + 60 * DAY)

    why = {
        live.record.people[post.person].id: post.footer.partition(".")[0]
        for post in live.posts(kind="letter")
    }

    taking_part = "You get this because you take part in Relay"
    answering = "You get this because you answer for Relay"
    assert why == {
        **dict.fromkeys(("ugle", "falk", "alk", "mejse"), taking_part),
        **dict.fromkeys(("coordinator", "coordinator-teknik"), answering),
        "deputy-teknik": answering,
    }
