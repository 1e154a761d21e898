"""The command that lays other matches before the coordinator than the best ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.commandline.changing import Yes
from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.matching import Kind, Twos, kind_of, twos
from flows.commandline.terminal import say
from flows.commandline.trying import handmade, show_scored, show_tried

if TYPE_CHECKING:
    from engine.facts import Members
    from engine.record import Record

ByHand = Annotated[Path | None, Parameter(help="Matches made by hand, CSV or Excel.")]
Against = Annotated[bool, Parameter(negative="", help="Also against a rule.")]


def propose(
    cohort: str,
    *,
    kind: Kind = "",
    pin: Twos = (),
    never: Twos = (),
    file: ByHand = None,
    anyway: Against = False,
    yes: Yes = False,
    now: Now = None,
) -> None:
    """Have other matches wait to be approved than the best ones, or the best again.

    They are found like those of stafet match, or made by hand.

    Example: stafet propose aarhus-leadership/2027 --pin ugle+hassel
    """
    from engine.commands.proposing import lay
    from flows.commandline.consenting import consented

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    record = application.unit.standing(which).record
    kind = kind_of(record, kind)
    found = _written(record, kind, file) if file else _solved(record, kind, pin, never)
    decide = consented(
        application,
        which,
        lambda one: lay(one, kind=kind, matches=found, anyway=anyway),
        now=moment,
        yes=yes,
    )
    application.unit.perform(which, decide, now=moment)
    say("Next: stafet approve")


COMMANDS = (propose,)


def _solved(
    record: "Record", kind: str, pin: Sequence[str], never: Sequence[str]
) -> "Sequence[Members]":
    """Show what would change and return the best matches with that insisted on."""
    from engine.trials import Trial, tried

    trial = Trial(pins=twos(record, pin), nevers=twos(record, never))
    solved = tried(record, kind, trial)
    show_tried(record, solved, as_json=False)
    return tuple(one.members for one in solved.then.matches)


def _written(record: "Record", kind: str, file: Path) -> "Sequence[Members]":
    """Show what matches made by hand are worth, and return them."""
    from engine.trials import not_running

    show_scored(record, kind, file)
    return not_running(record, kind, handmade(record, kind, file))
