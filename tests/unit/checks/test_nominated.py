"""What a people file need not have where people come in by being nominated."""

from engine.checks.cohorts import check_answers, check_people
from engine.checks.nominations import check_nominators
from engine.checks.years import reckon_frozen
from tests.fakes.cohort_files import small_files
from tests.fakes.nomination_files import MENTORS, PEOPLE, nomination_files


def test_a_role_into_which_people_are_nominated_needs_nobody_yet() -> None:
    acting = nomination_files().frozen.programme
    silent = small_files().frozen.programme

    told = [
        [one.problem for one in check_people(programme, PEOPLE)]
        for programme in (acting, silent)
    ]

    assert told == [[], ["nobody is a mentee, so pair has no matches"]]


def test_answers_of_an_audience_that_still_grows_may_be_shown_one_day() -> None:
    acting, silent = nomination_files().frozen, small_files().frozen

    told = [
        [
            one.problem
            for one in check_answers(frozen.programme, reckon_frozen(frozen, MENTORS))
        ]
        for frozen in (acting, silent)
    ]

    assert told == [[], ["only 2 are asked, so no answer is ever shown"]]


def test_somebody_has_to_be_there_who_nominates() -> None:
    programme = nomination_files().frozen.programme

    there = list(check_nominators(programme, PEOPLE))
    (lacking,) = check_nominators(programme, MENTORS)

    assert there == []
    assert (lacking.problem, lacking.remedy) == (
        "nobody is a head, so nobody proposes mentees",
        "write `head` in the column roles of the participants file",
    )
