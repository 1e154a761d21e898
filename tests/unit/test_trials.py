"""What the matches would be if something were otherwise."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.commands.decision import RefusedError
from engine.handmade import read_matches
from engine.ids import PersonId
from engine.record import Record
from engine.spec.rows import Row
from engine.trials import (
    Scored,
    Trial,
    Tried,
    moved,
    scored,
    tried,
)
from tests.fakes.cohorts import PEOPLE, matched, person, recorded, small_files
from tests.fakes.companies import company_files

APART = "mentor and mentee: different departments"
BY_WISH = {("ugle", "alk"), ("falk", "mejse")}


def record(**told: object) -> Record:
    """Return the small cohort before its matches, something else told of `mejse`."""
    people = [replace(one, **told) if one.id == "mejse" else one for one in PEOPLE]  # type: ignore[arg-type]
    return recorded(small_files(people=people)).record


def pairs(found: Tried | Scored, of: Record) -> set[tuple[str, ...]]:
    """Return the ids of each pair."""
    matches = found.then.matches if isinstance(found, Tried) else found.matches
    return {
        tuple(of.people[one].id for those in match.members.values() for one in those)
        for match in matches
    }


def two(of: Record, *ids: str) -> tuple[PersonId, PersonId]:
    """Return two people as facts name them."""
    one, other = (found.person for id_ in ids if (found := of.participant(id_)))
    return one, other


def rows(*lines: dict[str, str]) -> list[Row]:
    return [
        Row(line=number, cells=cells) for number, cells in enumerate(lines, start=2)
    ]


def test_who_is_to_be_together_is_and_it_says_what_that_costs() -> None:
    of = record()

    found = tried(of, "pair", Trial(pins=[two(of, "falk", "alk")]))

    assert pairs(found, of) == {("falk", "alk"), ("ugle", "mejse")}
    assert (found.now.total, found.then.total) == (600, 200)
    gone, new = moved(found.now.matches, found.then.matches)
    assert (len(gone), len(new)) == (2, 2)


def test_who_is_to_be_apart_is() -> None:
    of = record()

    found = tried(of, "pair", Trial(nevers=[two(of, "ugle", "alk")]))

    assert ("ugle", "alk") not in pairs(found, of)
    assert len(found.then.matches) == 2


def test_where_nothing_would_change_nothing_is_told_to() -> None:
    of = record()

    found = tried(of, "pair", Trial(pins=[two(of, "ugle", "alk")]))

    assert pairs(found, of) == BY_WISH
    assert moved(found.now.matches, found.then.matches) == ([], [])


def test_a_rule_left_out_lets_in_whom_it_kept_out() -> None:
    of = record(department="Kultur")

    found = tried(of, "pair", Trial(waived=[APART]))

    assert len(found.now.matches) == 1
    assert pairs(found, of) == BY_WISH


def test_a_wish_left_out_still_counts_in_the_points_that_are_told() -> None:
    of = record()
    wish = "mentee's wishes in order"

    found = tried(of, "pair", Trial(waived=[wish], nevers=[two(of, "ugle", "alk")]))

    assert found.then.total == sum(one.points for one in found.then.matches)
    assert {
        reason.clause.sentence for one in found.then.matches for reason in one.reasons
    } >= {wish}


def test_two_whom_a_rule_forbids_are_refused_with_the_rule() -> None:
    of = record(department="Kultur")

    with pytest.raises(RefusedError) as refused:
        tried(of, "pair", Trial(pins=[two(of, "falk", "mejse")]))

    assert str(refused.value) == (
        'falk+mejse cannot be together: "different departments"; '
        "leave it out, or ask with --what-if what the rule costs"
    )


def test_two_who_are_to_be_both_together_and_apart_are_refused_as_just_that() -> None:
    of = record()
    pins, nevers = [two(of, "ugle", "alk")], [two(of, "alk", "ugle")]

    with pytest.raises(RefusedError) as refused:
        tried(of, "pair", Trial(pins=pins, nevers=nevers))

    assert str(refused.value) == (
        "ugle and alk: pinned, and never; ask for one of the two"
    )


def test_two_whom_no_match_joins_are_refused() -> None:
    of = record()

    with pytest.raises(RefusedError, match=r"alk\+mejse are not two whom a match"):
        tried(of, "pair", Trial(pins=[two(of, "alk", "mejse")]))


def test_who_has_a_match_is_told_to_have_one() -> None:
    of = matched().record

    with pytest.raises(RefusedError) as refused:
        tried(of, "pair", Trial(pins=[two(of, "falk", "alk")]))

    assert str(refused.value) == (
        "falk+alk: alk cannot get another match; stafet replace changes one;"
        " leave it out"
    )


def test_more_than_somebody_has_room_for_is_refused() -> None:
    of = record()
    pins = [two(of, "falk", "alk"), two(of, "falk", "mejse")]

    with pytest.raises(RefusedError, match="more matches than places"):
        tried(of, "pair", Trial(pins=pins))


def test_a_rule_that_is_not_there_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(RefusedError) as refused:
        tried(record(), "pair", Trial(waived=["diferent departments"]))

    assert str(refused.value) == (
        "no rule of pair is 'diferent departments'; "
        'did you mean "different departments"?'
    )


def test_matches_made_by_hand_are_weighed_beside_the_best() -> None:
    of = record()
    made = rows(
        {"Mentor": "falk", "mentee": "alk"}, {"Mentor": "ugle", "mentee": "mejse"}
    )

    found = scored(of, "pair", read_matches(of, "pair", made))

    assert (found.total, found.worst, found.breaches, found.left) == (200, 0, (), ())
    assert (found.best.total, found.best.worst) == (600, 300)


def test_every_rule_that_matches_made_by_hand_break_is_told() -> None:
    of = record(department="Kultur")
    made = rows({"mentor": "falk", "mentee": "mejse"})

    found = scored(of, "pair", read_matches(of, "pair", made))

    assert [
        (one.kind, one.rule.sentence if one.rule else "") for one in found.breaches
    ] == [("rule", "different departments")]
    assert [of.people[one].id for one in found.left] == ["alk"]


def test_who_is_matched_already_is_left_as_they_are() -> None:
    live = matched()
    live.apply(
        small_files(
            people=[
                *PEOPLE,
                person("gog"),
                person("gig", roles=("mentee",), department="Teknik"),
            ]
        )
    )
    live.now += dt.timedelta(days=1)
    of = live.record

    found = tried(of, "pair", Trial(nevers=[two(of, "ugle", "alk")]))

    assert pairs(found, of) == {("ugle", "gig")}


def test_a_running_pair_is_moved_only_on_request_and_only_to_place_more() -> None:
    live = matched()
    told = {
        "ugle": person("ugle", values={"wishes": (), "capacity": 1}),
        "mejse": person("mejse", department="Parker"),
        "gog": person("gog", department="Teknik"),
        "gig": person("gig", roles=("mentee",), department="Teknik"),
    }
    people = {one.id: one for one in PEOPLE} | told
    live.apply(small_files(people=[*people.values()]))
    live.now += dt.timedelta(days=1)
    of = live.record

    stays = tried(of, "pair", Trial())
    moves = tried(of, "pair", Trial(move=True))

    assert pairs(stays, of) == set()
    gone, new = moved(moves.now.matches, moves.then.matches)
    assert len(moves.now.matches) == 2
    assert (len(gone), len(new)) == (1, 2)
    assert pairs(moves, of) == {("ugle", "alk"), ("gog", "mejse"), ("falk", "gig")}


def test_a_running_group_is_not_moved() -> None:
    of = recorded(company_files("groups")).record

    with pytest.raises(RefusedError) as refused:
        tried(of, "party", Trial(move=True))

    assert str(refused.value) == (
        "a running party is not moved: nobody new comes into it; "
        "leave out --move; stafet replace fills a free place"
    )
