"""A coordinator keeps two apart whose match is proposed, and sees what that costs."""

from pathlib import Path

import pytest

from tests.acceptance.test_commands import Stafet, shipped

MORNING = "2027-08-09T08:00+02:00"
MATCHED = "2027-10-25T09:00+02:00"
COHORT = "aarhus-leadership/2027"


@pytest.fixture
def stafet(tmp_path: Path) -> Stafet:
    """The shipped cohort on the day on which its matches are proposed."""
    made = shipped(tmp_path)
    made("apply", str(made.cohort), "--yes", now=MORNING)
    made("advance", now=MATCHED)
    return made


def test_two_are_kept_apart_and_the_price_is_told(stafet: Stafet) -> None:
    told = stafet("veto", COHORT, "svale+ahorn", "--yes", now=MATCHED)

    lines = told.splitlines()
    assert [one for one in lines if "mentor:" in one] == [
        "│ mentor: svale; mentee: ahorn (450) │ mentor: spurv; mentee: ahorn (300) │"
    ]
    assert "matches 14 as now, total 9650 (-150), worst 300 (-150); optimal" in lines
    assert (
        "With nothing kept 6 of the proposed matches would be others, not 1: "
        "matches 14 as now, total 9750 (+100), worst 450 (+150)." in lines
    )
    assert f"Afterwards stafet propose {COHORT} --kind pair does that." in lines
    assert lines[-1] == "Next: stafet approve"


def test_what_is_kept_apart_is_listed_and_taken_back(stafet: Stafet) -> None:
    stafet("veto", COHORT, "svale+ahorn", "ugle+gran", "--yes", now=MATCHED)
    listed = stafet("veto", COHORT)
    stafet("veto", COHORT, "svale+ahorn", "--allow", "--yes", now=MATCHED)

    assert listed.splitlines() == [
        "pair: ahorn and svale, since 2027-10-25",
        "pair: gran and ugle, since 2027-10-25",
    ]
    assert stafet("veto", COHORT) == "pair: gran and ugle, since 2027-10-25\n"


def test_two_have_to_be_named_to_be_allowed(stafet: Stafet) -> None:
    code, _, told = stafet.run("veto", COHORT, "--allow")

    assert code == 1
    assert "name the two who may be matched again, for example ugle+alk" in told
