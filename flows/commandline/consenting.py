"""What commands come to is shown, somebody says yes, and only that is done."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.commands.elsewhere import clashes_elsewhere, clashes_here
from engine.commands.in_turn import Step, foreseen_in_turn, held_to
from engine.commands.unit import Decide, Unit
from engine.ids import CohortId
from flows.commandline.plans import show_clashes, show_plan
from flows.commandline.terminal import agrees, refuse, say

if TYPE_CHECKING:
    from engine.commands.foreseeing import Foreseen
    from flows.wiring import App


def consented(
    application: "App", cohort: CohortId, decide: Decide, *, now: dt.datetime, yes: bool
) -> Decide:
    """Return a command that somebody has seen the consequences of and said yes to.

    It refuses if it would come to something else by the time it is carried out. With
    `yes` nobody is asked, and whatever it comes to is done.
    """
    (agreed,) = consented_in_turn(application, [(cohort, decide)], now=now, yes=yes)
    return agreed


def consented_in_turn(
    application: "App", steps: Sequence[Step], *, now: dt.datetime, yes: bool
) -> tuple[Decide, ...]:
    """Return several commands that somebody has said yes to, asked once.

    Each is shown as it will be once those before it are done. The first refuses if it,
    or one that follows, would come to something else by then.
    """
    unit = application.unit
    found = foreseen_in_turn(unit, steps, now=now)
    seen = unit
    for one in found:
        show(seen, one, now=now)
        seen = seen.supposing(one.after)
    decides = tuple(decide for _, decide in steps)
    if yes or all(one.plan.empty for one in found):
        return decides
    if not agrees("Do this?"):
        raise refuse("nothing was recorded")
    names = [one.plan.name for one in found]
    return tuple(
        held_to(unit, steps[place:], names[place:], now=now)
        for place in range(len(steps))
    )


def show(unit: Unit, found: "Foreseen", *, now: dt.datetime) -> None:
    """Print what a command comes to, also to people of other cohorts."""
    if found.plan.empty:
        say("nothing to do")
        return
    show_plan(found)
    show_clashes({found.record.id: clashes_here(found, now=now)})
    show_clashes(clashes_elsewhere(unit, found, now=now))
