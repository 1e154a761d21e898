"""Files that are edited while their cohort runs."""

import re
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.commands.apply import apply, prepare
from engine.commands.decision import RefusedError
from flows.commandline.planning import apply as apply_command
from flows.commandline.planning import plan as plan_command
from integrations.settings import environment
from tests.fakes import applier, kill
from tests.fakes.applier import edited_files, next_files
from tests.fakes.cohort_files import SHIPPED
from tests.fakes.cohorts import FIRST_WORKSHOP, KICK_OFF, small_files
from tests.fakes.stored import DAY, Stored, events, live_on, stored

HELD = KICK_OFF + 9 * DAY
MORNING, EVENING = "2027-08-09T08:00+02:00", "2027-08-09T18:00+02:00"


def test_r7_the_command_line_applies_the_plan_that_it_showed_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over SQLite: commands do not look at which database it is."""
    with environment({"STAFET_HOME": str(tmp_path)}, instead_of="STAFET_"):
        plan_command(SHIPPED, now=MORNING)
        shown = re.search(r"--plan (\S+)\n$", capsys.readouterr().out)
        assert shown is not None
        with pytest.raises(RefusedError, match="since another was planned"):
            apply_command(SHIPPED, plan_="another", now=EVENING)
        apply_command(SHIPPED, plan_=shown[1], now=EVENING)

    assert "is in force" in capsys.readouterr().out


class TestEdits:
    """R7 of the promise."""

    def test_r7_a_plan_is_refused_once_it_would_do_something_else(
        self, engine: Engine
    ) -> None:
        live = stored(engine)
        shown = prepare(live.unit, edited_files(), now=live.now).plan.name
        live.until(live.now + DAY)
        before = _whole(live)

        with pytest.raises(RefusedError) as refused:
            apply(live.unit, edited_files(), now=live.now, planned=shown)

        # Dates were held meanwhile: who holds them would be written to.
        assert refused.value.problem == (
            f"what would be done has changed since {shown} was planned:"
            " dates and mails and what is recorded"
        )
        assert _whole(live) == before
        today = prepare(live.unit, edited_files(), now=live.now).plan.name
        apply(live.unit, edited_files(), now=live.now, planned=today)
        assert live.plan(edited_files()).empty

    def test_r7_a_plan_is_refused_once_its_files_are_others(
        self, engine: Engine
    ) -> None:
        live = stored(engine)
        shown = prepare(live.unit, edited_files(), now=live.now).plan.name
        others = small_files(cohort={"Town hall": "City hall"})

        with pytest.raises(RefusedError, match=f"since {shown} was planned"):
            apply(live.unit, others, now=live.now, planned=shown)

        apply(live.unit, edited_files(), now=live.now + DAY, planned=shown)
        assert live.plan(edited_files()).empty

    def test_r7_what_is_in_force_has_an_empty_plan_whenever_it_is_asked(
        self, engine: Engine
    ) -> None:
        live = stored(engine)

        for day in (live.now, KICK_OFF - 7 * DAY, KICK_OFF + DAY, FIRST_WORKSHOP):
            live_on(live, day)
            before = _whole(live)

            plan = live.apply(small_files())

            assert plan.empty
            assert _whole(live) == before

    def test_r7_what_was_done_before_an_edit_is_not_done_again(
        self, engine: Engine
    ) -> None:
        live = stored(engine)
        live_on(live, HELD)
        done, arrived = dict(live.outcomes()), len(live.arrived)

        live.apply(edited_files())
        again = live.advance()
        live.deliver()

        told = [one.message for one in live.arrived[arrived:]]
        assert done.keys() & set(again) == set()
        # Two of the workshops that now begin later are for all four, one for mentees;
        # the new mentor is told of these two and of the closing.
        assert Counter(one.kind for one in told) == {"update": 10, "invitation": 3}
        live_on(live, FIRST_WORKSHOP + 14 * DAY)
        keys = Counter(one.message.key for one in live.arrived)
        assert set(keys.values()) == {1}
        assert live.outcomes().items() >= done.items()

    @pytest.mark.parametrize(
        ("point", "applied"),
        [("append: between write and commit", False), ("append: after commit", True)],
    )
    def test_r7_killed_while_applying_it_is_all_or_nothing(
        self, engine: Engine, url: str, point: str, *, applied: bool
    ) -> None:
        live = stored(engine)
        live_on(live, HELD)
        before = _whole(live)

        now = live.now.isoformat()
        died = kill.killed(applier.MODULE, url, now, "edited", point=point, nth=1)

        assert died
        found = _whole(live)
        live.apply(edited_files())
        after = _whole(live)
        assert before != after
        assert found == (after if applied else before)

    @pytest.mark.parametrize("point", kill.points("apply"))
    def test_r7_killed_before_the_last_cohort_knows_applying_again_tells_it(
        self, engine: Engine, url: str, point: str
    ) -> None:
        live = stored(engine)
        live_on(live, HELD)
        arguments = (url, live.now.isoformat(), "next")
        died = kill.killed(applier.MODULE, *arguments, point=point, nth=1)
        assert died
        assert live.state.linked == {}
        there = live.unit.standing(next_files().id).record.state

        plan = live.plan(next_files())
        live.apply(next_files())

        assert plan.empty
        assert there.linked == {"previous": live.cohort}
        assert live.state.linked == {"next": next_files().id}
        assert live.unit.standing(next_files().id).record.state == there

    def test_r7_what_does_not_touch_a_plan_leaves_it_as_it_was_named(
        self, engine: Engine
    ) -> None:
        live = stored(engine)
        live_on(live, HELD)
        shown = prepare(live.unit, edited_files(), now=live.now).plan.name

        live.accept("workshop-1", "mejse")
        live.book("alk", live.now + 5 * DAY)
        live.until(live.now + DAY)

        apply(live.unit, edited_files(), now=live.now, planned=shown)
        assert live.plan(edited_files()).empty


def _whole(live: Stored) -> tuple[object, ...]:
    """Return all that an application writes."""
    store = live.unit.store
    mails = [(row.key, row.status) for row in live.outbox.standings(live.cohort)]
    return (
        events(live),
        store.frozen(live.cohort),
        store.people(live.cohort),
        store.next_due(live.cohort),
        mails,
    )
