"""Leadership talents in trios: the shipped programme against what is told of it."""

from collections import Counter

from engine.people import Participant
from tests.acceptance.programmes.shipped import (
    audience,
    files,
    matched,
    members,
    names,
    proposal,
    spec,
    times,
    told,
    with_roles,
)

NAME = "talent-trio"


def test_thirty_five_talents_come_from_all_departments() -> None:
    talents = [one for one in files(NAME).people if "talent" in one.roles]

    assert len(talents) == 35
    assert {one.department for one in talents} == {
        one.department for one in files(NAME).people
    }


def test_every_talent_is_in_one_trio() -> None:
    assert sorted(talent.id for talent, _, _ in the_trios()) == sorted(
        with_roles(NAME, "talent")
    )
    assert proposal(NAME, "trio").status == "optimal"


def test_a_trio_has_the_talents_own_nearest_manager() -> None:
    assert [(talent.id, talent.manager) for talent, _, _ in the_trios()] == [
        (talent.id, manager.id) for talent, manager, _ in the_trios()
    ]


def test_a_mentor_is_of_another_department_and_never_the_manager() -> None:
    assert not [
        (talent.id, mentor.id)
        for talent, manager, mentor in the_trios()
        if talent.department == mentor.department or manager.id == mentor.id
    ]


def test_no_two_managers_are_mentors_of_each_others_talents() -> None:
    guided = {(manager.id, mentor.id) for _, manager, mentor in the_trios()}
    rule = {"managers and mentors": "no two swap talents"}

    assert not {pair for pair in guided if pair[::-1] in guided}
    assert rule in spec(NAME).matches["trio"].require


def test_no_mentor_takes_more_talents_than_they_can() -> None:
    capacity = {one.id: one.values["capacity"] for one in files(NAME).people}
    taken = Counter(mentor.id for _, _, mentor in the_trios())

    assert {one: count for one, count in taken.items() if count != capacity[one]} == {
        one: 1 for one, count in taken.items() if count == 1
    }
    assert max(taken.values()) == 2


def test_every_talent_has_a_buddy_of_another_department() -> None:
    # Thirty-five are odd in number, so three are buddies together.
    assert Counter(len(buddies) for buddies in the_buddies()) == {2: 16, 3: 1}
    assert {one.id for buddies in the_buddies() for one in buddies} == with_roles(
        NAME, "talent"
    )
    assert all(
        len({one.department for one in buddies}) == len(buddies)
        for buddies in the_buddies()
    )


def test_two_bootcamps_last_three_working_days_each() -> None:
    bootcamps = times(matched(NAME), "bootcamp")

    assert bootcamps == [
        ("2028-06-06 09:00", "2028-06-08 16:00"),
        ("2028-10-03 09:00", "2028-10-05 16:00"),
    ]
    assert (
        audience(matched(NAME), "bootcamp")
        == [with_roles(NAME, "talent", "problem owner")] * 2
    )


def test_the_year_goes_from_february_to_february() -> None:
    year = matched(NAME)

    # A Saturday a year later: the nearest Wednesday is three days before.
    assert times(year, "kick-off") == [("2028-02-03 12:00", "2028-02-03 16:00")]
    assert times(year, "closing") == [("2029-01-31 12:00", "2029-01-31 16:00")]


def test_mentors_and_managers_are_trained_before_the_kick_off() -> None:
    year = matched(NAME)

    assert times(year, "mentor-training") == [("2028-01-13 09:00", "2028-01-13 15:00")]
    assert times(year, "manager-training") == [("2028-01-20 09:00", "2028-01-20 13:00")]
    assert audience(year, "mentor-training") == [with_roles(NAME, "mentor")]
    assert audience(year, "manager-training") == [with_roles(NAME, "manager")]


def test_seminar_days_are_for_talents_and_mentors_together() -> None:
    seminars = audience(matched(NAME), "seminar-day")

    assert seminars == [with_roles(NAME, "talent", "mentor")] * 3


def test_the_selection_is_in_the_order_told() -> None:
    assert names(NAME, "selection") == [
        "task succession",
        "task criteria",
        "nomination talents",
        "gathering assessment-day",
        "matching trio",
        "matching buddies",
    ]
    assert audience(matched(NAME), "succession") == [with_roles(NAME, "director")]
    assert audience(matched(NAME), "assessment-day") == [with_roles(NAME, "talent")]


def test_35_are_chosen_by_criteria_after_the_assessment_day() -> None:
    nomination = told(NAME, "talents")

    assert (nomination["places"], nomination["admitted"]) == (35, "by the coordinator")
    assert nomination["criteria"]
    assert told(NAME, "assessment-day")["for"] == "nominees"


def test_a_trio_talks_of_development_new_tasks_and_the_coming_role() -> None:
    meeting = told(NAME, "trio-meeting")

    assert meeting["with"] == "trio"
    assert meeting["agenda"] == [
        {"da": "Udvikling", "en": "Development"},
        {"da": "Nye opgaver i jobbet", "en": "New tasks at work"},
        {"da": "Den kommende lederrolle", "en": "The coming leadership role"},
    ]


def test_talents_fill_in_a_form_learn_in_modules_and_end_in_a_pool() -> None:
    year = matched(NAME)

    for activity in ("trio-form", "module-1", "module-2", "diploma"):
        assert audience(year, activity) == [with_roles(NAME, "talent")], activity
    assert told(NAME, "diploma")["earned by"] == ["2 of bootcamp"]
    assert times(year, "talent-pool") == [("2029-02-07 08:00", "2029-02-21 23:59")]


def the_trios() -> list[tuple[Participant, Participant, Participant]]:
    """Return talent, manager and mentor of each proposed trio."""
    return [
        (match["talent"][0], match["manager"][0], match["mentor"][0])
        for match in members(NAME, "trio")
    ]


def the_buddies() -> list[tuple[Participant, ...]]:
    """Return the talents who are buddies."""
    return [match["talent"] for match in members(NAME, "buddies")]
