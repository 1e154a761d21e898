"""What holds of a nomination whatever people say, and in whichever order."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.decision import RefusedError
from engine.facts import to_lines
from tests.fakes.nomination_files import HEADS, nomination_files
from tests.fakes.nominations import Nominations, opened

NAMES = ("anna", "bo", "cleo", "dag", "eva", "finn")
Move = tuple[str, str, str, str]
"""What is done, about whom, by which head, and of which gender."""

moves = st.lists(
    st.tuples(
        st.sampled_from(
            ["nominate", "nominate", "yes", "yes", "no", "admit", "refuse"]
        ),
        st.sampled_from(NAMES),
        st.sampled_from(HEADS),
        st.sampled_from(["woman", "man"]),
    ),
    max_size=24,
)
replacing = st.sampled_from(["by the nominator", "from the waiting list", "never"])
places = st.integers(min_value=1, max_value=3)
orders = st.permutations([("yes", name, HEADS[0], "woman") for name in NAMES])
"""Everybody says yes, in whichever order."""


def crowded(*, replaced: str, places: int) -> Nominations:
    """Return a cohort in which six are asked for one to three places."""
    edits = {
        "replaced: from the waiting list": f"replaced: {replaced}",
        "places: 3": f"places: {places}",
        "once: never": "once: allowed",
    }
    live = opened(nomination_files(edits))
    for number, name in enumerate(NAMES):
        live.nominate(HEADS[number % 2], name)
    return live


def lived(live: Nominations, done: Sequence[Move]) -> list[Nominations]:
    """Return a cohort as it was after each move that was not refused."""
    seen = []
    for move in done:
        try:
            made(live, move)
        except (RefusedError, LookupError):
            continue
        seen.append(Nominations(live=live.live.copied()))
    return seen


def made(live: Nominations, move: Move) -> None:
    """Do one thing."""
    what, name, by, gender = move
    match what:
        case "nominate":
            live.nominate(by, name, gender)
        case "admit":
            live.admit(name)
        case "refuse":
            live.refuse(name)
        case _:
            live.says(name, yes=what == "yes")


@settings(max_examples=25, deadline=None)
@given(done=moves, replaced=replacing, places=places)
def test_there_are_never_more_than_the_places(
    done: Sequence[Move], replaced: str, places: int
) -> None:
    for live in lived(crowded(replaced=replaced, places=places), done):
        assert len(live.mentees()) <= places


@settings(max_examples=25, deadline=None)
@given(order=orders, done=moves, replaced=replacing, places=places)
def test_nobody_waits_while_a_place_is_left_and_who_said_yes_first_is_first(
    order: Sequence[Move], done: Sequence[Move], replaced: str, places: int
) -> None:
    crowd = crowded(replaced=replaced, places=places)
    for live in lived(crowd, [*order, *done]):
        nominees = live.asked.nominees
        placed = [one.turn for one in nominees if one.place == "admitted"]
        waiting = [one.turn for one in live.asked.queue]

        assert not (waiting and live.asked.free)
        assert all(turn < min(waiting) for turn in placed if waiting)


@settings(max_examples=25, deadline=None)
@given(done=moves)
def test_nobody_has_more_of_a_kind_under_way_than_they_are_asked_for(
    done: Sequence[Move],
) -> None:
    edits = {"replaced: from the waiting list": "replaced: by the nominator"}
    for live in lived(opened(nomination_files(edits)), done):
        people = live.live.record.people
        under_way = Counter(
            (one.by, people[one.person].values["gender"])
            for one in live.asked.nominees
            if one.is_live
        )

        assert all(count == 1 for count in under_way.values())


@settings(max_examples=10, deadline=None)
@given(done=moves, replaced=replacing, places=places)
def test_the_same_words_in_the_same_order_come_to_the_same(
    done: Sequence[Move], replaced: str, places: int
) -> None:
    both = [crowded(replaced=replaced, places=places) for _ in range(2)]

    for live in both:
        lived(live, done)

    one, other = (to_lines(live.live.history()) for live in both)
    assert one == other
