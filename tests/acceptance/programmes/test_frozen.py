"""What is frozen is read back the same, and the order of the people does not matter."""

import random
from dataclasses import replace

import pytest

from engine.commands.apply import Files
from engine.commands.sketch import sketch
from engine.documents import timeline_document
from engine.frozen import Frozen
from tests.acceptance.programmes.shipped import COHORTS, files


@pytest.mark.parametrize("programme", COHORTS)
def test_a_frozen_programme_is_read_back_the_same(programme: str) -> None:
    frozen = files(programme).frozen

    stored = frozen.to_json()

    assert Frozen.from_json(stored) == frozen
    assert Frozen.from_json(stored).to_json() == stored


@pytest.mark.parametrize("programme", COHORTS)
def test_a_year_does_not_depend_on_the_order_of_the_people(programme: str) -> None:
    told = files(programme)
    shuffled = random.Random(7).sample(list(told.people), len(told.people))

    assert year(replace(told, people=tuple(shuffled))) == year(told)


def year(told: Files) -> object:
    """Return the year as other programs read it, everybody by the id of the file."""
    return timeline_document(sketch(told), language=told.frozen.programme.languages[0])
