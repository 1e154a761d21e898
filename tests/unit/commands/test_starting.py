"""Somebody starts late, or again: what they are given of what the others had."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.commands.standing import stand
from engine.facts import Joined
from engine.timeline.model import Occurrence
from tests.fakes.changes import drop, join, letters, pause, told
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import KICK_OFF, Live, begun, recorded, small_files

DAY = dt.timedelta(days=1)
LATE = person("krage")
GIVEN = """\
      - module: ground-rules
        when: 1 week before kick-off
        due: 1 week after kick-off
        for: everyone
        text: {en: Learn them.}
      - material: guide
        when: 2 days before kick-off
        for: everyone
        link: https://example.org/guide.pdf
        text: {en: Read it.}
      - message: read-up
"""


def running(late_joiners: str) -> Live:
    """Return a cohort three weeks after its kick-off, with somebody new in the file."""
    edits = {
        "matches:\n": f"changes: {{late joiners: {late_joiners}}}\nmatches:\n",
        "      - message: read-up\n": GIVEN,
    }
    live = recorded(small_files(edits))
    live.until(KICK_OFF + 21 * DAY)
    live.apply(small_files(edits, people=(*PEOPLE, LATE)))
    return live


def theirs(live: Live, activity: str, id_: str) -> list[Occurrence]:
    found = live.standing.timeline.of(activity)
    return [one for one in found if live.person(id_) in one.slot.audience]


def test_to_catch_up_is_to_get_what_was_given_with_as_long_as_the_others_had() -> None:
    live = running("catch up")

    join(live, "krage")

    assert live.facts(Joined) == (
        Joined(person=live.person("krage"), missed="catch up"),
    )
    (one,) = theirs(live, "ground-rules", "krage")
    assert one.slot.audience == (live.person("krage"),)
    assert one.starts == live.record.days.sending(live.now)
    # The others had from Wednesday 24 February to Wednesday 10 March.
    assert live.record.days.zone.local(one.ends) == dt.datetime(
        2027, 4, 8, 21, 59, tzinfo=dt.UTC
    )
    assert live.standing == stand(live.record)


def test_to_compress_is_the_same_in_half_the_time() -> None:
    whole, half = running("catch up"), running("compress")

    for live in (whole, half):
        join(live, "krage")

    spans = [
        one.ends - one.starts
        for live in (whole, half)
        for one in theirs(live, "ground-rules", "krage")
    ]
    assert spans[0] // 2 - 3 * DAY < spans[1] <= spans[0] // 2 + DAY


def test_to_skip_is_to_get_nothing_from_before() -> None:
    live = running("skip")

    join(live, "krage")
    live.until(live.now + 20 * DAY)

    assert theirs(live, "ground-rules", "krage") == []
    assert theirs(live, "guide", "krage") == []
    assert letters(live, "krage")[0] == ("Welcome to Relay",)


def test_what_they_missed_is_in_their_letter_and_in_nobody_elses() -> None:
    live = running("catch up")
    count = len(live.posts("mejse", "letter"))

    join(live, "krage")
    live.until(live.now + DAY)

    assert set(letters(live, "krage")[0]) == {
        "Welcome to Relay",
        "Module: Ground rules",
        "Guide",
    }
    assert len(live.posts("mejse", "letter")) == count


def test_nobody_is_invited_into_the_past() -> None:
    live = running("catch up")
    join(live, "krage")

    invited = live.posts("krage", "invitation")

    assert all(post.entry and post.entry.starts > live.now for post in invited)
    assert live.person("krage") not in told(live, "kick-off-1").audience


def test_who_left_comes_back_to_what_lies_ahead_and_not_to_their_match() -> None:
    live = begun()
    drop(live, "ugle")
    before = len(live.posts("ugle", "invitation"))

    join(live, "ugle")

    assert live.state.enrolled[live.person("ugle")] == ("mentor",)
    assert live.person("ugle") in told(live, "workshop-1").audience
    assert len(live.posts("ugle", "invitation")) > before
    assert [m.id for m in live.state.matches.values() if m.dissolved] == ["pair-2"]


def test_what_they_had_done_before_they_left_is_not_given_again() -> None:
    live = running("catch up")
    live.complete("ground-rules-1", "ugle")
    drop(live, "ugle")

    join(live, "ugle")

    assert [one.id for one in theirs(live, "ground-rules", "ugle")] == [
        "ground-rules-1"
    ]


def test_two_whose_match_ended_because_one_left_may_be_matched_again() -> None:
    live = begun()
    drop(live, "ugle")
    join(live, "ugle")

    live.approve()

    assert live.match_of("alk").people == (live.person("ugle"), live.person("alk"))


@pytest.mark.parametrize(
    ("id_", "problem"),
    [
        ("coordinator", "coordinator has no role to start in"),
        ("falk", "falk is away"),
        ("mejse", "mejse has started already"),
        ("ugle", "ugle takes part from the start"),
    ],
)
def test_who_cannot_start_is_refused(id_: str, problem: str) -> None:
    live = begun()
    pause(live, "falk")
    drop(live, "mejse")
    join(live, "mejse")

    with pytest.raises(RefusedError) as refused:
        join(live, id_)

    assert refused.value.problem == problem
