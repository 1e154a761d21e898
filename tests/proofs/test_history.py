"""Whether a year that an earlier release recorded is still over."""

import pytest
from sqlalchemy import Engine

from engine.commands.advance import advance
from engine.commands.unit import Unit
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes import histories
from tests.fakes.cohorts import INSTALLATION, Keys


class TestHistory:
    """R11 of the promise."""

    @pytest.mark.parametrize("name", histories.NAMES)
    def test_r11_a_kept_history_calls_for_nothing_new(
        self, engine: Engine, name: str
    ) -> None:
        cohort = histories.restore(engine, name)
        unit = Unit(store=SqlStore(engine), renderer=Keys(), installation=INSTALLATION)
        facts = histories.facts(name)

        done = advance(unit, cohort, now=facts[-1].at)

        assert done == ()
        assert unit.store.facts(cohort) == facts
        assert SqlOutbox(engine).standings() == ()
        assert unit.standing(cohort).record.state.number == len(facts)
