"""Lanes under any interleaving, over PostgreSQL."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from tests.fakes.databases import emptied, opened
from tests.fakes.lanes import LaneMachine
from tests.fakes.samples import World


def test_lanes_keep_their_order(engine: Engine) -> None:
    class OnPostgres(LaneMachine):
        def open(self) -> World:
            emptied(engine)
            return opened(engine)

    run_state_machine_as_test(OnPostgres, settings=settings(max_examples=20))
