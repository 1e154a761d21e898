"""What a programme is advised to add, and that nothing is advised that it has."""

import pytest

from engine.checks.advice import advice
from engine.spec.programme import Programme
from tests.fakes.circle_files import circle_files
from tests.fakes.cohorts import small_files

BRIEFING = """\
      - gathering: briefing
        when: 1 week before kick-off
        starts: 9:00
        lasts: half a day
        for: mentors
        hold the date: at once
"""


def missing(programme: Programme) -> list[str]:
    return [one.missing for one in advice(programme)]


def test_a_bare_programme_is_told_all_that_it_lacks() -> None:
    bare = small_files().frozen.programme

    assert missing(bare) == [
        "no match makes an agreement",
        "mentors are not trained or briefed",
        "nothing says how a match may end early",
    ]


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        (
            "matches:\n",
            "changes: {exit: without blame}\nmatches:\n",
            "nothing says how a match may end early",
        ),
        (
            "      - message: read-up\n",
            BRIEFING + "      - message: read-up\n",
            "mentors are not trained or briefed",
        ),
    ],
)
def test_what_is_there_is_not_advised(old: str, new: str, gone: str) -> None:
    before = missing(small_files().frozen.programme)

    after = missing(small_files({old: new}).frozen.programme)

    assert gone in before
    assert after == [one for one in before if one != gone]


def test_what_is_taken_away_is_advised() -> None:
    lacking = {
        "when: 3 days after the 1st held conversation": "when: 1 day after kick-off",
        "when: 2 hours after each workshop": "when: 2 hours after workshop 1",
        "        hold the date: at once\n": "",
    }

    told = missing(small_files(lacking).frozen.programme)

    assert told == [
        "no match makes an agreement",
        "nobody is asked whether the match fits",
        "nobody is asked mid-way",
        "mentors are not trained or briefed",
        "nothing says how a match may end early",
        "the dates of kick-off, workshop and closing are not held early",
    ]


def test_an_agreement_is_enough_of_one() -> None:
    assert "no match makes an agreement" not in missing(circle_files().frozen.programme)
