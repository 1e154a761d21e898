"""The files of small cohorts whose matches are of more than two, one for each shape."""

from collections.abc import Mapping, Sequence
from functools import cache

from engine.commands.apply import Files
from engine.frozen import freeze
from engine.ids import CohortId, PersonId
from engine.people import Participant, Value
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read
from integrations.spec_files import built_in_texts
from tests.fakes.cohort_files import COHORT, edited

DEPARTMENTS = ("Health", "Schools", "Culture", "Parks", "Tax", "Roads", "Care")

PROGRAMME = """\
stafet: 1
programme: relay
title: {da: Stafet, en: Relay}
timezone: Europe/Copenhagen
languages: [da, en]
people:
  years: {type: number}
  gender: {type: text}
  wishes: {type: people, up to: 3}
  capacity: {type: number}
matches:
  party:
MATCH
phases:
  - phase: intro
    from: 5 weeks before kick-off
    until: kick-off
    activities:
      - matching: party
        when: 4 weeks before kick-off
  - phase: kick-off
    from: kick-off
    until: closing
    activities:
      - gathering: kick-off
        when: the cohort's kick-off
        lasts: 3 hours
        invite: 4 weeks before
      - meeting: talk
        with: party
        first: within 14 days of kick-off
        then every: 4 to 6 weeks
        until: closing
        lasts: 90 minutes
        booked by: BOOKER
      - gathering: closing
        when: 3 months after kick-off
        on: Wednesday
        starts: 13:00
        lasts: 4 hours
"""

MATCHES: Mapping[str, str] = {
    "groups": """\
    shape: groups
    roles: [mentor, mentee]
    size: 3 mentees to 1 mentor
    require:
      - mentee: at least 2 years
      - mentor and mentee: outside each other's reporting line
      - mentees of a group: different departments
    confirm: mentor first, then mentee
    when someone leaves: never refill
""",
    "trios": """\
    shape: trios
    roles: [talent, manager, mentor]
    require:
      - talent and mentor: different departments
      - managers and mentors: no two swap talents
    prefer:
      - talent's wishes in order: 3
    confirm: mentor first, then talent
""",
    "buddies": """\
    shape: buddies
    roles: [talent]
    require:
      - buddies: different departments
    prefer:
      - one's wishes in order: 2
    confirm: everyone
    when someone leaves: rematch
""",
    "networks": """\
    shape: networks
    roles: [member]
    size: 3 to 4 members
    joined by: consultant
    require:
      - members of a network: at most 2 from the same department
    prefer:
      - members of a network, different departments: 2
    when someone leaves: refill
""",
}
BOOKERS: Mapping[str, str] = {
    "groups": "mentor",
    "trios": "talent",
    "buddies": "talent",
    "networks": "consultant",
}


def somebody(
    id_: str, *roles: str, department: str = "", manager: str = "", **values: Value
) -> Participant:
    """Return a person as the people file tells of them."""
    return Participant(
        person=PersonId(""),
        id=id_,
        name=f"{id_.capitalize()} Fugl",
        email=f"{id_}@example.org",
        language="en",
        roles=roles,
        department=department,
        manager=manager,
        values=values,
    )


def _groups() -> list[Participant]:
    mentees = [
        somebody(f"e{one}", "mentee", department=DEPARTMENTS[one], years=one + 2)
        for one in range(6)
    ]
    return [somebody("m0", "mentor"), somebody("m1", "mentor"), *mentees]


def _trios() -> list[Participant]:
    """Return three talents, each of whom wishes for the next one's manager."""
    managers = [
        somebody(f"b{one}", "manager", "mentor", department=DEPARTMENTS[one])
        for one in range(3)
    ]
    talents = [
        somebody(
            f"t{one}",
            "talent",
            department=DEPARTMENTS[one],
            manager=f"b{one}",
            wishes=(f"b{(one + 1) % 3}",),
        )
        for one in range(3)
    ]
    return [*managers, *talents]


def _buddies() -> list[Participant]:
    return [
        somebody(
            f"t{one}",
            "talent",
            department=DEPARTMENTS[one],
            wishes=(f"t{(one + 2) % 5}",),
        )
        for one in range(5)
    ]


def _networks() -> list[Participant]:
    members = [
        somebody(f"n{one}", "member", department=DEPARTMENTS[one % 4])
        for one in range(7)
    ]
    return [*members, somebody("c1", "consultant")]


PEOPLE: Mapping[str, Sequence[Participant]] = {
    "groups": _groups(),
    "trios": _trios(),
    "buddies": _buddies(),
    "networks": _networks(),
}
"""A few people of each shape who can all be placed."""


@cache
def company_files(shape: str) -> Files:
    """Return the files of a cohort with matches of this shape."""
    text = edited(PROGRAMME, {"MATCH\n": MATCHES[shape], "BOOKER": BOOKERS[shape]})
    programme = read(text, source="programme.yaml", model=Programme).checked()
    cohort = read(COHORT, source="cohort.yaml", model=Cohort).checked()
    return Files(
        id=CohortId("relay/2027"),
        frozen=freeze(programme, cohort, built_in_texts()),
        people=PEOPLE[shape],
    )
