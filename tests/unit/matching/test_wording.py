"""How a match is explained, in each language."""

from dataclasses import replace

import pytest

from engine.matching import (
    Alternative,
    Column,
    Price,
    Reason,
    of_two,
    parse_rules,
    rate,
    word,
    word_alternative,
)
from tests.unit.matching.cases import (
    BOTH,
    PREFER,
    REQUIRE,
    SIDES,
    ids,
    pair,
    person,
    problem,
    rules,
)

MENTOR = person(
    "bo",
    "mentor",
    department="Health",
    level="director",
    location="Aarhus",
    remote=True,
    strengths=("strategy", "conflict"),
)
MENTEE = person(
    "kari",
    "mentee",
    department="Schools",
    level="office",
    location="Aarhus",
    remote=False,
    goals=("strategy", "finance", "Conflict"),
    wishes=("eva", "bo"),
)
NAMES = {ids("bo")[0]: "Bo Dal", ids("kari")[0]: "Kari Moe"}
KARI = ids("kari")[0]
DIFFERENT, OUTSIDE = rules(REQUIRE).require


def reasons(
    require: tuple[tuple[str, str], ...], prefer: tuple[tuple[str, int], ...]
) -> tuple[Reason, ...]:
    return rate(
        problem([MENTOR, MENTEE], rules(require, prefer)),
        {"mentor": (MENTOR.person,), "mentee": (MENTEE.person,)},
    ).reasons


def preferred(sentence: str) -> Reason:
    return reasons((), ((sentence, 1),))[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "different departments: Health and Schools",
                "outside each other's reporting line",
                "covers 2 of 3 goals: strategy, Conflict",
                "the mentee's second wish",
                "level: director above office",
            ],
        ),
        (
            "da",
            [
                "forskellige forvaltninger: Health og Schools",
                "uden for hinandens ledelseslinje",
                "dækker 2 af 3 mål: strategy, Conflict",
                "mentees andet ønske",
                "niveau: director over office",
            ],
        ),
        (
            "nb",
            [
                "ulike avdelinger: Health og Schools",
                "utenfor hverandres lederlinje",
                "dekker 2 av 3 mål: strategy, Conflict",
                "andre ønske fra mentee",
                "nivå: director over office",
            ],
        ),
    ],
)
def test_a_match_is_explained_rule_by_rule(language: str, said: list[str]) -> None:
    given = reasons(REQUIRE, PREFER)

    assert [word(one, language) for one in given] == said
    assert [(one.points, one.most) for one in given] == [
        (0, 0),
        (0, 0),
        (333, 500),
        (200, 300),
        (200, 200),
    ]


@pytest.mark.parametrize(
    ("sentence", "en", "da"),
    [
        (
            f"{BOTH}, same location",
            "same location: Aarhus",
            "samme arbejdssted: Aarhus",
        ),
        (f"{BOTH}, same years", "years not told", "years ikke oplyst"),
        (
            f"{BOTH}, same remote",
            "different remote: yes and no",
            "forskel i remote: ja og nej",
        ),
        (
            "mentee's level above mentor's",
            "level: office below director",
            "niveau: office under director",
        ),
        (
            "mentor's strengths cover mentee's strengths",
            "no strengths named",
            "ingen styrker angivet",
        ),
        (
            "mentee's strengths cover mentor's strengths",
            "covers none of 2 strengths",
            "dækker ingen af 2 styrker",
        ),
        (
            f"{BOTH}, not among each other's wishes",
            "one is among the other's wishes",
            "den ene er blandt den andens ønsker",
        ),
        (
            "mentor's wishes in order",
            "the mentor named no wishes",
            "mentor har ikke angivet ønsker",
        ),
    ],
)
def test_what_speaks_against_a_match_is_said_too(
    sentence: str, en: str, da: str
) -> None:
    reason = preferred(sentence)

    assert (word(reason, "en"), word(reason, "da")) == (en, da)


def test_two_who_do_not_name_each_other_are_said_to_be_no_acquaintances() -> None:
    people = [
        replace(person(one, role), values={"close to": ("nn",)})
        for one, role in (("bo", "mentor"), ("kari", "mentee"))
    ]
    given = parse_rules(
        [(BOTH, "not among each other's close to")],
        [],
        columns={"close to": Column(kind="people")},
        speech=of_two(SIDES),
    )

    (reason,) = rate(problem(people, given), pair("bo", "kari")).reasons

    assert [word(reason, language) for language in ("en", "da", "nb")] == [
        "not among each other's acquaintances",
        "ikke blandt hinandens bekendte",
        "ikke blant hverandres bekjente",
    ]


def test_columns_may_be_given_titles() -> None:
    reason = preferred(f"{BOTH}, same remote")

    said = word(reason, "da", titles={"remote": "hjemmearbejde"})

    assert said == "forskel i hjemmearbejde: ja og nej"


def test_an_unknown_language_gets_english() -> None:
    assert word(preferred(PREFER[1][0]), "fi") == "the mentee's second wish"


@pytest.mark.parametrize(
    ("price", "en", "da"),
    [
        (Price(pairs=0, worst=0, total=0), "at no cost", "koster intet"),
        (
            Price(pairs=1, worst=-5, total=300),
            "1 fewer matched, worst match 5 points higher, 300 points less in total",
            "1 færre matchet, dårligste match 5 point højere, 300 point mindre i alt",
        ),
        (
            Price(pairs=-1, worst=1, total=-2),
            "1 more matched, worst match 1 point lower, 2 points more in total",
            "1 flere matchet, dårligste match 1 point lavere, 2 point mere i alt",
        ),
        (
            Price(pairs=0, worst=0, total=0, first=1, load=2),
            "1 fewer of those left out last time, load less even",
            "1 færre af dem, der sidst ikke fik et match, mere ujævnt fordelt",
        ),
    ],
)
def test_the_price_of_an_alternative_is_said(price: Price, en: str, da: str) -> None:
    alternative = Alternative(
        person=KARI, partner=ids("bo")[0], points=450, price=price
    )

    assert word_alternative(alternative, "en", names=NAMES) == (
        f"Bo Dal, 450 points: {en}"
    )
    assert word_alternative(alternative, "da", names=NAMES) == (
        f"Bo Dal, 450 point: {da}"
    )


def test_of_several_it_is_told_whose_alternative_it_is() -> None:
    alternative = Alternative(
        person=KARI,
        partner=ids("bo")[0],
        points=450,
        price=Price(pairs=0, worst=0, total=0),
    )

    told = [
        word_alternative(alternative, language, names=NAMES, whose=True)
        for language in ("en", "da", "nb")
    ]

    assert told == [
        "Kari Moe with Bo Dal, 450 points: at no cost",
        "Kari Moe med Bo Dal, 450 point: koster intet",
        "Kari Moe med Bo Dal, 450 poeng: koster ingenting",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "different departments: Children and Youth / Health"),
        ("da", "forskellige forvaltninger: Children and Youth og Health"),
    ],
)
def test_names_with_an_and_are_told_apart(language: str, said: str) -> None:
    people = {
        "mentor": person("bo", "mentor", department="Children and Youth"),
        "mentee": person("kari", "mentee", department="Health"),
    }
    match = rate(problem(list(people.values()), rules(REQUIRE[:1])), pair("bo", "kari"))

    assert word(match.reasons[0], language) == said
