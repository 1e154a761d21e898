"""What is told of two cohorts that ask somebody to be at two things at once."""

from collections.abc import Sequence

from engine.checks import Sound, check_several
from engine.ids import CohortId
from engine.spec.cohort import Cohort
from engine.spec.faults import render
from engine.spec.reading import read
from tests.unit.checks.shipped import Edit, edited, enrolled, readings

NEXT = [
    Edit(file="cohort", old="cohort: 2027", new="cohort: 2028"),
    Edit(file="people", old="@example.org", new="@elsewhere.example"),
    Edit(file="people", old="ulla.ugle@elsewhere.example", new="Ulla.Ugle@Example.ORG"),
    Edit(file="people", old="falk@elsewhere.example", new="falk@example.org"),
]


def sound(name: str, edits: Sequence[Edit] = ()) -> Sound:
    texts = edited(edits)
    programme, _ = readings(texts)
    people = enrolled(texts["people"], programme)
    assert people is not None
    return Sound(
        id=CohortId(f"aarhus-leadership/{name}"),
        cohort=read(texts["cohort"], source=f"cohorts/{name}.yaml", model=Cohort),
        programme=programme.checked(),
        people=people,
    )


def told(*cohorts: Sound) -> str:
    return render(check_several(cohorts))


BEGINS = Edit(file="cohort", old="kick-off: 2027-11-17", new="kick-off: 2028-05-17")


def test_each_two_activities_are_told_once_in_the_file_of_the_later_cohort() -> None:
    workshop = Edit(
        file="cohort", old="  # workshop 2: 2028-05-24", new="  workshop 3: 2028-11-15"
    )

    warnings = told(sound("2027"), sound("2028", [*NEXT, BEGINS, workshop]))

    both = "warning: falk and ugle are asked to be at"
    assert warnings.splitlines() == [
        (
            f"cohorts/2028.yaml:17:1: {both} 'workshop 1' and at 'workshop 3' of "
            "aarhus-leadership/2027 at once, on 2028-08-16 13:00"
        ),
        "   17 | dates:",
        "      | ^^^^^",
        "      = write `workshop 1: 2028-08-23 13:00`: then they can come",
        "",
        (
            f"cohorts/2028.yaml:20:15: {both} 'workshop 3' and at 'closing' of "
            "aarhus-leadership/2027 at once, on 2028-11-15 13:00"
        ),
        "   20 |   workshop 3: 2028-11-15 13:00",
        "      |               ^^^^^^^^^^^^^^^^",
        "      = write `2028-11-22 13:00`: then they can come",
    ]


def test_strangers_and_one_gathering_of_both_are_no_clash() -> None:
    begins = Edit(file="cohort", old="kick-off: 2027-11-17", new="kick-off: 2028-11-15")
    follows = Edit(file="cohort", old="cohort: 2028", new="cohort: 2028\nfollows: 2027")

    apart = told(sound("2027"), sound("2028", [*NEXT[:2], BEGINS]))
    alone = told(sound("2027"), sound("2028", [*NEXT, begins]))
    handed = told(sound("2027"), sound("2028", [*NEXT, begins, follows]))

    assert apart == handed == ""
    assert "'kick-off' and at 'closing' of aarhus-leadership/2027" in alone
