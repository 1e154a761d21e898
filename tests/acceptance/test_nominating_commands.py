"""Nomination on the command line, in the shipped groups with two seats open."""

import re
from pathlib import Path

import pytest

from tests.acceptance.test_commands import Stafet

SPECS = Path("specs/group-mentoring")
COHORT = "group-mentoring/2027"
OPEN = ("t05", "t18")
"""A woman of Social and a man of Erhverv, whose seats are open."""

APPLIED, OPENED = "2027-05-03T09:00+02:00", "2027-06-09T10:00+02:00"
LATER = "2027-06-11T10:00+02:00"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """An installation whose nomination has opened."""
    folder = tmp_path_factory.mktemp("opened")
    target = folder / SPECS
    for path in (SPECS / "programme.yaml", *SPECS.glob("cohorts/*")):
        copy = target / path.relative_to(SPECS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(OPEN)]
        copy.write_text("".join(kept), encoding="utf-8")
    one = Stafet(folder)
    one.cohort = target / "cohorts/2027.yaml"
    one("apply", str(one.cohort), "--yes", now=APPLIED)
    one("advance", COHORT, now=OPENED)
    return one


@pytest.fixture
def stafet(opened: Stafet, tmp_path: Path) -> Stafet:
    """The same for each test, to go on from."""
    return opened.copied(tmp_path)


def stands(stafet: Stafet) -> dict[str, str]:
    """Return where each nominee stands, by name."""
    lines = stafet("nominees", "mentees-1").splitlines()
    cells = [[cell.strip() for cell in re.split("[│┃]", line)] for line in lines]
    return {one[2]: one[4] for one in cells if len(one) > 5 and one[1] != "mentees-1"}


def proposed(stafet: Stafet) -> None:
    """Propose one more than there are seats."""
    for name, by, gender in (
        ("Rie", "d05", "woman"),
        ("Per", "d08", "man"),
        ("Ib", "d05", "man"),
    ):
        stafet(
            *("nominate", "mentees-1", f"{name} Ny", f"{name}@example.org"),
            *("--as", by, "--tell", f"gender={gender}", "years=3", "track=leaders"),
            now=OPENED,
        )


def test_only_directors_whose_departments_are_short_are_asked(stafet: Stafet) -> None:
    mail = stafet.folder / "mail"

    stafet("deliver", "--folder", str(mail), now=OPENED)

    told = [path for path in mail.iterdir() if "letter" in path.name]
    asked = [path for path in told if b"/nominate/" in path.read_bytes()]
    shown = stafet("nominees", "mentees-1")
    assert len(asked) == len(OPEN)
    assert "2 places left; asked for more: d05, d08" in shown


def test_yeses_take_the_seats_in_their_order_and_a_no_lets_the_next_one_in(
    stafet: Stafet,
) -> None:
    proposed(stafet)
    known = re.findall(r"nominee-(p\d+) *│ (\w+ Ny)", stafet("nominees", "mentees-1"))
    ids = {name: f"nominee-{person}" for person, name in known}
    for name in ("Ib Ny", "Rie Ny", "Per Ny"):
        stafet("accept", "mentees-1", "--as", ids[name], now=LATER)
    first = stands(stafet)

    stafet("decline", "mentees-1", "--as", ids["Rie Ny"], now=LATER)

    assert first == {"Rie Ny": "admitted", "Per Ny": "waiting", "Ib Ny": "admitted"}
    assert stands(stafet) == {
        "Rie Ny": "declined",
        "Per Ny": "admitted",
        "Ib Ny": "admitted",
    }


def test_what_cannot_be_is_told_with_what_to_do(stafet: Stafet) -> None:
    proposed(stafet)
    who = ("Eva Ny", "eva@example.org", "--as", "d01", "--tell", "gender=women")

    spelt = stafet.run("nominate", "mentees-1", *who, "--now", OPENED)
    early = stafet.run("admit", "mentees-1", "t01", "--now", OPENED)
    named = stafet.run("accept", "mentee-1", "--as", "t01", "--now", OPENED)

    assert [one[0] for one in (spelt, early, named)] == [1, 1, 1]
    assert "'women' is no step of the scale; did you mean 'woman'?" in spelt[2]
    assert "they are not proposed in mentees-1" in early[2]
    assert "mentee-1 asks nobody to propose" in named[2]


def test_an_admitted_one_needs_no_line_in_the_people_file(stafet: Stafet) -> None:
    proposed(stafet)
    (person,) = re.findall(r"nominee-(p\d+) *│ Rie", stafet("nominees", "mentees-1"))
    stafet("accept", "mentees-1", "--as", f"nominee-{person}", now=LATER)

    plan = stafet("plan", str(stafet.cohort), now=LATER)

    assert "nothing to do" in plan
