"""One mentor and six mentees: the shipped programme against what is told of it."""

from itertools import combinations

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

NAME = "group-mentoring"


def test_three_groups_have_six_mentees_and_one_mentor_each() -> None:
    assert [len(mentees) for _, mentees in the_groups()] == [6, 6, 6]
    assert len({mentor.id for mentor, _ in the_groups()}) == 3
    assert {one.id for _, mentees in the_groups() for one in mentees} == with_roles(
        NAME, "mentee"
    )
    assert proposal(NAME, "group").status == "optimal"


def test_one_group_is_of_leaders_and_two_are_of_aspirants() -> None:
    tracks = [
        {one.values["track"] for one in (mentor, *mentees)}
        for mentor, mentees in the_groups()
    ]

    assert sorted(tracks, key=str) == [{"aspirants"}, {"aspirants"}, {"leaders"}]


def test_one_group_is_of_women_only() -> None:
    genders = [
        {one.values["gender"] for one in (mentor, *mentees)}
        for mentor, mentees in the_groups()
    ]

    assert genders.count({"woman"}) == 1


def test_mentees_of_a_group_share_a_department_once_at_the_most() -> None:
    shared = [
        (one.id, other.id)
        for _, mentees in the_groups()
        for one, other in combinations(mentees, 2)
        if one.department == other.department
    ]

    assert len(shared) <= 1


def test_nobody_is_with_their_own_manager() -> None:
    pairs = {(mentor.id, one.id) for mentor, mentees in the_groups() for one in mentees}

    assert not {pair for pair in pairs if pair[0] in above(pair[1])}
    assert not {pair for pair in pairs if pair[1] in above(pair[0])}


def test_mentees_have_two_years_in_the_organisation_at_least() -> None:
    years = [one.values["years"] for _, mentees in the_groups() for one in mentees]

    assert all(isinstance(told, int) and told >= 2 for told in years)
    assert {"mentee": "at least 2 years"} in spec(NAME).matches["group"].require


def test_directors_are_asked_for_a_woman_and_a_man_and_may_propose_again() -> None:
    nomination = told(NAME, "mentees")

    asked = ("nominators", "each", "more than once", "places")
    assert {key: nomination[key] for key in asked} == {
        "nominators": "director",
        "each": "1 woman and 1 man",
        "more than once": "allowed",
        "places": 18,
    }


def test_directors_nominate_a_man_and_a_woman_from_their_own_departments() -> None:
    people = {one.id: one for one in files(NAME).people}
    nominated: dict[str, list[Participant]] = {}
    for _, mentees in the_groups():
        for one in mentees:
            nominated.setdefault(str(one.values["nominated by"]), []).append(one)

    assert set(nominated) == with_roles(NAME, "director")
    for director, theirs in nominated.items():
        assert {one.department for one in theirs} == {people[director].department}
        genders = {one.values["gender"] for one in theirs}
        # Of a single one the other said no.
        assert len(theirs) == 1 or genders == {"man", "woman"}, director


def test_a_running_group_is_never_refilled() -> None:
    assert spec(NAME).matches["group"].when_someone_leaves == "never refill"


def test_what_comes_before_the_kick_off_is_in_the_order_told() -> None:
    assert names(NAME, "intro") == [
        "task terms-of-reference",
        "task recruit-mentors",
        "nomination mentees",
        "matching group",
        "gathering mentor-training",
    ]


def test_the_mentors_are_trained_for_half_a_day_before_the_kick_off() -> None:
    year = matched(NAME)

    assert times(year, "mentor-training") == [("2027-08-11 12:00", "2027-08-11 16:00")]
    assert times(year, "kick-off") == [("2027-09-01 13:00", "2027-09-01 14:00")]
    assert audience(year, "mentor-training") == [with_roles(NAME, "mentor")]


