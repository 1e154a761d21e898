"""How it is said who is left over, what would help, and what is broken."""

import pytest

from engine.ids import PersonId
from engine.matching import (
    Breach,
    Shortage,
    Unmatched,
    Waiver,
    word_breach,
    word_shortage,
    word_unmatched,
    word_waiver,
)
from engine.matching.verify import Kind
from tests.unit.matching.cases import (
    SIDES,
    ids,
    pair,
)
from tests.unit.matching.test_wording import DIFFERENT, KARI, NAMES, OUTSIDE


def _people(count: int) -> tuple[PersonId, ...]:
    return ids(*map(str, range(count)))


@pytest.mark.parametrize(
    ("people", "partners", "places", "en", "da"),
    [
        (
            14,
            13,
            13,
            "14 mentees share 13 possible mentors",
            "14 mentees deles om 13 mulige mentorer",
        ),
        (
            2,
            1,
            1,
            "2 mentees share 1 possible mentor",
            "2 mentees deles om 1 mulig mentor",
        ),
        (
            5,
            2,
            3,
            "5 mentees share 3 places with 2 possible mentors",
            "5 mentees deles om 3 pladser hos 2 mulige mentorer",
        ),
        (
            1,
            0,
            0,
            "nobody may be matched with 1 mentee",
            "ingen må matches med 1 mentee",
        ),
    ],
)
def test_a_shortage_leads_with_the_count(
    people: int, partners: int, places: int, en: str, da: str
) -> None:
    shortage = Shortage(
        role="mentee",
        people=_people(people),
        partners=_people(partners),
        places=places,
    )

    assert word_shortage(shortage, SIDES, "en") == en
    assert word_shortage(shortage, SIDES, "da") == da


def test_a_waiver_names_the_pair_and_the_rules() -> None:
    waiver = Waiver(members=pair("bo", "kari"), broken=(DIFFERENT, OUTSIDE), points=100)

    assert word_waiver(waiver, "en", names=NAMES) == (
        'allow Bo Dal and Kari Moe despite "different departments" '
        'and "outside each other\'s reporting line"'
    )


def test_who_is_left_over_is_told_why() -> None:
    ruled_out = Unmatched(
        person=KARI,
        role="mentee",
        cause="nobody allowed",
        barriers=((DIFFERENT, 13), ("veto", 1)),
    )
    short = Unmatched(person=KARI, role="mentee", cause="shortage")
    beyond = Unmatched(person=KARI, role="mentee", cause="quota")

    assert word_unmatched(ruled_out, "en", names=NAMES) == (
        "Kari Moe: nobody may be matched with them "
        '("different departments": 13; a person\'s no: 1)'
    )
    assert word_unmatched(short, "da", names=NAMES) == "Kari Moe: for få til for mange"
    assert word_unmatched(beyond, "nb", names=NAMES) == (
        "Kari Moe: det kan ikke kobles flere fra samme sted"
    )


def test_a_breach_names_people_and_rule() -> None:
    breach = Breach(kind="rule", people=ids("bo", "kari"), rule=DIFFERENT)

    assert word_breach(breach, "da", names=NAMES) == (
        'Bo Dal og Kari Moe: bryder "different departments"'
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("apart", "Bo Dal and Kari Moe: to be together, and are not"),
        ("never", "Bo Dal and Kari Moe: to be kept apart"),
        ("fewer", 'Bo Dal and Kari Moe: fewer than "different departments"'),
        (
            "too few",
            '"different departments": too few of Bo Dal and Kari Moe are matched',
        ),
    ],
)
def test_what_the_coordinator_asked_for_and_did_not_get_is_said(
    kind: Kind, said: str
) -> None:
    breach = Breach(kind=kind, people=ids("bo", "kari"), rule=DIFFERENT)

    assert word_breach(breach, "en", names=NAMES) == said
