"""People who leave, come back and pause, on the command line."""

from pathlib import Path

import pytest

from tests.acceptance.test_commands import MORNING, Stafet, shipped

LATER = "2027-08-11T10:00+02:00"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """An installation in which the first dates are held."""
    made = shipped(tmp_path_factory.mktemp("held"))
    made("apply", str(made.cohort), "--yes", now=MORNING)
    made("advance", "aarhus-leadership/2027", now=MORNING)
    return made


@pytest.fixture
def begun(held: Stafet, tmp_path: Path) -> Stafet:
    """The same for each test, to go on from."""
    return held.copied(tmp_path)


def test_what_a_command_comes_to_is_shown_before_it_asks(begun: Stafet) -> None:
    before = begun("log", "ugle", now=LATER)

    code, out, err = begun.run("drop", "ugle", "--now", LATER)

    assert code == 1
    assert "nothing was recorded" in err
    assert "mails" in out
    assert begun("log", "ugle", now=LATER) == before


def test_whoever_leaves_and_comes_back_has_it_in_their_log(begun: Stafet) -> None:
    begun("drop", "ugle", "--reason", "workload", "--yes", now=LATER)
    stays = begun("plan", str(begun.cohort), now=LATER)
    begun("join", "ugle", "--yes", now=LATER)

    told = begun("log", "ugle", now=LATER)

    assert "nothing to do" in stays
    assert "Has left, and stays out until stafet join: ugle" in stays
    assert "has left: workload" in told
    assert "started" in told
    assert told.count("cancellation") >= 2


@pytest.mark.parametrize("killed", [False, True])
def test_who_goes_over_arrives_also_when_killed_half_way(
    begun: Stafet, *, killed: bool
) -> None:
    here, there = "aarhus-leadership/2027", "aarhus-leadership/2028"
    people = begun.cohort.with_name("participants.csv").read_text(encoding="utf-8")
    others = [line for line in people.splitlines() if not line.startswith("hassel;")]
    begun.cohort.with_name("next.csv").write_text("\n".join(others), encoding="utf-8")
    text = begun.cohort.read_text(encoding="utf-8").replace(
        "cohort: 2027", "cohort: 2028"
    )
    text = text.replace("kick-off: 2027-11-17", "kick-off: 2028-11-22")
    following = begun.cohort.with_name("2028.yaml")
    following.write_text(
        text.replace("people: participants.csv", "people: next.csv"), encoding="utf-8"
    )
    begun("apply", str(following), "--yes", now=LATER)
    if killed:
        begun("drop", "hassel", "--yes", "--cohort", here, now=LATER)

    done = begun("transfer", "hassel", there, "--yes", "--cohort", here, now=LATER)
    code, _, again = begun.run(
        "transfer", "hassel", there, "--yes", "--cohort", here, "--now", LATER
    )

    assert f"hassel has gone over to {there}" in done
    assert code == 1
    assert f"hassel takes part in {there} already" in again


def test_somebody_pauses_and_so_does_all_mail(begun: Stafet) -> None:
    away = begun("pause", "ugle", "--until", "2027-10-01", "--yes", now=LATER)
    mail = begun("pause", "--mail")
    back = begun("resume", "ugle", "--yes", now=LATER)

    assert "ugle is away" in away
    assert "mail is paused" in mail
    assert "ugle is back" in back
    assert "is away" in begun("log", "ugle", now=LATER)


@pytest.mark.parametrize("arguments", [("pause",), ("resume", "ugle", "--mail")])
def test_a_pause_is_of_somebody_or_of_all_mail(
    begun: Stafet, arguments: tuple[str, ...]
) -> None:
    code, _, err = begun.run(*arguments)

    assert code == 1
    assert f"write stafet {arguments[0]} --mail, or whose" in err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("end", "pair-1"), "pair-1 is no match that goes on"),
        (("replace", "pair-1", "ugle", "falk"), "pair-1 is no match that goes on"),
        (
            ("swap", "pair-1", "ugle", "pair-2", "falk"),
            "pair-1 is no match that goes on",
        ),
        (("rematch", "aarhus-leadership/2027"), "nobody without a match"),
        (("transfer", "ugle", "aarhus-leadership/2027"), "ugle is in"),
        (
            ("transfer", "ugle", "aarhus-leadership/2082"),
            "aarhus-leadership/2082 is not recorded; recorded are: aarhus-leadership",
        ),
        (("drop", "ugle", "--reason", "bored"), "'bored' is no reason here"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(
    begun: Stafet, arguments: tuple[str, ...], problem: str
) -> None:
    code, _, err = begun.run(*arguments, "--yes", "--now", LATER)

    assert code == 1
    assert problem in err
