"""Matches: proposed, approved, agreed to in turn."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Approved, Proposed
from engine.ids import MatchId
from engine.posts import Post
from tests.fakes.cohorts import PEOPLE, Live, matched, recorded, small_files
from tests.fakes.cohorts import proposed as proposed_cohort

DAY = dt.timedelta(days=1)


def approved() -> Live:
    """Return a cohort whose mentors have been asked."""
    live = proposed_cohort()
    live.approve()
    live.until(live.now + dt.timedelta(hours=2))
    return live


def subjects(live: Live, id_: str) -> list[str]:
    return [one.subject for one in live.posts(id_, "letter")]


def told(post: Post) -> str:
    """Return every word of a mail but its envelope."""
    return repr((post.subject, post.sections))


def pairs(live: Live) -> dict[str, str]:
    """Return the mentor of each mentee in a living match, by id."""
    return {
        live.record.people[mentee].id: live.record.people[mentor].id
        for match in live.state.matches.values()
        if not match.dissolved
        for mentor in match.members["mentor"]
        for mentee in match.members["mentee"]
    }


def test_a_proposal_is_the_coordinators_to_see_and_nobody_elses() -> None:
    live = proposed_cohort()

    (proposal,) = live.facts(Proposed)

    assert (len(proposal.matches), proposal.unmatched) == (2, ())
    assert (
        subjects(live, "coordinator")[-1] == "Proposed matches are ready: Pair matching"
    )
    assert not [post for one in PEOPLE for post in live.posts(one.id, "letter")]
    assert live.state.matches == {}
    assert "approve-matches/pair" in live.state.tasks


def test_approving_gives_each_match_its_lasting_id() -> None:
    live = proposed_cohort()

    live.approve()

    assert {one.match for one in live.facts(Approved)} == {"pair-1", "pair-2"}
    assert pairs(live) == {"alk": "ugle", "mejse": "falk"}
    assert live.state.proposed == {}
    assert "approve-matches/pair" not in live.state.tasks


def test_approving_what_is_not_proposed_is_refused() -> None:
    live = recorded()

    with pytest.raises(RefusedError, match="no matches are proposed"):
        live.approve()


def test_approving_twice_is_refused_and_changes_nothing() -> None:
    live = proposed_cohort()
    live.approve()
    before = live.history()

    with pytest.raises(RefusedError, match="no matches are proposed"):
        live.approve()

    assert live.history() == before


def test_after_the_approval_the_mentors_are_asked_and_nobody_else_is_told() -> None:
    live = approved()

    assert {id_: subjects(live, id_) for id_ in ("ugle", "falk", "alk", "mejse")} == {
        "ugle": ["Do you say yes to this match?"],
        "falk": ["Do you say yes to this match?"],
        "alk": [],
        "mejse": [],
    }


def test_a_mentee_is_asked_when_the_mentor_has_said_yes() -> None:
    live = approved()

    live.confirm("ugle")
    live.until(live.now + DAY)

    assert subjects(live, "alk") == ["Do you say yes to this match?"]
    assert subjects(live, "mejse") == []


def test_a_mentee_cannot_answer_before_the_mentor() -> None:
    live = approved()

    with pytest.raises(RefusedError, match="pair-2 waits for somebody else"):
        live.confirm("alk")


def test_nobody_answers_for_a_match_that_is_not_theirs() -> None:
    live = approved()

    with pytest.raises(RefusedError, match="no match of theirs"):
        live.agree(MatchId("pair-2"), live.person("falk"))
    with pytest.raises(RefusedError, match="no match of theirs"):
        live.agree(MatchId("pair-9"), live.person("falk"))


def test_addresses_are_told_only_after_both_have_said_yes() -> None:
    live = approved()
    live.confirm("ugle")
    live.until(live.now + DAY)
    early = [post for id_ in ("ugle", "alk") for post in live.posts(id_, "letter")]
    contacts = {"ugle": "ugle@example.org", "alk": "alk@example.org"}

    live.confirm("alk")
    live.until(live.now + DAY)

    for post in early:
        assert not [contact for contact in contacts.values() if contact in told(post)]
        assert "+45" not in told(post)
    for id_, partner in (("ugle", "alk"), ("alk", "ugle")):
        last = live.posts(id_, "letter")[-1]
        assert last.subject == f"You are matched with {partner.capitalize()} Fugl"
        assert ("Email", contacts[partner]) in last.sections[0].details
        assert ("Phone", f"+45 {len(partner)}") in last.sections[0].details


def test_both_are_told_that_they_are_matched_once() -> None:
    live = matched()
    live.until(live.now + 10 * DAY)

    for id_ in ("ugle", "alk", "falk", "mejse"):
        assert len([one for one in subjects(live, id_) if "are matched" in one]) == 1


def test_whoever_does_not_answer_is_reminded_and_then_called_about() -> None:
    live = approved()

    live.until(live.now + 20 * DAY)

    assert subjects(live, "ugle") == [
        "Do you say yes to this match?",
        "Reminder: Do you say yes to this match?",
        "Reminder: Do you say yes to this match?",
    ]
    called = {
        task.raised.person
        for task in live.state.tasks.values()
        if task.raised.wording == "no-answer-on-match"
    }
    assert called == {live.person("ugle"), live.person("falk")}


def test_a_yes_settles_the_task_and_the_next_silence_is_another_one() -> None:
    live = approved()
    live.until(live.now + 20 * DAY)

    live.confirm("ugle")
    after_yes = {task.raised.person for task in live.state.tasks.values()}
    live.until(live.now + 25 * DAY)

    silent = {
        task.raised.person
        for task in live.state.tasks.values()
        if task.raised.wording == "no-answer-on-match"
    }
    assert live.person("ugle") not in after_yes
    assert silent == {live.person("alk"), live.person("falk")}


def test_saying_yes_twice_changes_nothing() -> None:
    live = approved()
    live.confirm("ugle")
    before = live.history()

    live.confirm("ugle")

    assert live.history() == before


def test_without_a_confirmation_in_the_spec_an_approved_match_is_agreed() -> None:
    live = recorded(small_files({"    confirm: mentor first, then mentee\n": ""}))
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))

    live.approve()
    live.until(live.now + DAY)

    assert {one.agreed for one in live.state.matches.values()} == {
        dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)
    }
    assert subjects(live, "alk") == ["You are matched with Ugle Fugl"]


def test_a_match_that_came_to_nothing_meets_nobody() -> None:
    live = approved()
    live.confirm("falk", agrees=False)

    meetings = live.standing.timeline.of("conversation")

    assert {one.slot.match for one in meetings} == {"pair-2"}


def test_a_proposal_is_the_same_whenever_it_is_made() -> None:
    lives = [proposed_cohort(), recorded()]
    lives[1].until(dt.datetime(2027, 2, 20, 9, tzinfo=dt.UTC))

    assert lives[0].facts(Proposed) == lives[1].facts(Proposed)
