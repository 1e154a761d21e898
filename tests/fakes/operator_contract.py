"""What every outbox does at the hand of an operator: retry, drop, pause."""

import datetime as dt

import pytest

from engine.outbox import Outcome, Standing
from tests.fakes.lane_contract import cancellation, update
from tests.fakes.samples import ANNA, COHORT, LEASE, NOW, World, message
from tests.fakes.sending import MINUTE, SENT, claimed, sent, settled


def row(world: World, number: int = 1) -> Standing:
    """Return where the message with this number has got to."""
    found = world.outbox.find(number)
    assert found is not None
    return found.standing


class RetryContract:
    """Messages that leave again because somebody says so."""

    def test_a_message_is_found_whole(self, world: World) -> None:
        whole = message("a", not_after=NOW + LEASE, payload=bytes(range(256)))
        world.post(whole)
        outcome = Outcome(verdict="retry", reply="450 later")
        world.outbox.settle(claimed(world.outbox), outcome, now=NOW, again=NOW + MINUTE)

        found = world.outbox.find(1)

        assert found is not None
        assert found.message == whole
        assert found.standing == Standing(
            number=1,
            key="a",
            cohort=COHORT,
            recipient=ANNA,
            lane="a",
            kind="letter",
            not_before=NOW,
            not_after=NOW + LEASE,
            again=NOW + MINUTE,
            status="pending",
            attempts=1,
            reply="450 later",
        )
        assert world.outbox.standings() == (found.standing,)
        assert found.standing.leaves == NOW + MINUTE

    def test_a_number_that_was_never_given_is_not_found(self, world: World) -> None:
        assert world.outbox.find(1) is None
        assert world.outbox.retry([1], now=NOW) == {1: "there is no such message"}
        assert world.outbox.drop([1], now=NOW) == {1: "there is no such message"}

    def test_outstanding_is_what_waits_or_is_dead(self, world: World) -> None:
        world.post(*map(message, "abcde"))
        sent(world.outbox)
        settled(world.outbox, "dead")
        settled(world.outbox, "in doubt", again=NOW + MINUTE)
        claimed(world.outbox)

        found = {one.key: one.status for one in world.outbox.outstanding()}

        assert found == {"b": "dead", "c": "in doubt", "d": "leased", "e": "pending"}
        assert [one.key for one in world.outbox.outstanding()] == ["b", "c", "d", "e"]

    def test_a_dead_one_leaves_again_with_the_same_bytes(self, world: World) -> None:
        world.post(message("a"))
        first = settled(world.outbox, "dead")

        assert world.outbox.retry([1], now=NOW) == {}

        again = claimed(world.outbox)
        assert (again.message, again.attempts) == (first.message, 0)
        assert not world.outbox.settle(first, SENT, now=NOW, again=None)

    def test_one_in_doubt_leaves_at_once_and_stays_in_doubt(self, world: World) -> None:
        world.post(message("a"))
        settled(world.outbox, "in doubt", again=NOW + LEASE)

        assert world.outbox.retry([1], now=NOW) == {}

        assert (row(world).status, row(world).doubts) == ("in doubt", 1)
        assert sent(world.outbox) == "a"

    def test_a_dead_one_that_may_have_arrived_is_in_doubt_again(
        self, world: World
    ) -> None:
        world.post(message("a"))
        settled(world.outbox, "in doubt", again=NOW)
        settled(world.outbox, "dead")

        world.outbox.retry([1], now=NOW)

        assert world.statuses() == {"a": "in doubt"}

    def test_one_that_waits_for_its_next_try_need_not_wait(self, world: World) -> None:
        world.post(message("a"))
        settled(world.outbox, "retry", again=NOW + LEASE)

        assert world.outbox.retry([1], now=NOW) == {}
        assert sent(world.outbox) == "a"

    def test_one_left_by_a_killed_worker_is_retried_as_in_doubt(
        self, world: World
    ) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)
        world.outbox.mark_sending(claim, now=NOW)
        held = {1: "it is being handed over right now"}

        assert world.outbox.retry([1], now=NOW) == held
        assert world.outbox.drop([1], now=NOW) == held
        assert world.outbox.retry([1], now=NOW + LEASE) == {}
        assert (row(world).status, row(world).doubts) == ("in doubt", 1)
        assert not world.outbox.settle(claim, SENT, now=NOW + LEASE, again=None)

    def test_what_is_settled_otherwise_is_not_retried_and_nothing_else_either(
        self, world: World
    ) -> None:
        world.post(message("a"), message("b"), message("c"))
        sent(world.outbox)
        settled(world.outbox, "dead")
        world.outbox.drop([3], now=NOW)

        why_not = world.outbox.retry([3, 2, 1, 1], now=NOW)

        assert why_not == {1: "it is sent", 3: "it is dropped"}
        assert world.statuses() == {"a": "sent", "b": "dead", "c": "dropped"}

    def test_what_was_replaced_since_stays_dead(self, world: World) -> None:
        world.post(update(0))
        settled(world.outbox, "dead")
        world.post(update(1))
        sent(world.outbox)

        assert world.outbox.retry([1], now=NOW) == {
            1: "a later message about the same took its place"
        }

    def test_what_is_of_no_more_use_stays_dead(self, world: World) -> None:
        world.post(message("a", not_after=NOW))
        settled(world.outbox, "dead")

        assert world.outbox.retry([1], now=NOW) == {}
        settled(world.outbox, "dead")
        too_late = world.outbox.retry([1], now=NOW + MINUTE)
        assert too_late == {1: "it would come too late"}


