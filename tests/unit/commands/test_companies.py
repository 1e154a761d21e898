"""Matches of more than two: proposed, approved, agreed to in turn, told in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.commands.decision import RefusedError
from engine.documents import matches_document, proposal_document
from engine.facts import Confirmed, Proposed
from engine.matches import Match
from engine.posts import Post
from engine.problems import problem
from tests.fakes.cohorts import Live, recorded
from tests.fakes.companies import MATCHES, company_files

PROPOSED = dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SIZES: Mapping[str, list[int]] = {
    "groups": [4, 4],
    "trios": [3, 3, 3],
    "buddies": [2, 3],
    "networks": [4, 5],
}


def approved(shape: str) -> Live:
    """Return a cohort whose matches are approved, and whose first letters are out."""
    live = recorded(company_files(shape))
    live.until(PROPOSED)
    live.approve()
    live.until(live.now + DAY)
    return live


def say_yes(live: Live) -> None:
    """Let everybody who is asked say yes, in their turn."""
    part = live.record.frozen.programme.matches["party"]
    for match in live.state.matches.values():
        for turn in part.asked(match.members):
            for who in turn:
                live.agree(match.id, who)


def ids(live: Live, match: Match) -> dict[str, tuple[str, ...]]:
    people = live.record.people
    return {
        role: tuple(people[one].id for one in those)
        for role, those in match.members.items()
    }


def letters(live: Live, subject: str) -> list[Post]:
    return [one for one in live.posts(kind="letter") if one.subject.startswith(subject)]


@pytest.mark.parametrize("shape", MATCHES)
def test_everybody_is_proposed_a_match_of_the_right_size(shape: str) -> None:
    live = recorded(company_files(shape))

    live.until(PROPOSED)

    (proposal,) = live.facts(Proposed)
    sizes = [sum(map(len, one.members.values())) for one in proposal.matches]
    assert (sorted(sizes), proposal.unmatched) == (SIZES[shape], ())


@pytest.mark.parametrize("shape", MATCHES)
def test_what_is_proposed_and_what_is_approved_is_told_alike(shape: str) -> None:
    live = recorded(company_files(shape))
    live.until(PROPOSED)
    before = proposal_document(live.record, language="en")

    live.approve()

    after = matches_document(live.record, language="en")
    told = [{**one, "id": None} for one in after["matches"]]
    assert told == list(before["matches"])
    assert after["summary"] == before["summary"]


@pytest.mark.parametrize("shape", MATCHES)
def test_whoever_has_a_match_is_told_of_it_once_all_who_are_asked_agree(
    shape: str,
) -> None:
    live = approved(shape)

    say_yes(live)
    live.until(live.now + 2 * DAY)

    told = {post.person for post in letters(live, "You are matched with")}
    members = {one for match in live.state.matches.values() for one in match.people}
    assert told == members
    assert all(match.agreed for match in live.state.matches.values())


@pytest.mark.parametrize(
    ("shape", "asked"),
    [
        ("groups", {"m0", "m1"}),
        ("trios", {"b0", "b1", "b2"}),
        ("buddies", {"t0", "t1", "t2", "t3", "t4"}),
        ("networks", set()),
    ],
)
def test_those_are_asked_first_whom_the_spec_names_first(
    shape: str, asked: set[str]
) -> None:
    live = approved(shape)

    posts = letters(live, "Do you say yes")

    assert {live.record.people[post.person].id for post in posts} == asked


def test_a_manager_in_a_trio_is_not_asked_and_agrees_by_the_approval() -> None:
    live = approved("trios")

    agreed = {one.person for one in live.facts(Confirmed)}

    assert agreed == {live.person(one) for one in ("b0", "b1", "b2")}


def test_a_talent_cannot_answer_before_the_mentor() -> None:
    live = approved("trios")
    match = live.match_of("t0")

    with pytest.raises(RefusedError, match="waits for somebody else"):
        live.agree(match.id, live.person("t0"))


def test_a_trio_has_its_members_by_role() -> None:
    live = approved("trios")

    assert ids(live, live.match_of("t0")) == {
        "talent": ("t0",),
        "manager": ("b0",),
        "mentor": ("b1",),
    }


def test_seven_are_named_in_a_row_and_told_how_to_reach_each_other() -> None:
    live = approved("networks")

    match = live.match_of("n0")
    (post,) = [one for one in letters(live, "You are") if one.person == match.people[0]]

    names = [live.record.people[one].name for one in match.people[1:]]
    assert post.subject == (
        f"You are matched with {', '.join(names[:-1])} & {names[-1]}"
    )
    (section,) = post.sections
    assert section.paragraphs == (
        (
            "You go together in Relay. Here is how you reach each other. "
            "Do not wait for the kick-off to say hello."
        ),
    )
    assert [value for label, value in section.details if label == "With"] == names


def test_three_buddies_read_other_words_than_two() -> None:
    live = approved("buddies")

    said = {
        live.record.people[post.person].id: post.sections[0].paragraphs[0]
        for post in letters(live, "Do you say yes")
    }

    three = {
        one
        for m in live.state.matches.values()
        if len(m.people) == 3
        for one in m.people
    }
    together = {id_ for id_, text in said.items() if "go together with" in text}
    pairs = {id_ for id_, text in said.items() if "form a pair" in text}
    assert together == {live.record.people[one].id for one in three}
    assert together | pairs == set(said)


def test_whoever_says_no_is_not_matched_with_the_same_again_and_others_may_be() -> None:
    live = approved("buddies")
    match = next(one for one in live.state.matches.values() if len(one.people) == 3)
    first, *others = match.people

    live.agree(match.id, first, agrees=False)

    vetoes = problem(live.record, "party").vetoes
    assert vetoes == {(first, other) for other in others}
    assert live.state.matches[match.id].dissolved


def test_who_is_left_over_and_what_would_help_is_told() -> None:
    files = company_files("groups")
    live = recorded(replace(files, people=files.people[:-1]))
    live.until(PROPOSED)

    summary = proposal_document(live.record, language="en")["summary"]["party"]

    left = [(one["role"], one["reason"]) for one in summary["unmatched"]]
    spare = [one for one in left if one[0] == "mentor"]
    assert len(left) - len(spare) == 2
    assert [reason.split(": ")[1] for _, reason in spare] == ["has a free place"]
    assert summary["shortages"] == ["with 2 to 4 in each: 2 more matched"]
