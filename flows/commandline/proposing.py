"""The command that lays other matches before the coordinator than the best ones."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.matching import (
    Kind,
    Twos,
    content,
    kind_of,
    show_scored,
    show_tried,
    twos,
)
from flows.commandline.terminal import say


def propose(
    cohort: str,
    *,
    kind: Kind = "",
    pin: Twos = (),
    never: Twos = (),
    file: Annotated[
        Path | None, Parameter(help="Matches made by hand, CSV or Excel.")
    ] = None,
    anyway: Annotated[
        bool, Parameter(negative="", help="Also against a rule.")
    ] = False,
    yes: Annotated[bool, Parameter(negative="", help="Without asking.")] = False,
    now: Now = None,
) -> None:
    """Have other matches wait to be approved than the best ones, or the best again.

    They are found like those of stafet match, or made by hand.

    Example: stafet propose aarhus-leadership/2027 --pin ugle+hassel
    """
    from engine.commands.proposing import lay
    from engine.trials import Trial, read_matches, tried
    from flows.commandline.plans import consented
    from integrations.people import read_rows

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    record = application.unit.standing(which).record
    kind = kind_of(record, kind)
    if file is not None:
        show_scored(record, kind, file)
        found = read_matches(record, kind, read_rows(content(file), source=str(file)))
    else:
        trial = Trial(pins=twos(record, pin), nevers=twos(record, never))
        solved = tried(record, kind, trial)
        show_tried(record, solved, as_json=False)
        found = tuple(one.members for one in solved.then.matches)
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
