"""A year into which people come by being nominated, lived through to its end."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.facts import Nominated, to_lines
from engine.people import Participant
from flows.rehearsal.outputs import write_outputs
from flows.rehearsal.year import Rehearsed, rehearse
from tests.fakes.nomination_files import nomination_files

EDITS: Mapping[str, str] = {
    "places: 3": "places: 4",
    "replaced: from the waiting list": "replaced: by the nominator",
    "answer within": "consent: manager\n        answer within",
}
SEED = 2
"""One says no in this year, and is replaced."""


def rehearsed(folder: Path) -> Rehearsed:
    """Return the year, with its files in a folder."""
    year = rehearse(nomination_files(EDITS), mail=folder / "mail", seed=SEED)
    write_outputs(year, folder)
    return year


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nominated")


@pytest.fixture(scope="module")
def year(folder: Path) -> Rehearsed:
    return rehearsed(folder)


def placed(year: Rehearsed) -> list[Participant]:
    """Return who got a place, in the order of being nominated."""
    people = year.record.people
    return [
        people[one.person]
        for one in year.record.state.nominees.values()
        if one.place == "admitted"
    ]


def test_every_place_is_taken_though_somebody_said_no(year: Rehearsed) -> None:
    stand = [one.place for one in year.record.state.nominees.values()]

    assert stand.count("admitted") == 4
    assert stand.count("declined") == 1
    assert len(stand) == 5


def test_each_head_ends_with_a_woman_and_a_man_of_their_own(year: Rehearsed) -> None:
    found = sorted((one.department, one.values["gender"]) for one in placed(year))

    assert found == [
        ("Havne", "man"),
        ("Havne", "woman"),
        ("Teknik", "man"),
        ("Teknik", "woman"),
    ]


def test_whoever_got_a_place_is_matched_and_invited_to_all_that_others_are(
    year: Rehearsed,
) -> None:
    state = year.record.state
    matched = {
        person
        for match in state.matches.values()
        if match.agreed is not None
        for person in match.members["mentee"]
    }
    invited = state.announced["closing-1"].told.audience  # type: ignore[index]

    assert matched == {one.person for one in placed(year)}
    assert matched < set(invited)


def test_who_said_no_is_in_nothing_and_gets_no_more_mail(
    year: Rehearsed, folder: Path
) -> None:
    state = year.record.state
    (left,) = (one for one in state.nominees.values() if one.place == "declined")
    id_ = year.record.people[left.person].id

    mails = [path.name for path in sorted((folder / "mail").glob(f"*-{id_}.eml"))]

    assert {name.split("-")[1] for name in mails} == {"letter"}
    assert left.person not in {one.person for one in year.record.participants}


def test_the_year_ends_with_nothing_due(year: Rehearsed) -> None:
    cohort = year.record.id

    assert year.app.unit.standing(cohort).actions == ()
    assert {one.status for one in year.app.outbox.standings(cohort)} <= {
        "sent",
        "superseded",
    }


def test_facts_of_nominations_hold_nobodys_name(year: Rehearsed) -> None:
    told = to_lines(one for one in year.facts if isinstance(one.event, Nominated))

    assert told.count("\n") == 5
    assert not any(one.name in told or one.email in told for one in placed(year))


def test_the_same_seed_gives_the_same_year(year: Rehearsed, tmp_path: Path) -> None:
    again = rehearsed(tmp_path)

    assert to_lines(again.facts) == to_lines(year.facts)
