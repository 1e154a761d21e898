"""The contract of stores and outboxes, over PostgreSQL."""

from tests.fakes.outbox_contract import OutboxContract
from tests.fakes.store_contract import StoreContract


class TestOnPostgres(StoreContract, OutboxContract):
    pass
