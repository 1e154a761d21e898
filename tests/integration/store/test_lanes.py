"""Lanes under any interleaving, over the fake and over SQLite."""

from sqlalchemy import Engine

from integrations.store.database import connect
from tests.fakes.databases import opened
from tests.fakes.lanes import LaneMachine
from tests.fakes.memory import Memory, MemoryOutbox, MemoryStore
from tests.fakes.samples import World


class InPlainPython(LaneMachine):
    def open(self) -> World:
        memory = Memory()
        return World(store=MemoryStore(memory), outbox=MemoryOutbox(memory))


class OnSqlite(LaneMachine):
    engine: Engine

    def open(self) -> World:
        self.engine = connect("sqlite://")
        return opened(self.engine)

    def teardown(self) -> None:
        super().teardown()
        self.engine.dispose()


TestInPlainPython = InPlainPython.TestCase
TestOnSqlite = OnSqlite.TestCase