class DropContract:
    """Messages that are given up."""

    def test_whatever_waits_or_is_dead_can_be_dropped(self, world: World) -> None:
        world.post(*map(message, "abc"))
        settled(world.outbox, "dead")
        settled(world.outbox, "in doubt", again=NOW)

        assert world.outbox.drop([1, 2, 3], now=NOW) == {}

        assert set(world.statuses().values()) == {"dropped"}
        assert [one.doubts for one in world.outbox.standings()] == [0, 1, 0]
        assert world.outbox.outstanding() == ()
        assert world.outbox.claim(now=NOW + LEASE, lease=LEASE) == ()

    def test_what_is_settled_otherwise_is_not_dropped(self, world: World) -> None:
        world.post(message("a"), message("b"))
        sent(world.outbox)

        assert world.outbox.drop([1, 2], now=NOW) == {1: "it is sent"}
        assert world.statuses() == {"a": "sent", "b": "pending"}

    def test_whoever_has_claimed_a_dropped_one_is_fenced_off(
        self, world: World
    ) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)

        assert world.outbox.drop([1], now=NOW) == {}
        assert not world.outbox.mark_sending(claim, now=NOW)
        assert world.statuses() == {"a": "dropped"}

    def test_one_left_by_a_killed_worker_is_dropped_with_its_doubt(
        self, world: World
    ) -> None:
        world.post(message("a"))
        world.outbox.mark_sending(claimed(world.outbox), now=NOW)

        assert world.outbox.drop([1], now=NOW + LEASE) == {}
        assert (row(world).status, row(world).doubts) == ("dropped", 1)

    def test_the_lane_of_a_dropped_one_goes_on(self, world: World) -> None:
        world.post(update(0))
        settled(world.outbox, "in doubt", again=NOW + LEASE)
        world.post(cancellation(1))

        world.outbox.drop([1], now=NOW)

        # It may have arrived, so there is something to take back.
        assert sent(world.outbox) == "u1"

    def test_a_cancellation_of_what_was_dropped_unsent_is_not_sent(
        self, world: World
    ) -> None:
        world.post(update(0))
        world.outbox.drop([1], now=NOW)
        world.post(cancellation(1))

        assert world.statuses() == {"u0": "dropped", "u1": "annihilated"}

    def test_a_drop_at_a_naive_moment_is_refused(self, world: World) -> None:
        naive = NOW.replace(tzinfo=None)
        world.post(message("a"))

        with pytest.raises(ValueError, match="no time zone"):
            world.outbox.drop([1], now=naive)

        assert world.statuses() == {"a": "pending"}


class PauseContract:
    """Mail that is stopped, all of it at once."""

    def test_nothing_is_claimed_while_mail_is_paused(self, world: World) -> None:
        world.post(message("a"))
        world.outbox.pause(now=NOW)

        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        assert world.statuses() == {"a": "pending"}

        world.outbox.resume()

        assert sent(world.outbox) == "a"

    def test_a_pause_stays_as_old_as_it_is(self, world: World) -> None:
        assert world.outbox.paused() is None

        world.outbox.pause(now=NOW.astimezone(dt.timezone(dt.timedelta(hours=2))))
        world.outbox.pause(now=NOW + MINUTE)

        assert world.outbox.paused() == NOW
        world.outbox.resume()
        world.outbox.resume()
        assert world.outbox.paused() is None

    def test_a_pause_at_a_naive_moment_is_refused(self, world: World) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            world.outbox.pause(now=NOW.replace(tzinfo=None))

        assert world.outbox.paused() is None

    def test_a_pause_takes_back_what_is_not_marked_yet(self, world: World) -> None:
        world.post(message("a"), message("b"))
        settled(world.outbox, "in doubt", again=NOW)
        unsure, certain = claimed(world.outbox), claimed(world.outbox)

        world.outbox.pause(now=NOW)

        assert world.statuses() == {"a": "in doubt", "b": "pending"}
        assert not world.outbox.mark_sending(unsure, now=NOW)
        assert not world.outbox.mark_sending(certain, now=NOW)
        world.outbox.resume()
        assert [sent(world.outbox), sent(world.outbox)] == ["a", "b"]

    def test_what_is_marked_comes_to_its_end_in_a_pause(self, world: World) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)
        world.outbox.mark_sending(claim, now=NOW)
        world.outbox.pause(now=NOW)

        assert world.outbox.settle(claim, SENT, now=NOW, again=None)

    def test_what_becomes_too_late_in_a_pause_expires(self, world: World) -> None:
        world.post(message("a", not_after=NOW))
        world.outbox.pause(now=NOW)
        world.outbox.claim(now=NOW + MINUTE, lease=LEASE)

        assert world.statuses() == {"a": "expired"}

    def test_what_is_decided_in_a_pause_waits(self, world: World) -> None:
        world.outbox.pause(now=NOW)
        world.post(update(0))
        world.post(update(1))

        assert world.statuses() == {"u0": "superseded", "u1": "pending"}
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()

    def test_a_retry_in_a_pause_waits_for_its_end(self, world: World) -> None:
        world.post(message("a"))
        settled(world.outbox, "dead")
        world.outbox.pause(now=NOW)

        assert world.outbox.retry([1], now=NOW) == {}
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()


class OperatorContract(RetryContract, DropContract, PauseContract):
    """Everything that an operator does to an outbox."""
