"""What each aim of a matching would cost, and the command that tells who is needed."""

from typing import TYPE_CHECKING

from flows.commandline.matching import Kind, kind_of
from flows.commandline.specs import Cohort, standing_of
from flows.commandline.terminal import say, table

if TYPE_CHECKING:
    from engine.record import Record

_AIMED = ("aim", "people", "worst", "total", "each has", "other matches")


def recruit(cohort: Cohort, *, kind: Kind = "") -> None:
    """Tell whom to ask while people can still enrol, so that more have a match.

    Each line is what solving with them comes to.

    Example: stafet recruit specs/aarhus-leadership/cohorts/2027.yaml
    """
    from engine.recruiting import needed

    record = standing_of(cohort).record
    language = record.frozen.programme.languages[0]
    lines = needed(record, kind_of(record, kind), language=language)
    nobody = "Nobody else would place more."
    unknown = "Who else would place more is too much work to prove."
    for line in (unknown,) if lines is None else lines or (nobody,):
        say(line)


COMMANDS = (recruit,)


def show_aims(record: "Record", kind: str) -> None:
    """Print what the programme's own aim comes to, and then what others would."""
    from engine.aimed import aims
    from engine.trials import moved

    first, *others = aims(record, kind)
    waited = len(first.asked.waited)
    rows = [
        (
            ", then ".join(one.aim),
            f"{len(one.placed)}",
            "none" if one.solution.worst is None else f"{one.solution.worst}",
            f"{one.solution.total}",
            "" if one.loads is None else "{} to {}".format(*one.loads),
            f"{len(moved(first.solution.matches, one.solution.matches)[1])}",
            *([f"{one.first} of {waited}"] if waited else []),
        )
        for one in (first, *others)
    ]
    table((*_AIMED, *(["left out last time"] if waited else [])), rows, title=kind)
    say("The first is the programme's. To choose another: `aim:` in the spec.")
