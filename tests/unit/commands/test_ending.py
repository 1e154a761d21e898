"""A match ends before its time: who is told what, and who is matched anew."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Dissolved, Proposed
from engine.ids import MatchId
from tests.fakes.changes import cancelled, end, letters, rematch, told
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import KICK_OFF, Live, begun, small_files

DAY = dt.timedelta(days=1)
BLAMELESS = {"matches:\n": "changes: {exit: without blame}\nmatches:\n"}
ASKED = {
    "      - evaluation: good-start\n": """\
      - evaluation: parted
        when: 2 hours after each ended pair
        open for: 14 days
        questions:
          why: {ask: {en: How was it?}, words: free}
      - evaluation: good-start
"""
}


def booked() -> Live:
    """Return the small cohort a day after its kick-off, one pair with a meeting."""
    live = begun()
    live.book("alk", KICK_OFF + 5 * DAY)
    return live


def test_both_are_told_apart_in_the_same_words_and_their_meeting_is_cancelled() -> None:
    live = booked()
    before = {id_: len(live.posts(id_, "letter")) for id_ in ("ugle", "alk", "falk")}

    end(live, "pair-2")
    live.until(live.now + DAY)

    assert live.facts(Dissolved) == (Dissolved(match=MatchId("pair-2")),)
    assert told(live, "conversation-2").cancelled
    assert letters(live, "ugle", before["ugle"])[0] == (
        "Your match with Alk Fugl has ended",
    )
    assert letters(live, "alk", before["alk"])[0] == (
        "Your match with Ugle Fugl has ended",
    )
    for id_ in ("ugle", "alk"):
        assert cancelled(live, id_) == ["Cancelled: Conversation"]
    assert cancelled(live, "falk") == []


def test_nobody_can_find_out_who_asked() -> None:
    one, other = booked(), booked()
    for live in (one, other):
        live.apply(small_files(BLAMELESS))

    end(one, "pair-2", by="alk")
    end(other, "pair-2")

    assert [fact.event for fact in one.history()] == [
        fact.event for fact in other.history()
    ]
    assert one.history()[-1].actor == other.history()[-1].actor


def test_they_stay_in_the_cohort_and_in_what_is_for_everybody() -> None:
    live = booked()
    before = told(live, "workshop-1")

    end(live, "pair-2")

    assert told(live, "workshop-1") == before
    assert len(live.record.participants) == len(PEOPLE)


def test_what_the_programme_asks_of_those_whose_match_ended_is_asked() -> None:
    live = booked()
    live.apply(small_files({**BLAMELESS, **ASKED}))

    end(live, "pair-2")
    live.until(live.now + DAY)

    assert {one.slot.audience for one in live.standing.timeline.of("parted")} == {
        (live.person("ugle"), live.person("alk"))
    }
    assert "Parted: your opinion" in letters(live, "alk")[-1]


@pytest.mark.parametrize(
    ("match", "by", "problem"),
    [
        ("pair-9", "", "pair-9 is no match that goes on"),
        ("pair-2", "falk", "pair-2 is no match of theirs"),
        ("pair-2", "alk", "nothing says that one of them may end a match"),
    ],
)
def test_what_cannot_be_ended_is_refused(match: str, by: str, problem: str) -> None:
    live = booked()

    with pytest.raises(RefusedError) as refused:
        end(live, match, by=by)

    assert refused.value.problem == problem


def test_what_has_ended_does_not_end_again() -> None:
    live = booked()
    end(live, "pair-2")

    with pytest.raises(RefusedError, match="pair-2 is no match that goes on"):
        end(live, "pair-2")


def test_they_are_matched_with_others_and_never_with_each_other_again() -> None:
    live = booked()
    end(live, "pair-2")

    with pytest.raises(RefusedError, match="nobody without a match"):
        rematch(live)

    spare = person("falk", values={"wishes": (), "capacity": 2})
    live.apply(small_files(people=(PEOPLE[0], spare, *PEOPLE[2:])))
    rematch(live)
    (found,) = live.facts(Proposed)[-1].matches
    assert found.members == {
        "mentor": (live.person("falk"),),
        "mentee": (live.person("alk"),),
    }


def test_a_proposal_after_the_first_is_approved_as_the_first_was() -> None:
    live = booked()
    end(live, "pair-2")
    spare = person("falk", values={"wishes": (), "capacity": 2})
    live.apply(small_files(people=(PEOPLE[0], spare, *PEOPLE[2:])))

    rematch(live)
    open_tasks = set(live.state.tasks)
    live.approve()

    assert {"approve-matches/pair", "find-match/pair-2"} <= open_tasks
    assert live.match_of("alk").id == "pair-3"
    assert live.match_of("mejse").id == "pair-1"
    assert not {"approve-matches/pair", "find-match/pair-2"} & set(live.state.tasks)
