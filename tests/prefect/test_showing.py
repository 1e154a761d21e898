"""What is shown beside a cohort's runs is told by ids."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.commands.advance import advance
from engine.commands.deliver import deliver
from engine.outbox import Message, Outcome
from flows.sending import LEASE, send_mail
from flows.showing import Sheet, sheets
from flows.wiring import App
from tests.fakes.losing import Losing
from tests.fakes.recorded import advanced, began, example

COHORT = example().id
PROPOSED = dt.timedelta(days=95)


class Refusing:
    """A relay that refuses the first message for good."""

    def __init__(self) -> None:
        self._refused = 0

    def begin(self, _message: Message) -> Outcome:
        self._refused += 1
        return Outcome(verdict="dead" if self._refused == 1 else "retry", reply="550")

    def close(self) -> None:
        """Nothing was opened."""


def shown(app: App) -> dict[str, str]:
    return {one.key: one.text for one in sheets(app, COHORT)}


def test_the_plan_that_was_applied_is_shown(app: App) -> None:
    plan = shown(app)["aarhus-leadership-2027-plan"].splitlines()

    assert plan[0] == "| what | which | to |"
    assert any(line.startswith("| in force | revision 1 | ") for line in plan)
    assert "| new | kick-off-1 | kick-off |" in plan


def test_what_the_schedule_does_at_that_moment_is_no_part_of_the_plan(app: App) -> None:
    before = shown(app)

    advanced(app, now=began())

    assert shown(app) == before


def test_proposed_matches_are_shown_with_their_points(app: App) -> None:
    advance(app.unit, COHORT, now=began() + PROPOSED)
    proposed = app.unit.standing(COHORT).record.state.proposed["pair"]

    lines = shown(app)["aarhus-leadership-2027-matches-pair"].splitlines()

    first = proposed.matches[0]
    (mentor,), (mentee,) = first.members["mentor"], first.members["mentee"]
    assert lines[0] == "| mentor | mentee | points |"
    assert lines[2] == f"| {mentor} | {mentee} | {first.points} |"
    assert len(lines) == 2 + len(proposed.matches) + 2


def test_mail_that_was_refused_is_shown_with_its_number(app: App) -> None:
    advanced(app, now=began())
    assert "aarhus-leadership-2027-deliveries" not in shown(app)
    refusing = Refusing()

    send_mail(replace(app, mailer=lambda: refusing))

    dead = next(row for row in app.outbox.standings() if row.status == "dead")
    lines = shown(app)["aarhus-leadership-2027-deliveries"].splitlines()
    assert lines[2:] == [
        f"| {dead.number} | {dead.recipient} | {dead.kind} | dead | 0 |"
    ]


def test_mail_in_doubt_is_shown_with_how_often(app: App) -> None:
    advanced(app, now=began())

    deliver(app.outbox, Losing(), app.clock, lease=LEASE, limit=1)

    doubted = next(row for row in app.outbox.standings() if row.doubts)
    lines = shown(app)["aarhus-leadership-2027-deliveries"].splitlines()
    assert lines[2:] == [
        f"| {doubted.number} | {doubted.recipient} | {doubted.kind} | in doubt | 1 |"
    ]


@pytest.mark.parametrize("days", [0, PROPOSED.days])
def test_nobody_is_named(app: App, days: int) -> None:
    advance(app.unit, COHORT, now=began() + dt.timedelta(days=days))
    refusing = Refusing()
    send_mail(replace(app, mailer=lambda: refusing))

    found: tuple[Sheet, ...] = sheets(app, COHORT)

    text = "\n".join(one.text for one in found)
    for person in app.unit.standing(COHORT).record.people.values():
        assert person.name not in text
        assert person.email not in text
