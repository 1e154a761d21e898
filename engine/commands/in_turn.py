"""What several commands come to, one after the other; only that is then done."""

import datetime as dt
from collections.abc import Sequence

from engine.commands.decision import Decision
from engine.commands.foreseeing import (
    Foreseen,
    consequences,
    foresee,
    refuse_others,
    weighed,
)
from engine.commands.standing import Standing
from engine.commands.unit import Decide, Unit
from engine.ids import CohortId

Step = tuple[CohortId, Decide]
"""A command, and the cohort that it is about."""


def foreseen_in_turn(
    unit: Unit, steps: Sequence[Step], *, now: dt.datetime
) -> tuple[Foreseen, ...]:
    """Return what each command would come to once those before it are done.

    Raises:
        RefusedError: If one of them cannot be done.
    """
    found: list[Foreseen] = []
    for cohort, decide in steps:
        found.append(foresee(unit, cohort, decide, now=now))
        unit = unit.supposing(found[-1].after)
    return tuple(found)


def held_to(
    unit: Unit, steps: Sequence[Step], names: Sequence[str], *, now: dt.datetime
) -> Decide:
    """Return the first of several commands, as somebody said yes to all of them.

    It refuses, and nothing is done, if it or one of those that follow would come to
    something else by the time it is carried out.

    Args:
        unit: Where they are carried out.
        steps: It, and those that follow.
        names: Of the plan of each.
        now: When.
    """
    (_, first), *rest = steps

    def insisting(standing: Standing) -> Decision:
        decision = first(standing)
        today = weighed(unit, standing.record, standing, decision, now=now)
        refuse_others(today.plan, names[0])
        then = unit.supposing(today.after)
        for (cohort, decide), name in zip(rest, names[1:], strict=True):
            found = consequences(then, cohort, decide, now=now)
            refuse_others(found.plan, name)
            then = then.supposing(found.after)
        return decision

    return insisting
