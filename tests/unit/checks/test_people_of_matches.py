"""Whether the people of a cohort can be in its matches at all."""

from dataclasses import replace

from engine.checks.cohorts import check_people
from tests.fakes.companies import PEOPLE, company_files


def test_people_who_can_all_be_placed_have_no_fault() -> None:
    told = {
        shape: list(check_people(company_files(shape).frozen.programme, people))
        for shape, people in PEOPLE.items()
    }

    assert told == {shape: [] for shape in PEOPLE}


def test_talents_whose_manager_takes_no_part_are_named() -> None:
    programme = company_files("trios").frozen.programme
    people = [
        replace(one, manager="Zoe <zoe@example.org>") if one.id == "t1" else one
        for one in PEOPLE["trios"]
    ]

    (finding,) = check_people(programme, people)

    assert (finding.problem, finding.remedy) == (
        "the manager of t1 takes no part",
        "name their nearest manager, who needs the role `manager` too",
    )


def test_a_network_that_nobody_can_join_is_told() -> None:
    programme = company_files("networks").frozen.programme
    people = [one for one in PEOPLE["networks"] if "consultant" not in one.roles]

    (finding,) = check_people(programme, people)

    assert finding.problem == "nobody is a consultant, so party has no matches"
