"""How people and matches are spread over what sorts them."""

from dataclasses import replace

from engine.distribution import Portion, distribution
from engine.ids import PersonId
from engine.people import Value
from tests.fakes.cohorts import PEOPLE, recorded, small_files

COLUMNS = {
    "  wishes:": "  grade: {type: scale, values: [junior, senior]}\n"
    "  gender: {type: text}\n  note: {type: text}\n  wishes:"
}
TOLD: dict[str, dict[str, Value]] = {
    "ugle": {"grade": "senior", "gender": "woman", "note": "likes owls"},
    "falk": {"grade": "junior", "gender": "Woman ", "note": "is new"},
    "alk": {"grade": "junior", "gender": None, "note": "swims"},
    "mejse": {"grade": "senior", "gender": "man", "note": "sings"},
}


def test_each_role_is_counted_by_every_column_that_sorts_it() -> None:
    people = [
        replace(
            one,
            department={"ugle": "A", "falk": "B"}.get(one.id, "C"),
            values={**one.values, **TOLD[one.id]},
        )
        for one in PEOPLE
    ]
    ugle = people[0]
    people.append(
        replace(
            ugle,
            id="spurv",
            person=PersonId("p9"),
            email="spurv@example.org",
            values={**ugle.values, "note": "hums"},
        )
    )
    record = recorded(small_files(COLUMNS, people=people)).record
    ids = {one.id: one.person for one in record.participants}
    matches = [{"mentor": (ids["ugle"],), "mentee": (ids["alk"],)}]

    found = distribution(record, "pair", matches)

    def portion(
        role: str, column: str, value: str, people: int, matched: int
    ) -> Portion:
        return Portion(
            role=role, column=column, value=value, people=people, matched=matched
        )

    # Everybody's note is another, and all mentors have one gender, all mentees one
    # department.
    assert found == (
        portion("mentor", "department", "A", 2, 1),
        portion("mentor", "department", "B", 1, 0),
        portion("mentor", "grade", "junior", 1, 0),
        portion("mentor", "grade", "senior", 2, 1),
    )
