"""Two are kept apart before matches are approved, and the rest stays as it was."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.commands.decision import RefusedError
from engine.commands.proposing import solution_for
from engine.commands.vetoing import after
from engine.facts import Allowed, Noticed, Proposed, Vetoed
from engine.history import history
from engine.problems import problem
from engine.recruiting import needed
from engine.trials import Trial, tried
from tests.fakes.cohorts import PEOPLE, matched, proposed, recorded, small_files
from tests.fakes.companies import company_files
from tests.fakes.proposals import Pair, allows, laid, two, vetoes, waiting, waiting_in


def test_who_may_not_be_matched_is_recorded_and_the_rest_proposed_anew() -> None:
    live = proposed()
    assert waiting(live) == {("ugle", "alk"), ("falk", "mejse")}

    vetoes(live, ("alk", "ugle"))

    assert live.facts(Vetoed) == (Vetoed(kind="pair", people=two(live, "ugle", "alk")),)
    assert waiting(live) == {("falk", "alk"), ("ugle", "mejse")}
    assert live.facts(Proposed)[-1] == live.state.proposed["pair"]


def test_nobody_is_told_of_a_veto() -> None:
    live = proposed()
    told, mails = live.facts(Noticed), live.messages()

    vetoes(live, ("ugle", "alk"))
    allows(live, "ugle", "alk")

    assert (live.facts(Noticed), live.messages()) == (told, mails)


def test_whatever_is_solved_later_keeps_a_veto() -> None:
    live = proposed()
    apart = two(live, "ugle", "alk")

    vetoes(live, ("ugle", "alk"))

    asked = problem(live.record, "pair")
    assert asked.kept_apart(*apart)
    assert problem(live.record, "pair", ignore_matches=True).nevers == asked.nevers
    for found in (
        solution_for(live.record, "pair"),
        tried(live.record, "pair", Trial(waived=["mentee's wishes in order"])).then,
    ):
        together = [
            {*one.members["mentor"], *one.members["mentee"]} for one in found.matches
        ]
        assert {*apart} not in together


def test_who_else_is_needed_is_told_with_a_veto_kept() -> None:
    lone = [one for one in PEOPLE if one.id in {"ugle", "alk"}]
    live = recorded(small_files(people=lone))
    before = needed(live.record, "pair", language="en")

    vetoes(live, ("ugle", "alk"))

    assert before == ()
    assert needed(live.record, "pair", language="en") == (
        "1 more mentor (department: Kultur), with room for 2 each, would place 1 more",
    )


def test_two_who_were_vetoed_cannot_be_proposed_or_pinned() -> None:
    live = proposed()
    vetoes(live, ("ugle", "alk"))

    with pytest.raises(RefusedError, match="ugle and alk: to be kept apart"):
        laid(live, ("ugle", "alk"))
    with pytest.raises(RefusedError, match="the coordinator's no"):
        tried(live.record, "pair", Trial(pins=[two(live, "ugle", "alk")]))


def test_a_veto_before_anything_is_proposed_counts_from_then_on() -> None:
    live = recorded()

    vetoes(live, ("ugle", "alk"))
    live.until(proposed().now)

    assert waiting(live) == {("falk", "alk"), ("ugle", "mejse")}


def test_a_veto_of_two_who_are_not_together_leaves_what_is_proposed() -> None:
    live = proposed()
    before = live.facts(Proposed)

    vetoes(live, ("ugle", "mejse"))

    assert live.facts(Proposed) == before
    assert len(live.state.vetoes) == 1


def test_the_same_veto_again_is_nothing() -> None:
    live = proposed()
    vetoes(live, ("ugle", "alk"))
    before = live.history()

    vetoes(live, ("alk", "ugle"))

    assert live.history() == before


def test_who_is_matched_already_is_not_parted_by_a_veto() -> None:
    live = matched()

    with pytest.raises(RefusedError) as refused:
        vetoes(live, ("ugle", "alk"))

    assert str(refused.value) == (
        "alk and ugle are in pair-2, which runs; see stafet end pair-2 and "
        "stafet replace"
    )


def test_two_whom_no_match_joins_are_no_veto() -> None:
    live = proposed()

    with pytest.raises(RefusedError) as refused:
        vetoes(live, ("ugle", "falk"))

    assert str(refused.value) == (
        "falk and ugle are not two whom a pair matches; name two whom it does; "
        "stafet propose --file takes any others"
    )


def test_a_veto_taken_back_leaves_what_is_proposed_and_no_trace_in_what_is_solved() -> (
    None
):
    live = proposed()
    freely = solution_for(live.record, "pair")
    vetoes(live, ("ugle", "alk"))
    before = waiting(live)

    allows(live, "alk", "ugle")

    assert waiting(live) == before
    assert live.facts(Allowed) == (
        Allowed(kind="pair", people=two(live, "ugle", "alk")),
    )
    assert solution_for(live.record, "pair") == freely
    with pytest.raises(RefusedError, match="there is no such veto"):
        allows(live, "alk", "ugle")


def test_what_was_proposed_against_a_rule_stays() -> None:
    odd = replace(PEOPLE[0], id="krage", email="krage@example.org", department="Tax")
    others = [
        replace(one, department="Kultur") if one.id == "mejse" else one
        for one in PEOPLE
    ]
    live = recorded(small_files(people=[*others, odd]))
    live.until(proposed().now)
    laid(live, ("falk", "mejse"), ("ugle", "alk"), anyway=True)

    vetoes(live, ("ugle", "alk"))

    assert waiting(live) == {("falk", "mejse"), ("krage", "alk")}


def test_what_solving_freely_would_bring_is_known_beside_it() -> None:
    live = proposed()
    laid(live, ("falk", "alk"), ("ugle", "mejse"))

    found = after(live.record, "pair", [two(live, "falk", "alk")], now=live.now)

    assert found is not None
    assert waiting_in(live, found.proposed) == {("ugle", "alk"), ("ugle", "mejse")}
    assert [one.total for one in (found.before, found.then, found.freely)] == [
        200,
        500,
        600,
    ]
    assert found.left == ()


def test_who_would_have_no_match_any_more_is_told() -> None:
    live = recorded(small_files(people=[one for one in PEOPLE if one.id != "falk"]))
    live.until(proposed().now)

    found = after(live.record, "pair", [two(live, "ugle", "alk")], now=live.now)

    assert found is not None
    assert found.left == (live.person("alk"),)


def test_the_log_of_both_tells_it_in_words() -> None:
    live = proposed()
    vetoes(live, ("ugle", "alk"))
    allows(live, "ugle", "alk")

    lines = [
        (one.what, one.by)
        for one in history(
            live.record,
            live.person("alk"),
            facts=live.history(),
            mails=(),
            subjects={},
            now=live.now,
        )
    ]

    assert lines[-2:] == [
        ("is not to be matched with ugle", "coordinator"),
        ("may be matched again with ugle", "coordinator"),
    ]


KEPT: Mapping[str, tuple[Pair, set[tuple[str, ...]]]] = {
    "groups": (("m0", "e2"), {("m0", "e0", "e1", "e3"), ("m1", "e2", "e4", "e5")}),
    "trios": (
        ("b1", "t0"),
        {("t0", "b0", "b2"), ("t1", "b1", "b0"), ("t2", "b2", "b1")},
    ),
    "buddies": (("t1", "t3"), {("t0", "t2", "t3"), ("t1", "t4")}),
    "networks": (
        ("n0", "n2"),
        {("n0", "n1", "n4", "n6", "c1"), ("n2", "n3", "n5", "c1")},
    ),
}
"""Of each shape who is vetoed, and what is proposed then: no two swap talents."""


@pytest.mark.parametrize("shape", KEPT)
def test_every_shape_keeps_what_it_can(shape: str) -> None:
    apart, kept = KEPT[shape]
    live = recorded(company_files(shape))
    live.until(proposed().now)

    vetoes(live, apart, kind="party")

    assert waiting(live, "party") == kept


def test_who_joins_networks_joins_the_same_ones_again() -> None:
    files = company_files("networks")
    more = [
        replace(files.people[-1], id=id_, email=f"{id_}@example.org")
        for id_ in ("c2", "c3")
    ]
    live = recorded(replace(files, people=(*files.people, *more)))
    live.until(proposed().now)
    assert waiting(live, "party") == {
        ("n0", "n2", "n3", "n5", "c3"),
        ("n1", "n4", "n6", "c2"),
    }

    vetoes(live, ("n0", "n2"), kind="party")

    assert waiting(live, "party") == {
        ("n0", "n1", "n4", "n6", "c2"),
        ("n2", "n3", "n5", "c3"),
    }


def test_whoever_only_joins_networks_is_shared_out_and_not_vetoed() -> None:
    live = recorded(company_files("networks"))

    with pytest.raises(RefusedError, match="c1 and n0 are not two whom a party match"):
        vetoes(live, ("n0", "c1"), kind="party")
