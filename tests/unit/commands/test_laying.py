"""Other matches than the best ones wait to be approved, if the coordinator wants."""

import pytest

from engine.commands.decision import RefusedError
from engine.commands.proposing import lay
from engine.facts import Members
from tests.fakes.cohorts import Live, begun, proposed, recorded


def pairs(live: Live, *ids: tuple[str, str]) -> list[Members]:
    """Return pairs of mentor and mentee by their ids."""
    return [
        {"mentor": (live.person(mentor),), "mentee": (live.person(mentee),)}
        for mentor, mentee in ids
    ]


def named(live: Live) -> list[list[str]]:
    return [
        [live.record.people[one].id for one in match.people]
        for match in live.state.matches.values()
    ]


CROSSED = (("falk", "alk"), ("ugle", "mejse"))


def test_what_was_laid_is_what_is_approved() -> None:
    live = proposed()

    live.do(lambda one: lay(one, kind="pair", matches=pairs(live, *CROSSED)))
    live.approve()

    assert named(live) == [list(pair) for pair in CROSSED]
    assert [match.points for match in live.state.matches.values()] == [0, 200]
    assert live.state.proposed == {}
    assert "approve-matches/pair" not in live.state.tasks


def test_who_is_in_none_of_them_is_told_to_be_left_over() -> None:
    live = proposed()

    live.do(lambda one: lay(one, kind="pair", matches=pairs(live, CROSSED[0])))

    assert live.state.proposed["pair"].unmatched == (live.person("mejse"),)


def test_the_same_matches_laid_again_are_nothing() -> None:
    live = proposed()
    matches = pairs(live, *CROSSED)
    live.do(lambda one: lay(one, kind="pair", matches=matches))
    before = live.history()

    live.do(lambda one: lay(one, kind="pair", matches=matches))

    assert live.history() == before


def test_matches_that_break_a_rule_need_that_said() -> None:
    live = proposed()
    twice = pairs(live, ("falk", "alk"), ("falk", "mejse"))

    with pytest.raises(RefusedError) as refused:
        live.do(lambda one: lay(one, kind="pair", matches=twice))
    live.do(lambda one: lay(one, kind="pair", matches=twice, anyway=True))
    live.approve()

    assert str(refused.value) == (
        "falk: more matches than places; change them, or do it with --anyway"
    )
    assert named(live) == [["falk", "alk"], ["falk", "mejse"]]


def test_nothing_is_laid_before_matches_are_due() -> None:
    live = recorded()

    with pytest.raises(RefusedError) as refused:
        live.do(lambda one: lay(one, kind="pair", matches=pairs(live, *CROSSED)))

    assert str(refused.value) == (
        "no matches of pair are proposed yet; see stafet status for when"
    )


def test_whoever_is_matched_already_is_not_matched_again() -> None:
    live = begun()

    with pytest.raises(RefusedError, match="alk: not in that role"):
        live.do(lambda one: lay(one, kind="pair", matches=pairs(live, CROSSED[0])))


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        ((("alk", "falk"),), "alk and falk: not in that role"),
        ((("falk", "falk"),), "falk: not in that role"),
        ((CROSSED[0], CROSSED[0]), "alk: matched more than once"),
        ((("falk", "coordinator"),), "coordinator: not in that role"),
    ],
)
def test_what_is_no_match_at_all_is_laid_by_no_means(
    made: tuple[tuple[str, str], ...], refusal: str
) -> None:
    live = proposed()
    matches = pairs(live, *made)

    with pytest.raises(RefusedError) as refused:
        live.do(lambda one: lay(one, kind="pair", matches=matches, anyway=True))

    assert refusal in refused.value.problem
    assert refused.value.remedy == "change them"


def test_a_match_with_nobody_on_one_side_is_laid_by_no_means() -> None:
    live = proposed()
    alone: list[Members] = [{"mentor": (live.person("falk"),)}]

    with pytest.raises(RefusedError, match="not as many of each role"):
        live.do(lambda one: lay(one, kind="pair", matches=alone, anyway=True))


def test_where_there_is_nobody_to_match_nothing_is_laid() -> None:
    live = begun()

    with pytest.raises(RefusedError) as refused:
        live.do(lambda one: lay(one, kind="pair", matches=()))

    assert str(refused.value) == (
        "there is no match of pair to propose; see stafet match for why"
    )
