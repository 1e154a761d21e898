"""Three group meetings and a personal talk: the variant against what is told of it."""

from tests.acceptance.programmes.shipped import (
    SPECS,
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
    written,
)

NAME, BASE = "group-three-plus-one", "group-mentoring"
MEETINGS, TALK = "group-meeting", "personal-talk"


def test_it_extends_group_mentoring_and_changes_only_what_differs() -> None:
    here, there = (
        {activity.slug: written(activity) for _, activity in spec(name).activities()}
        for name in (NAME, BASE)
    )

    differing = {slug for slug in {*here, *there} if here.get(slug) != there.get(slug)}

    text = (SPECS / NAME / "programme.yaml").read_text(encoding="utf-8")
    assert f"\nextends: {BASE}\n" in text
    assert differing == {MEETINGS, TALK}
    assert here[MEETINGS] == {**there[MEETINGS], "times": 3}
    assert spec(NAME).matches == spec(BASE).matches
    assert names(NAME, "intro") == names(BASE, "intro")


def test_there_are_three_mentors_and_eighteen_mentees_in_groups_of_six() -> None:
    groups = [len(match["mentee"]) for match in members(NAME, "group")]

    assert (groups, proposal(NAME, "group").status) == ([6, 6, 6], "optimal")
    assert len(with_roles(NAME, "mentor")) == 3
    assert len(with_roles(NAME, "mentee")) == 18
    assert files(NAME).people == files(BASE).people


def test_each_group_meets_three_times_about_a_month_apart_for_three_hours() -> None:
    assert times(matched(NAME), MEETINGS) == [
        ("2028-09-12 16:00", "2028-09-12 19:00"),
        ("2028-10-10 16:00", "2028-10-10 19:00"),
        ("2028-11-07 16:00", "2028-11-07 19:00"),
    ]
    assert len(audience(matched(NAME), MEETINGS)) == 9


def test_each_mentee_has_one_talk_with_their_own_mentor_and_nobody_else() -> None:
    own = sorted(
        sorted([mentor.id, mentee.id])
        for match in members(NAME, "group")
        for mentor in match["mentor"]
        for mentee in match["mentee"]
    )

    assert sorted(map(sorted, audience(matched(NAME), TALK))) == own
    assert len(own) == 18


def test_the_mentee_books_the_talk_between_the_second_meeting_and_the_last() -> None:
    talk = told(NAME, TALK)

    assert {key: talk[key] for key in ("booked by", "one by one", "times")} == {
        "booked by": "mentee",
        "one by one": "mentee",
        "times": 1,
    }
    assert times(matched(NAME), TALK) == [("2028-10-10 00:00", "2028-11-07 23:59")]


def test_work_lies_between_the_group_meetings_and_not_the_talks() -> None:
    year = matched(NAME)

    # Three days before a Tuesday is a Saturday: a deadline moves to the Friday.
    due = [ends for _, ends in times(year, "reflection")]
    assert due == ["2028-10-06 23:59", "2028-11-03 23:59"]


def test_the_mentors_meet_after_each_round_but_the_last_and_before_but_the_first() -> (
    None
):
    year = matched(NAME)

    assert times(year, "mentors-review") == [
        ("2028-09-13 09:00", "2028-09-13 10:00"),
        ("2028-10-11 09:00", "2028-10-11 10:00"),
    ]
    assert times(year, "mentors-preparation") == [
        ("2028-10-09 09:00", "2028-10-09 10:00"),
        ("2028-11-06 09:00", "2028-11-06 10:00"),
    ]


def test_talks_end_before_the_evaluation_and_the_whole_within_four_months() -> None:
    year = matched(NAME)
    zone = year.record.days.zone

    last = max(one.ends for one in year.timeline.occurrences.values())

    assert told(NAME, TALK)["until"] == "13 weeks after kick-off"
    assert times(year, "final")[0][0] == "2028-12-13 08:00"
    assert f"{zone.local(last):%Y-%m-%d}" <= "2029-01-06"
