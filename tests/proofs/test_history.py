"""Whether a year that an earlier release recorded is still over."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from engine.commands.advance import advance
from engine.commands.unit import Unit
from integrations.spec_files import built_in_texts
from integrations.store.outbox import SqlOutbox
from integrations.store.store import SqlStore
from tests.fakes import histories
from tests.fakes.cohorts import INSTALLATION, Keys


class TestHistory:
    """R11 of the promise."""

    @pytest.mark.parametrize("name", histories.NAMES)
    def test_r11_a_kept_history_calls_for_no_more_than_the_list_of_what_is_open(
        self, engine: Engine, name: str
    ) -> None:
        cohort = histories.restore(engine, name)
        here = replace(INSTALLATION, texts=built_in_texts())
        unit = Unit(store=SqlStore(engine), renderer=Keys(), installation=here)
        facts = histories.facts(name)
        record = unit.standing(cohort).record
        organiser = record.coordinator.person
        open_ = bool(record.state.tasks)

        done = advance(unit, cohort, now=facts[-1].at)

        listed = ("needs-you/", f"letter/{organiser}/")
        assert [one for one in done if not one.startswith(listed)] == []
        assert len(done) <= 2 * open_
        assert unit.store.facts(cohort)[: len(facts)] == facts
        written = {one.recipient for one in SqlOutbox(engine).standings()}
        assert written <= {organiser}