def test_groups_meet_four_times_for_three_hours_right_after_working_hours() -> None:
    assert str(spec(NAME).calendar.working_hours) == "8-16"
    assert times(matched(NAME), "group-meeting") == [
        ("2027-09-07 16:00", "2027-09-07 19:00"),
        ("2027-10-05 16:00", "2027-10-05 19:00"),
        ("2027-11-02 16:00", "2027-11-02 19:00"),
        ("2027-11-30 16:00", "2027-11-30 19:00"),
    ]


def test_each_group_meets_by_itself() -> None:
    groups = [
        {one.id for one in (mentor, *mentees)} for mentor, mentees in the_groups()
    ]

    met = audience(matched(NAME), "group-meeting")

    assert sorted(map(sorted, met)) == sorted(map(sorted, groups * 4))


def test_aspirants_hand_in_an_assignment_three_days_before_the_next_meeting() -> None:
    reflection = told(NAME, "reflection")
    # Three days before a Tuesday is a Saturday: a deadline moves to the Friday.
    due = ["2027-10-01 23:59", "2027-10-29 23:59", "2027-11-26 23:59"]

    assert [ends for _, ends in times(matched(NAME), "reflection")] == due
    assert {
        key: reflection[key] for key in ("due", "takes", "hand in to", "passed round")
    } == {
        "due": "3 days before",
        "takes": "1 to 3 hours",
        "hand in to": "mentor",
        "passed round": "if the group's mentor chooses",
    }
    assert set.union(*audience(matched(NAME), "reflection")) == on_track("aspirants")


def test_leaders_get_open_questions_and_hand_nothing_in() -> None:
    questions = told(NAME, "open-questions")

    assert "hand in to" not in questions
    assert set.union(*audience(matched(NAME), "open-questions")) == on_track("leaders")


def test_the_mentors_meet_after_each_round_but_the_last() -> None:
    assert times(matched(NAME), "mentors-review") == [
        ("2027-09-08 09:00", "2027-09-08 10:00"),
        ("2027-10-06 09:00", "2027-10-06 10:00"),
        ("2027-11-03 09:00", "2027-11-03 10:00"),
    ]
    assert audience(matched(NAME), "mentors-review") == [with_roles(NAME, "mentor")] * 3


def test_the_mentors_meet_before_each_round_but_the_first() -> None:
    preparation = "mentors-preparation"

    assert times(matched(NAME), preparation) == [
        ("2027-10-04 09:00", "2027-10-04 10:00"),
        ("2027-11-01 09:00", "2027-11-01 10:00"),
        ("2027-11-29 09:00", "2027-11-29 10:00"),
    ]
    assert audience(matched(NAME), preparation) == [with_roles(NAME, "mentor")] * 3


def test_it_is_over_within_four_months_and_the_groups_go_on_as_networks() -> None:
    year = matched(NAME)
    zone = year.record.days.zone

    last = max(one.ends for one in year.timeline.occurrences.values())

    assert f"{zone.local(last):%Y-%m-%d}" <= "2028-01-01"
    assert times(year, "network") == [("2027-12-15 08:00", "2027-12-15 08:00")]
    assert audience(year, "network") == [with_roles(NAME, "mentor", "mentee")]


def test_the_sponsor_sees_totals() -> None:
    assert spec(NAME).roles["sponsor"].sees == "totals"


def the_groups() -> list[tuple[Participant, tuple[Participant, ...]]]:
    """Return the mentor and the mentees of each proposed group."""
    return [(match["mentor"][0], match["mentee"]) for match in members(NAME, "group")]


def on_track(track: str) -> set[str]:
    """Return the mentees of a track."""
    return {
        one.id
        for one in files(NAME).people
        if "mentee" in one.roles and one.values["track"] == track
    }


def above(person: str) -> set[str]:
    """Return everybody above somebody in the people file."""
    manager = {one.id: one.manager for one in files(NAME).people}
    found: set[str] = set()
    while (person := manager.get(person, "")) and person not in found:
        found.add(person)
    return found
