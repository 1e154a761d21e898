"""What is told of somebody who is proposed, read as the participants file is."""

import pytest

from engine.people import Mailbox
from engine.proposals import Proposal, columns_asked, read_proposal
from engine.spec.activities import Nomination
from engine.spec.programme import Programme
from tests.fakes.nomination_files import nomination_files

FIELDS = {
    "name": " Anna  Alk ",
    "email": "anna@example.org",
    "column.gender": "Woman",
    "column.years": "3",
    "column.capacity": "9",
}


@pytest.fixture
def programme() -> Programme:
    return nomination_files().frozen.programme


@pytest.fixture
def nomination(programme: Programme) -> Nomination:
    found = programme.activity("mentees")
    assert isinstance(found, Nomination)
    return found


def test_only_the_columns_that_are_asked_for_are_taken(
    programme: Programme, nomination: Nomination
) -> None:
    proposal, faults = read_proposal(FIELDS, nomination, programme)

    assert columns_asked(nomination, programme) == ("gender", "years")
    assert faults == {}
    assert proposal == Proposal(
        name="Anna  Alk",
        email="anna@example.org",
        values={"wishes": (), "capacity": None, "gender": "woman", "years": 3},
    )


def test_everything_wrong_is_told_at_once_by_field(
    programme: Programme, nomination: Nomination
) -> None:
    wrong = {
        "name": "",
        "email": "anna",
        "column.years": "many",
        "manager": "Carla",
    }

    proposal, faults = read_proposal(wrong, nomination, programme)

    assert proposal is None
    assert list(faults) == [
        "name",
        "email",
        "column.gender",
        "column.years",
        "manager email",
    ]


def test_a_manager_has_a_name_and_an_address(
    programme: Programme, nomination: Nomination
) -> None:
    told = {**FIELDS, "manager": "Carla Chef", "manager email": "carla@example.org"}

    proposal, _ = read_proposal(told, nomination, programme)

    assert proposal is not None
    assert proposal.manager == Mailbox(name="Carla Chef", address="carla@example.org")


def test_the_track_of_a_nomination_is_that_of_who_is_proposed_in_it() -> None:
    files = nomination_files({"title:": "track: north\n        title:"})
    programme = files.frozen.programme.model_copy(update={"tracks": ("north", "south")})
    nomination = programme.activity("mentees")
    assert isinstance(nomination, Nomination)

    proposal, _ = read_proposal(FIELDS, nomination, programme)

    assert proposal is not None
    assert proposal.values["track"] == "north"
