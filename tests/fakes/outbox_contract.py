"""What every outbox does, whatever it stands on: subclass and give a `world`."""

from tests.fakes.claim_contract import ClaimContract
from tests.fakes.lane_contract import LaneContract
from tests.fakes.operator_contract import OperatorContract


class OutboxContract(ClaimContract, LaneContract, OperatorContract):
    """The outbox's half of `engine.ports`."""
