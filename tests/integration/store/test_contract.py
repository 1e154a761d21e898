"""The contract of stores and outboxes, over the fake and over SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.store.database import connect
from tests.fakes.databases import opened
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore
from tests.fakes.outbox_contract import OutboxContract
from tests.fakes.samples import World
from tests.fakes.store_contract import StoreContract


class TestInPlainPython(StoreContract, OutboxContract):
    @pytest.fixture
    def world(self) -> World:
        memory = Memory()
        return World(store=MemoryStore(memory), outbox=MemoryOutbox(memory))


class TestInMemory(StoreContract, OutboxContract):
    @pytest.fixture
    def world(self) -> Iterator[World]:
        engine = connect("sqlite://")
        yield opened(engine)
        engine.dispose()


class TestInAFile(StoreContract, OutboxContract):
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        engine = connect(f"sqlite:///{tmp_path}/stafet.db")
        yield opened(engine)
        engine.dispose()
