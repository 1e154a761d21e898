"""One programme for three ministries, held against what is told of it."""

from collections import Counter
from dataclasses import replace

from engine.commands.proposing import solution_for
from engine.commands.sketch import sketch
from engine.coordinators import coordinator_of
from engine.people import Participant
from tests.acceptance.programmes.shipped import (
    audience,
    files,
    matched,
    members,
    proposal,
    spec,
    times,
    with_roles,
)

NAME = "ministries-joint"


def test_eleven_pairs_are_twenty_two_participants_of_three_ministries() -> None:
    people = {one.id for pair in the_pairs() for one in pair}

    assert len(the_pairs()) == 11
    assert people == with_roles(NAME, "mentor", "mentee")
    assert len(people) == 22
    assert len({one.department for one in files(NAME).people}) == 3
    assert proposal(NAME, "pair").status == "optimal"


def test_each_ministry_has_a_coordinator_for_its_own_people() -> None:
    record = sketch(files(NAME)).record

    found = {
        one.department: coordinator_of(record, one.person).name
        for one in record.participants
    }

    assert found == {
        "Klimadepartementet": "Klara Klima",
        "Kulturdepartementet": "Kurt Kultur",
        "Samferdselsdepartementet": "Kari Koordinator",
    }


def test_mentor_and_mentee_come_from_different_ministries() -> None:
    assert all(mentor.department != mentee.department for mentor, mentee in the_pairs())


def test_every_mentor_knows_what_it_is_to_lead_and_none_is_close() -> None:
    close = {
        frozenset((one.id, other))
        for one in files(NAME).people
        for other in known_too_well(one)
    }

    assert {mentor.values["leads"] for mentor, _ in the_pairs()} == {True}
    assert close == {
        frozenset(two) for two in (("m01", "t05"), ("m02", "t11"), ("m10", "t11"))
    }
    assert close.isdisjoint(frozenset((a.id, b.id)) for a, b in the_pairs())


def test_it_is_the_rule_that_keeps_those_apart_who_are_close() -> None:
    match = spec(NAME).matches["pair"]
    rule = {"mentor and mentee": "not among each other's close to"}
    without = [one for one in match.require if one != rule]

    record = sketch(files(NAME)).record
    waived = record.frozen.programme.model_copy(
        update={"matches": {"pair": match.model_copy(update={"require": without})}}
    )
    frozen = record.frozen.model_copy(update={"programme": waived})
    pairs = solution_for(replace(record, frozen=frozen), "pair").matches

    people = record.people
    assert ["m02", "t11"] in [
        [people[one].id for role in match.members.values() for one in role]
        for match in pairs
    ]


def test_there_are_three_half_day_gatherings_in_a_year_and_no_more() -> None:
    gatherings = {
        activity.name: times(matched(NAME), activity.slug)
        for _, activity in spec(NAME).activities()
        if activity.kind == "gathering"
    }

    assert gatherings == {
        "kick-off": [("2027-10-20 12:00", "2027-10-20 16:00")],
        "midway": [("2028-04-19 12:00", "2028-04-19 16:00")],
        "closing": [("2028-10-18 12:00", "2028-10-18 16:00")],
    }
    for name in gatherings:
        assert audience(matched(NAME), name) == [with_roles(NAME, "mentor", "mentee")]


def test_it_is_deliberately_simple() -> None:
    kinds = Counter(activity.kind for _, activity in spec(NAME).activities())

    assert kinds == {
        "nomination": 1,
        "matching": 1,
        "gathering": 3,
        "meeting": 1,
        "evaluation": 1,
    }


def test_the_pairs_have_their_own_conversations() -> None:
    pairs = [{one.id for one in pair} for pair in the_pairs()]

    met = audience(matched(NAME), "conversation")

    assert all(pair in met for pair in pairs)
    assert all(people in pairs for people in met)


def test_it_speaks_norwegian_and_keeps_norwegian_holidays() -> None:
    programme = spec(NAME)

    assert programme.timezone == "Europe/Oslo"
    assert programme.languages[0] == "nb"
    assert programme.calendar.holidays == "NO"


def the_pairs() -> list[tuple[Participant, Participant]]:
    """Return mentor and mentee of each proposed pair."""
    return [(match["mentor"][0], match["mentee"][0]) for match in members(NAME, "pair")]


def known_too_well(one: Participant) -> tuple[str, ...]:
    """Return whom somebody is close to, by id in the people file."""
    told = one.values["close to"]
    return told if isinstance(told, tuple) else ()
