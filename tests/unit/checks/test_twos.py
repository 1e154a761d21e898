"""Whether those whom a cohort file matches, or keeps apart, can be so."""

from engine.checks.twos import check_twos
from engine.spec.cohort import Cohort
from tests.fakes.cohorts import PEOPLE, small_files
from tests.fakes.companies import PEOPLE as COMPANIES
from tests.fakes.companies import company_files

HEAD = "venues:\n"
REQUIRE = "    require:\n"


def told(added: str, rule: str = "") -> list[tuple[str, str]]:
    """Return what is said of the small cohort with lines in its file."""
    edits = {REQUIRE: f"{REQUIRE}      - {rule}\n"} if rule else {}
    frozen = small_files(edits, {HEAD: f"{added}\n{HEAD}"}).frozen
    found = check_twos(frozen.cohort, frozen.programme, PEOPLE)
    return [(one.problem, one.remedy) for one in found]


def test_two_who_can_be_in_one_match_have_no_fault() -> None:
    assert told("must match: [{two: ugle and alk}]") == []
    assert told("never match: [{two: ugle and falk}]") == []


def test_years_that_only_records_tell_stand_against_nobody() -> None:
    rule = "mentor: at most 2 years running"

    assert told("must match: [{two: ugle and alk}]", rule) == []


def test_more_than_somebody_has_room_for_is_told_of_each() -> None:
    both = "must match: [{two: falk and alk}, {two: falk and mejse}]"

    problems = [problem for problem, _ in told(both)]

    assert problems == [
        "falk and alk cannot be in one match: falk: more matches than places",
        "falk and mejse cannot be in one match: falk: more matches than places",
    ]


def test_two_who_could_be_in_several_kinds_are_asked_about() -> None:
    frozen = company_files("networks").frozen
    kinds = {**frozen.programme.matches, "circle": frozen.programme.matches["party"]}
    programme = frozen.programme.model_copy(update={"matches": kinds})
    members = [one.id for one in COMPANIES["networks"] if "member" in one.roles][:2]
    two = {"two": " and ".join(members)}
    cohort = Cohort.model_validate(
        {**frozen.cohort.model_dump(by_alias=True), "must match": [two]}
    )

    (found,) = check_twos(cohort, programme, COMPANIES["networks"])

    assert found.problem == f"{two['two']} could be in party and circle"
    assert found.remedy == "write `in: party` or `in: circle` beside it"
