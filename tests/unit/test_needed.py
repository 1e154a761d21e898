"""Who else a cohort needs, by the words of its programme."""

from dataclasses import replace

from engine.recruiting import needed
from tests.fakes.cohorts import PEOPLE, person, recorded, small_files
from tests.fakes.companies import company_files

FULL = [
    person("ugle", values={"wishes": (), "capacity": 0}),
    replace(person("falk"), department="Teknik"),
    *PEOPLE[2:],
]


def test_whoever_could_be_asked_is_told_in_each_language() -> None:
    record = recorded(small_files(people=FULL)).record

    still = "1 ville stadig være uden"
    assert needed(record, "pair", language="da") == (
        f"1 mentor mere (forvaltning: Kultur) ville give 1 flere et match; {still}",
        "2 mentorer mere (forvaltning: Kultur) ville give 2 flere et match",
    )


def test_columns_go_by_the_title_that_the_programme_gives_them() -> None:
    told = {
        "  capacity: {type: number}\n": "  capacity: {type: number}\n"
        "  town: {type: text, title: {en: Home town}}\n",
        "mentor and mentee: different departments": "mentor and mentee: same town",
    }
    people = [replace(one, values={**one.values, "town": "Vejle"}) for one in FULL]
    people[1] = replace(people[1], values={**people[1].values, "town": "Ribe"})
    record = recorded(small_files(told, people=people)).record

    still = "1 would still be without a match"
    assert needed(record, "pair", language="en") == (
        f"1 more mentor (Home town: Vejle) would place 1 more; {still}",
        "2 more mentors (Home town: Vejle) would place 2 more",
    )


def test_of_matches_without_sides_nobody_is_asked_for() -> None:
    record = recorded(company_files("networks")).record

    assert needed(record, "party", language="en") == ()
