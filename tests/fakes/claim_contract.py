"""What every outbox does with claims, marks and endings."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.outbox import Claim, Outcome, Verdict
from tests.fakes.samples import LEASE, NOW, OTHER, World, message
from tests.fakes.sending import MINUTE, SENT, claimed, sent, settled


class ClaimContract:
    """Claims, marks and endings."""

    def test_an_empty_outbox_has_nothing_to_claim(self, world: World) -> None:
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        assert world.outbox.standings() == ()

    def test_a_claim_carries_the_message_and_its_first_fence(
        self, world: World
    ) -> None:
        whole = message(
            "m",
            lane="l",
            uid="u@example.org",
            sequence=3,
            not_after=NOW + LEASE,
            payload=bytes(range(256)),
        )
        world.post(whole)

        assert claimed(world.outbox) == Claim(
            message=whole, number=1, fence=1, attempts=0, lease_until=NOW + LEASE
        )
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()

    def test_messages_leave_in_the_order_of_insertion(self, world: World) -> None:
        world.post(message("b"), message("a"))
        world.post(message("c"))

        assert [sent(world.outbox) for _ in range(3)] == ["b", "a", "c"]
        assert world.statuses() == {"b": "sent", "a": "sent", "c": "sent"}

    def test_standings_can_be_had_of_one_cohort(self, world: World) -> None:
        world.post(message("a"), message("b", cohort=OTHER))

        assert [row.key for row in world.outbox.standings(OTHER)] == ["b"]

    def test_nothing_leaves_before_its_time(self, world: World) -> None:
        world.post(message("later", not_before=NOW + MINUTE), message("now"))

        assert sent(world.outbox) == "now"
        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        assert sent(world.outbox, NOW + MINUTE) == "later"

    def test_some_are_claimed_at_once_the_first_of_each_lane(
        self, world: World
    ) -> None:
        world.post(message("a", lane="one"))
        settled(world.outbox, "in doubt", again=NOW)
        world.post(message("b", lane="one"), message("c"), message("d"))

        claims = world.outbox.claim(now=NOW, lease=LEASE, most=2)

        assert [one.message.key for one in claims] == ["a", "c"]
        assert [one.number for one in claims] == [1, 3]
        assert world.statuses() == {
            "a": "leased",
            "b": "pending",
            "c": "leased",
            "d": "pending",
        }

    def test_what_is_given_back_is_as_if_it_had_not_been_claimed(
        self, world: World
    ) -> None:
        world.post(message("a"), message("b"), message("c"))
        settled(world.outbox, "in doubt", again=NOW)
        before = world.outbox.standings()
        claims = world.outbox.claim(now=NOW, lease=LEASE, most=3)

        world.outbox.release(claims)

        assert world.outbox.standings() == before
        assert not world.outbox.mark_sending(claims[0], now=NOW)
        assert sent(world.outbox) == "a"

    def test_what_is_marked_or_taken_by_another_is_not_given_back(
        self, world: World
    ) -> None:
        world.post(message("a"), message("b"))
        claims = world.outbox.claim(now=NOW, lease=LEASE, most=2)
        later = NOW + LEASE
        assert world.outbox.mark_sending(claims[0], now=NOW)
        world.outbox.claim(now=later, lease=LEASE, most=2)
        held = world.outbox.standings()

        world.outbox.release(claims)

        assert world.outbox.standings() == held
        assert set(world.statuses().values()) == {"leased"}

    def test_what_became_too_late_after_its_claim_is_not_marked(
        self, world: World
    ) -> None:
        world.post(message("a", not_after=NOW + MINUTE))
        claim = claimed(world.outbox)

        assert not world.outbox.mark_sending(claim, now=NOW + 2 * MINUTE)
        assert world.outbox.claim(now=NOW + LEASE, lease=LEASE) == ()
        assert world.statuses() == {"a": "expired"}

    def test_a_claim_at_a_naive_moment_is_refused(self, world: World) -> None:
        naive = NOW.replace(tzinfo=None)
        world.post(message("a"))

        with pytest.raises(ValueError, match="no time zone"):
            world.outbox.claim(now=naive, lease=LEASE)

    def test_an_end_at_a_naive_moment_is_refused(self, world: World) -> None:
        naive = NOW.replace(tzinfo=None)
        world.post(message("a"))
        claim = claimed(world.outbox)
        dead = Outcome(verdict="dead")

        with pytest.raises(ValueError, match="no time zone"):
            world.outbox.settle(claim, dead, now=naive, again=None)

    def test_a_lease_that_ran_out_is_claimed_again_with_a_higher_fence(
        self, world: World
    ) -> None:
        world.post(message("a"))
        first = claimed(world.outbox)

        assert world.outbox.claim(now=NOW + LEASE - MINUTE, lease=LEASE) == ()
        second = claimed(world.outbox, NOW + LEASE)

        assert (second.fence, second.attempts) == (first.fence + 1, 0)
        assert world.outbox.standings()[0].doubts == 0

    def test_a_clock_that_went_back_claims_nothing_twice(self, world: World) -> None:
        world.post(message("a"), message("b"))
        sent(world.outbox)
        claimed(world.outbox)

        earlier = NOW - dt.timedelta(hours=2)

        assert world.outbox.claim(now=earlier, lease=LEASE) == ()

    def test_the_mark_needs_the_fence(self, world: World) -> None:
        world.post(message("a"))
        first = claimed(world.outbox)
        second = claimed(world.outbox, NOW + LEASE)

        assert not world.outbox.mark_sending(first, now=NOW)
        assert not world.outbox.settle(first, SENT, now=NOW, again=None)
        assert world.outbox.mark_sending(second, now=NOW + LEASE)

    def test_the_mark_needs_the_lease(self, world: World) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)

        assert not world.outbox.mark_sending(claim, now=NOW + LEASE)
        assert world.statuses() == {"a": "leased"}

    def test_the_mark_is_made_once(self, world: World) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)

        assert world.outbox.mark_sending(claim, now=NOW)
        assert not world.outbox.mark_sending(claim, now=NOW)

    @pytest.mark.parametrize("verdict", ["sent", "in doubt"])
    def test_nothing_is_accepted_without_a_mark(
        self, world: World, verdict: Verdict
    ) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)
        outcome = Outcome(verdict=verdict)

        assert not world.outbox.settle(claim, outcome, now=NOW, again=NOW)
        assert world.statuses() == {"a": "leased"}

    def test_an_outcome_counts_after_the_lease_while_nobody_else_claimed(
        self, world: World
    ) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)
        world.outbox.mark_sending(claim, now=NOW)

        assert world.outbox.settle(claim, SENT, now=NOW + 2 * LEASE, again=None)
        assert world.statuses() == {"a": "sent"}

    def test_what_is_settled_stays_settled(self, world: World) -> None:
        world.post(message("a"))
        claim = settled(world.outbox, "sent")
        retry = Outcome(verdict="retry")

        assert not world.outbox.settle(claim, retry, now=NOW, again=NOW)
        assert world.statuses() == {"a": "sent"}

    def test_a_refusal_for_now_is_tried_again_later(self, world: World) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)
        outcome = Outcome(verdict="retry", reply="450 later")
        world.outbox.settle(claim, outcome, now=NOW, again=NOW + MINUTE)

        assert world.outbox.claim(now=NOW, lease=LEASE) == ()
        (row,) = world.outbox.standings()
        assert (row.status, row.attempts, row.doubts, row.reply) == (
            "pending",
            1,
            0,
            "450 later",
        )
        assert claimed(world.outbox, NOW + MINUTE).attempts == 1

    def test_a_refusal_for_good_is_the_end(self, world: World) -> None:
        world.post(message("a"))
        settled(world.outbox, "dead")

        assert world.statuses() == {"a": "dead"}
        assert world.outbox.claim(now=NOW + LEASE, lease=LEASE) == ()

    def test_a_lost_reply_is_in_doubt_and_leaves_again_with_the_same_bytes(
        self, world: World
    ) -> None:
        world.post(message("a"))
        first = settled(world.outbox, "in doubt", again=NOW + MINUTE)

        assert world.statuses() == {"a": "in doubt"}
        second = claimed(world.outbox, NOW + MINUTE)
        assert second.message == first.message

    def test_a_row_left_in_sending_is_in_doubt(self, world: World) -> None:
        world.post(message("a"))
        claim = claimed(world.outbox)
        world.outbox.mark_sending(claim, now=NOW)

        again = claimed(world.outbox, NOW + LEASE)

        (row,) = world.outbox.standings()
        assert (row.status, row.doubts, again.attempts) == ("leased", 1, 1)

    def test_a_doubt_outlives_a_refusal(self, world: World) -> None:
        world.post(message("a"))
        settled(world.outbox, "in doubt", again=NOW)
        settled(world.outbox, "retry", again=NOW)

        assert world.statuses() == {"a": "in doubt"}

        settled(world.outbox, "sent")

        assert [row.doubts for row in world.outbox.standings()] == [1]

    def test_what_is_too_late_expires(self, world: World) -> None:
        world.post(message("a", not_after=NOW), message("b"))

        claimed(world.outbox)
        later = NOW + LEASE
        assert sent(world.outbox, later) == "b"
        assert world.statuses() == {"a": "expired", "b": "sent"}

    def test_what_somebody_holds_does_not_expire_under_them(self, world: World) -> None:
        world.post(message("a", not_after=NOW))
        claim = claimed(world.outbox)
        soon = NOW + MINUTE
        assert world.outbox.mark_sending(claim, now=NOW)

        assert world.outbox.claim(now=soon, lease=LEASE) == ()
        assert world.outbox.settle(claim, SENT, now=soon, again=None)

    def test_claims_by_four_workers_are_all_different(self, world: World) -> None:
        world.post(*(message(f"m{number}") for number in range(40)))

        def work(_: int) -> list[str]:
            keys = []
            while claims := world.outbox.claim(now=NOW, lease=LEASE, most=3):
                for claim in claims:
                    assert world.outbox.mark_sending(claim, now=NOW)
                    assert world.outbox.settle(claim, SENT, now=NOW, again=None)
                    keys.append(claim.message.key)
            return keys

        with ThreadPoolExecutor(4) as pool:
            keys = [key for found in pool.map(work, range(4)) for key in found]

        assert sorted(keys) == sorted(f"m{number}" for number in range(40))
