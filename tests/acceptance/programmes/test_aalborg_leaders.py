"""Pairs with an agreement: the shipped programme against what is told of it."""

import datetime as dt
from itertools import pairwise

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

NAME = "aalborg-leaders"
STEPS = ("new", "some years", "experienced")


def english(texts: object) -> list[str]:
    """Return the English of texts by language."""
    assert isinstance(texts, list)
    return [text["en"] for text in texts]


def test_pairs_are_across_the_organisation() -> None:
    assert {mentee.id for _, mentee in the_pairs()} == with_roles(NAME, "mentee")
    assert all(mentor.department != mentee.department for mentor, mentee in the_pairs())
    assert proposal(NAME, "pair").status == "optimal"


def test_the_mentor_is_the_more_experienced_leader() -> None:
    assert all(
        STEPS.index(str(mentor.values["experience"]))
        > STEPS.index(str(mentee.values["experience"]))
        for mentor, mentee in the_pairs()
    )


def test_the_mentee_draws_up_an_agreement_on_goals_and_terms() -> None:
    agreement = told(NAME, "contract")

    assert agreement["drawn up by"] == "mentee"
    assert english(agreement["points"]) == [
        "Goals: what they are, when they are reached, and what help is needed",
        "Terms: how often you meet",
        "Terms: what holds for changes and cancellations",
        "Terms: who prepares the agenda",
        "Terms: how you evaluate",
    ]
    pairs = [{one.id for one in pair} for pair in the_pairs()]
    assert sorted(map(sorted, audience(matched(NAME), "contract"))) == sorted(
        map(sorted, pairs)
    )


def test_meetings_last_one_to_two_hours() -> None:
    assert told(NAME, "conversation")["lasts"] == "1 to 2 hours"


def test_meetings_are_closer_together_at_first() -> None:
    windows = [
        tuple(dt.date.fromisoformat(edge[:10]) for edge in window)
        for window in times(matched(NAME), "conversation")
    ]
    # Those of summer and Christmas wait for the end of the break.
    gaps = [
        (later[0] - (earlier[0] + (earlier[1] - earlier[0]) / 2)).days
        for earlier, later in pairwise(windows)
    ]

    assert told(NAME, "conversation")["then every"] == (
        "2 to 3 weeks for 3 months, then 5 to 6 weeks"
    )
    assert gaps[0] == 14
    assert all(gap < 5 * 7 for gap in gaps[:4])
    assert all(gap >= 5 * 7 for gap in gaps[5:])


def test_a_good_meeting_has_an_agenda_of_six_points() -> None:
    assert english(told(NAME, "conversation")["agenda"]) == [
        "What has happened since last time",
        "Agree on the purpose",
        "Explore the topics from the mentee's side",
        "Set out the options",
        "Sum up",
        "Agree on the next meeting",
    ]
    assert told(NAME, "conversation")["logbook"] == "advised"


def test_both_are_prompted_before_and_after_a_meeting() -> None:
    prompts = told(NAME, "conversation")["prompts"]
    assert isinstance(prompts, dict)

    assert {
        (role, when): english(asked)
        for role, sides in prompts.items()
        for when, asked in sides.items()
    } == {
        ("mentee", "before"): [
            "What do I recall from last time?",
            "How have I worked on my goal?",
            "What went well, and what was hard?",
        ],
        ("mentee", "after"): [
            "What was useful?",
            "What should my mentor do more of?",
            "What will I work on next?",
        ],
        ("mentor", "before"): ["What do I recall from last time?"],
        ("mentor", "after"): [
            "Where was my energy?",
            "What learning points stood out?",
            "What did I become wiser about?",
        ],
    }


def test_both_are_told_of_confidentiality_that_outlasts_the_programme() -> None:
    message = told(NAME, "confidentiality")
    text = message["text"]
    assert isinstance(text, dict)

    assert audience(matched(NAME), "confidentiality") == [
        with_roles(NAME, "mentor", "mentee")
    ]
    assert "also after the programme ends" in text["en"]
    assert "også når forløbet er slut" in text["da"]


def test_the_nearest_manager_has_no_part() -> None:
    roles = {role for one in files(NAME).people for role in one.roles}

    assert roles == {"mentor", "mentee"}
    assert spec(NAME).matches["pair"].roles == ("mentor", "mentee")


def test_the_mentors_have_a_meeting_of_their_own() -> None:
    assert audience(matched(NAME), "mentor-meeting") == [with_roles(NAME, "mentor")]


def test_it_lasts_a_year() -> None:
    year = matched(NAME)

    assert times(year, "kick-off") == [("2027-09-16 13:00", "2027-09-16 17:00")]
    assert times(year, "closing") == [("2028-09-14 13:00", "2028-09-14 15:00")]


def the_pairs() -> list[tuple[Participant, Participant]]:
    """Return mentor and mentee of each proposed pair."""
    return [(match["mentor"][0], match["mentee"][0]) for match in members(NAME, "pair")]
