"""What every outbox does with messages of one recipient and UID."""

import pytest

from engine.outbox import Message, Outcome, Verdict
from tests.fakes.samples import ANNA, BO, LEASE, NOW, OTHER, World, message
from tests.fakes.sending import MINUTE, SENT, claimed, sent, settled


def update(number: int, **changes: object) -> Message:
    """Return the update with this number in one lane."""
    return message(f"u{number}", lane="lane", sequence=number, **changes)


def cancellation(number: int) -> Message:
    """Return a cancellation in the same lane."""
    return update(number, kind="cancellation")


class LaneContract:
    """Messages of one recipient and UID."""

    def test_a_lane_leaves_strictly_in_order(self, world: World) -> None:
        world.post(update(0))
        first = claimed(world.outbox)
        world.outbox.mark_sending(first, now=NOW)
        world.post(update(1), message("letter"))

        assert sent(world.outbox) == "letter"
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        world.outbox.settle(first, SENT, now=NOW, again=None)
        assert sent(world.outbox) == "u1"

    def test_a_doubtful_one_holds_up_its_lane_alone(self, world: World) -> None:
        world.post(update(0))
        settled(world.outbox, "in doubt", again=NOW + MINUTE)
        world.post(update(1), message("other", lane="other"))

        assert sent(world.outbox) == "other"
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        assert sent(world.outbox, NOW + MINUTE) == "u0"
        assert sent(world.outbox, NOW + MINUTE) == "u1"

    def test_an_undelivered_one_is_superseded(self, world: World) -> None:
        world.post(update(0))
        world.post(update(1))
        world.post(update(2))

        assert world.statuses() == {
            "u0": "superseded",
            "u1": "superseded",
            "u2": "pending",
        }

    def test_of_one_change_the_last_of_a_lane_remains(self, world: World) -> None:
        world.post(update(0), message("l"), update(1))

        assert world.statuses() == {"u0": "superseded", "l": "pending", "u1": "pending"}

    def test_a_known_key_supersedes_nothing(self, world: World) -> None:
        world.post(update(0))
        world.post(update(0))

        assert world.statuses() == {"u0": "pending"}

    def test_one_refused_for_now_is_superseded(self, world: World) -> None:
        world.post(update(0))
        settled(world.outbox, "retry", again=NOW + MINUTE)
        world.post(update(1))

        assert sent(world.outbox) == "u1"
        assert world.statuses() == {"u0": "superseded", "u1": "sent"}

    def test_a_leased_one_is_superseded_and_its_holder_fenced_off(
        self, world: World
    ) -> None:
        world.post(update(0))
        claim = claimed(world.outbox)
        world.post(update(1))

        assert not world.outbox.mark_sending(claim, now=NOW)
        retry = Outcome(verdict="retry")
        assert not world.outbox.settle(claim, retry, now=NOW, again=NOW)
        assert sent(world.outbox) == "u1"
        assert world.statuses() == {"u0": "superseded", "u1": "sent"}

    def test_one_refused_at_the_dot_makes_way_for_its_successor(
        self, world: World
    ) -> None:
        world.post(update(0))
        claim = claimed(world.outbox)
        world.outbox.mark_sending(claim, now=NOW)
        world.post(update(1))
        retry = Outcome(verdict="retry")
        world.outbox.settle(claim, retry, now=NOW, again=NOW + MINUTE)

        assert world.statuses() == {"u0": "superseded", "u1": "pending"}

    def test_the_letters_of_who_leaves_are_taken_back_if_they_never_left(
        self, world: World
    ) -> None:
        world.post(message("doubtful"))
        settled(world.outbox, "in doubt", again=NOW + MINUTE)
        world.post(message("leased"), message("bo", recipient=BO), update(0))
        claim = claimed(world.outbox)
        world.post(message("waits"), message("elsewhere", cohort=OTHER))

        world.leave(ANNA)

        assert claim.message.key == "leased"
        assert not world.outbox.mark_sending(claim, now=NOW)
        assert world.statuses() == {
            "doubtful": "in doubt",
            "leased": "annihilated",
            "bo": "pending",
            "u0": "pending",
            "waits": "annihilated",
            "elsewhere": "pending",
        }

    def test_a_letter_of_the_leaving_itself_is_sent(self, world: World) -> None:
        world.post(message("waits"))

        world.leave(ANNA, message("farewell"))

        assert world.statuses() == {"waits": "annihilated", "farewell": "pending"}

    def test_a_cancellation_annihilates_what_never_left_and_itself(
        self, world: World
    ) -> None:
        world.post(update(0))
        world.post(cancellation(1))

        assert world.statuses() == {"u0": "annihilated", "u1": "annihilated"}
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()

    def test_a_cancellation_of_nothing_is_not_sent(self, world: World) -> None:
        world.post(cancellation(0))

        assert world.statuses() == {"u0": "annihilated"}

    def test_a_lane_lives_on_after_an_annihilation(self, world: World) -> None:
        world.post(update(0))
        world.post(cancellation(1))
        world.post(update(2))
        sent(world.outbox)
        world.post(cancellation(3))

        assert world.statuses() == {
            "u0": "annihilated",
            "u1": "annihilated",
            "u2": "sent",
            "u3": "pending",
        }

    def test_a_cancellation_of_what_was_sent_is_sent(self, world: World) -> None:
        world.post(update(0))
        sent(world.outbox)
        world.post(update(1))
        world.post(cancellation(2))

        assert world.statuses() == {"u0": "sent", "u1": "superseded", "u2": "pending"}

    @pytest.mark.parametrize("verdict", ["in doubt", None])
    def test_a_cancellation_of_what_may_have_arrived_is_sent(
        self, world: World, verdict: Verdict | None
    ) -> None:
        world.post(update(0))
        if verdict is None:
            world.outbox.mark_sending(claimed(world.outbox), now=NOW)
        else:
            settled(world.outbox, verdict, again=NOW)
        world.post(cancellation(1))

        assert world.statuses()["u1"] == "pending"

    def test_a_cancellation_waits_and_falls_with_what_was_refused_at_the_dot(
        self, world: World
    ) -> None:
        world.post(update(0))
        claim = claimed(world.outbox)
        world.outbox.mark_sending(claim, now=NOW)
        world.post(cancellation(1))
        retry = Outcome(verdict="retry")
        world.outbox.settle(claim, retry, now=NOW, again=NOW)

        assert world.statuses() == {"u0": "annihilated", "u1": "annihilated"}

    @pytest.mark.parametrize("end", ["dead", "expired"])
    def test_a_cancellation_of_what_never_arrived_is_not_sent(
        self, world: World, end: str
    ) -> None:
        world.post(update(0, not_after=NOW))
        later = NOW + MINUTE
        if end == "dead":
            settled(world.outbox, "dead")
        else:
            world.outbox.claim(now=later, lease=LEASE)
        world.post(cancellation(1))

        assert world.statuses() == {"u0": end, "u1": "annihilated"}

    def test_an_expired_one_lets_its_lane_go_on(self, world: World) -> None:
        world.post(update(0, not_after=NOW + MINUTE))
        settled(world.outbox, "in doubt", again=NOW + LEASE)
        world.post(update(1))

        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        assert sent(world.outbox, NOW + 2 * MINUTE) == "u1"
        assert world.statuses() == {"u0": "expired", "u1": "sent"}

    def test_what_has_come_to_its_end_tells_when_until_it_is_retried(
        self, world: World
    ) -> None:
        world.post(*map(message, "abcd"), update(0), message("e", not_after=NOW))
        sent(world.outbox)
        settled(world.outbox, "dead", NOW + MINUTE)
        settled(world.outbox, "in doubt", again=NOW + MINUTE)
        world.outbox.drop([4], now=NOW + 2 * MINUTE)
        world.post(update(1))

        ended = {one.key: one.settled_at for one in world.outbox.standings()}
        world.outbox.retry([2], now=NOW)

        assert ended == {
            "a": NOW,
            "b": NOW + MINUTE,
            "c": None,
            "d": NOW + 2 * MINUTE,
            "u0": NOW,
            "u1": None,
            "e": NOW + MINUTE,
        }
        retried = world.outbox.find(2)
        assert retried is not None
        assert retried.standing.settled_at is None
