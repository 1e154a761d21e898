"""What every outbox does, whatever it stands on: subclass and give a `world`."""

from tests.fakes.claim_contract import ClaimContract
from tests.fakes.lane_contract import LaneContract


class OutboxContract(ClaimContract, LaneContract):
    """The outbox's half of `engine.ports`."""
