"""Mentoring for senior leaders: the shipped programme against what is told of it."""

from engine.people import Participant
from tests.acceptance.programmes.shipped import (
    audience,
    files,
    matched,
    members,
    proposal,
    spec,
    times,
    told,
    with_roles,
)

NAME = "aarhus-leadership"


def test_fourteen_mentees_have_one_mentor_each_of_another_department() -> None:
    mentees = sorted(mentee.id for _, mentee in the_pairs())

    assert mentees == sorted(with_roles(NAME, "mentee"))
    assert len(mentees) == 14
    assert all(mentor.department != mentee.department for mentor, mentee in the_pairs())
    assert proposal(NAME, "pair").status == "optimal"


def test_mentees_are_leaders_of_the_top_levels_or_talents_below_them() -> None:
    levels = {mentee.values["level"] for _, mentee in the_pairs()}

    assert levels == {"director", "head of administration", "head of office", "talent"}


def test_it_lasts_from_november_to_november() -> None:
    year = matched(NAME)

    assert times(year, "kick-off") == [("2027-11-17 13:00", "2027-11-17 16:00")]
    assert times(year, "closing") == [("2028-11-15 13:00", "2028-11-15 17:00")]


def test_workshops_are_every_third_month_and_the_last_is_in_august() -> None:
    assert times(matched(NAME), "workshop") == [
        ("2028-02-23 13:00", "2028-02-23 16:00"),
        ("2028-05-17 13:00", "2028-05-17 16:00"),
        ("2028-08-16 13:00", "2028-08-16 16:00"),
    ]


def test_workshops_are_joint_for_mentees_and_for_mentors() -> None:
    assert audience(matched(NAME), "workshop") == [
        with_roles(NAME, "mentor", "mentee"),
        with_roles(NAME, "mentee"),
        with_roles(NAME, "mentor"),
    ]


def test_the_pit_stop_in_february_is_at_the_concert_hall() -> None:
    first = matched(NAME).timeline.of("workshop")[0]
    editions = told(NAME, "workshop")["editions"]
    assert isinstance(editions, list)

    assert files(NAME).frozen.cohort.venues[first.slot.place].name.startswith("Musik")
    assert [edition["theme"]["en"] for edition in editions] == [
        "Pit stop - leading under changing political winds",
        "Careers and career paths",
        "Work-life balance",
    ]


def test_people_are_told_of_the_other_department_before_the_kick_off() -> None:
    assert audience(matched(NAME), "other-department") == [
        with_roles(NAME, "mentor", "mentee")
    ]
    assert times(matched(NAME), "other-department")[0][0] == "2027-11-10 08:00"


def test_the_closing_seminar_is_the_kick_off_of_the_next_cohort() -> None:
    assert told(NAME, "closing")["together with"] == "kick-off of the next cohort"


def test_the_pair_arranges_its_own_meetings() -> None:
    pairs = [{one.id for one in pair} for pair in the_pairs()]

    assert told(NAME, "conversation")["booked by"] == "mentee"
    assert all(pair in audience(matched(NAME), "conversation") for pair in pairs)
    assert spec(NAME).matches["pair"].confirm is not None


def the_pairs() -> list[tuple[Participant, Participant]]:
    """Return mentor and mentee of each proposed pair."""
    return [(match["mentor"][0], match["mentee"][0]) for match in members(NAME, "pair")]
