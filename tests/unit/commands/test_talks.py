"""Talks of each mentee of a group with the mentor: booked, and told to nobody else."""

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Booked
from engine.letters.entries import feed_entries
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import recorded
from tests.fakes.talk_files import talk_files
from tests.fakes.talks import (
    DAY,
    HOUR,
    TIME,
    begun,
    booked,
    mentor_of,
    others_of,
    told,
)


def test_each_mentee_has_one_talk_to_book_with_the_mentor_alone() -> None:
    live = begun()

    found = live.standing.timeline.of("talk")

    people = live.record.people
    pairs = [[people[one].id for one in talk.slot.audience] for talk in found]
    assert sorted(pairs) == sorted(
        [mentor_of(live, id_), id_] for id_ in ("e0", "e1", "e2", "e3", "e4", "e5")
    )
    assert {(one.slot.ordinal, one.slot.firm) for one in found} == {(1, True)}
    assert len({one.slot.series for one in found}) == 6


def test_before_anybody_is_matched_there_is_one_forecast_for_all() -> None:
    (found,) = recorded(talk_files()).standing.timeline.of("talk")

    assert (found.slot.firm, len(found.slot.audience)) == (False, 8)


def test_the_mentee_is_asked_to_book_and_the_words_are_those_of_two() -> None:
    live = begun()

    mentor = live.record.people[live.person(mentor_of(live, "e0"))].name
    text = (
        f"It is time for your talk with {mentor}. Find a time that suits you both, and "
        "book it here, so that it reaches both your calendars."
    )
    assert told(live, "e0", "Time to book") == [("03-03", text)]
    assert told(live, mentor_of(live, "e0"), "Time to book") == []


def test_a_booked_talk_invites_the_two_and_tells_nobody_else() -> None:
    live = booked()

    invited = [mail[:3] for mail in mails(live, "Talk")]

    assert invited == [
        (mentor_of(live, "e0"), "invitation", "Booked: Talk"),
        ("e0", "invitation", "Booked: Talk"),
    ]


def test_a_booked_talk_is_in_the_feeds_of_the_two_alone() -> None:
    live = booked()
    uid = live.record.uid(live.facts(Booked)[0].occurrence)

    seen = {
        one.id
        for one in live.record.people.values()
        if uid in {entry.uid for entry in feed_entries(live.record, one.person)}
    }

    assert seen == {"e0", mentor_of(live, "e0")}


def test_the_entry_of_a_talk_names_the_other_and_not_the_group() -> None:
    live = booked()
    others = [f"{one.capitalize()} Fugl" for one in others_of(live, "e0")]

    (post,) = [post for post in live.posts("e0") if post.subject == "Booked: Talk"]

    mentor = live.record.people[live.person(mentor_of(live, "e0"))].name
    assert post.sections[0].paragraphs == (f"Your talk with {mentor} is booked.",)
    assert post.entry is not None
    assert post.entry.description == f"With {mentor}. Relay."
    assert not [one for one in others if one in repr(post)]


def test_both_are_asked_whether_they_met_and_nobody_else_is() -> None:
    live = booked()

    live.until(TIME + DAY)

    asked = {
        live.record.people[post.person].id: section.paragraphs[0]
        for post in live.posts(kind="letter")
        for section in post.sections
        if "did you meet" in section.title
    }
    assert set(asked) == {"e0", mentor_of(live, "e0")}
    assert "Your talk with E0 Fugl was" in asked[mentor_of(live, "e0")]


def test_a_mentor_does_not_have_two_talks_at_once() -> None:
    live = booked()
    other = others_of(live, "e0")[0]

    with pytest.raises(RefusedError, match="at that time there is talk-"):
        live.book(other, TIME + HOUR)

    live.book(other, TIME + 2 * HOUR)
    assert len(live.facts(Booked)) == 2


def test_mentees_of_two_mentors_may_talk_at_the_same_time() -> None:
    live = booked()
    other = next(
        id_
        for id_ in ("e1", "e2", "e3")
        if mentor_of(live, id_) != mentor_of(live, "e0")
    )

    live.book(other, TIME)

    assert {one.starts for one in live.facts(Booked)} == {TIME}


def test_without_saying_whose_it_is_nothing_is_booked() -> None:
    live = begun()

    with pytest.raises(RefusedError, match="meets one by one") as refused:
        live.book(mentor_of(live, "e0"), TIME)

    assert "--as ID" in refused.value.remedy
