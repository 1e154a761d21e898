"""Commands about people and matches that change while a cohort runs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from engine.ids import CohortId, MatchId
from flows.commandline.context import InCohort, Now, cohort_of, installed, person_of
from flows.commandline.terminal import refuse, say

if TYPE_CHECKING:
    import datetime as dt

    from engine.commands.decision import Decision
    from engine.commands.standing import Standing
    from engine.record import Record

Yes = Annotated[bool, Parameter(negative="", help="Without asking.")]
Anyway = Annotated[
    bool, Parameter(negative="", help="Also against a rule; that is a task then.")
]


def drop(
    person: str,
    *,
    reason: Annotated[
        str, Parameter(help="One of the programme's words; nobody is told it.")
    ] = "",
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Record that somebody leaves: they are invited to nothing more.

    Example: stafet drop ugle --reason "new job"
    """
    from engine.commands.leaving import drop as dropped

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        who = person_of(record, person).person
        return lambda one: dropped(one, person=who, reason=reason, now=at)

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{person} has left; they get one kind letter")


def join(
    person: str, *, yes: Yes = False, cohort: InCohort = None, now: Now = None
) -> None:
    """Let somebody start who came late, or who had left.

    Example: stafet join ugle
    """
    from engine.commands.starting import join as joined

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        who = person_of(record, person).person
        return lambda one: joined(one, person=who, now=at)

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{person} takes part from now on")


def end(
    match: str,
    *,
    as_: Annotated[
        str | None,
        Parameter(name="--as", help="Who of them asks for it; nobody is told."),
    ] = None,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """End a match before its time, without blame; each of them is told apart.

    Example: stafet end pair-3
    """
    from engine.commands.ending import end as ended

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        who = person_of(record, as_).person if as_ else None
        return lambda one: ended(one, match=MatchId(match), person=who, now=at)

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{match} has ended. Next: stafet rematch")


def replace(
    match: str,
    old: str,
    new: str,
    *,
    anyway: Anyway = False,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Put somebody into a match in another's place, also of one who has left.

    Example: stafet replace pair-3 ugle falk
    """
    from engine.commands.reforming import replace as replaced

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        gone, here = (person_of(record, id_).person for id_ in (old, new))
        return lambda one: replaced(
            one, match=MatchId(match), old=gone, new=here, now=at, anyway=anyway
        )

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{new} is in {match} now")


def swap(
    match: str,
    person: str,
    other_match: str,
    other: str,
    *,
    anyway: Anyway = False,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Let two people of two matches change places.

    Example: stafet swap pair-3 ugle pair-4 falk
    """
    from engine.commands.reforming import swap as swapped

    def command(record: "Record", at: "dt.datetime") -> "Decide":
        here, there = (person_of(record, id_).person for id_ in (person, other))
        return lambda one: swapped(
            one,
            one=(MatchId(match), here),
            other=(MatchId(other_match), there),
            now=at,
            anyway=anyway,
        )

    carried_out(command, Asked(cohort=cohort, yes=yes, now=now))
    say(f"{person} is in {other_match} now, and {other} in {match}")


def rematch(
    cohort: str, *, kind: str | None = None, yes: Yes = False, now: Now = None
) -> None:
    """Propose matches for those who have none; all others keep theirs.

    Example: stafet rematch aarhus-leadership/2027
    """
    from engine.commands.proposing import rematch as rematched

    carried_out(
        lambda _record, _at: lambda one: rematched(one, kind=kind),
        Asked(cohort=cohort, yes=yes, now=now),
    )
    say("Next: stafet match, stafet approve")


def transfer(
    person: str,
    next_cohort: str,
    *,
    yes: Yes = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Let somebody go over to another recorded cohort, with what is told of them.

    Example: stafet transfer ugle aarhus-leadership/2028 --cohort aarhus-leadership/2027
    """
    from engine.commands.leaving import drop as dropped
    from engine.commands.transferring import receive
    from engine.waiting import GONE_OVER
    from flows.commandline.consenting import consented_in_turn

    app = installed(now)
    unit, at = app.unit, app.clock.now()
    here, there = cohort_of(app, cohort), cohort_of(app, next_cohort)
    if here == there:
        raise refuse(f"{person} is in {here} already")
    record = unit.standing(here).record
    one = person_of(record, person)
    steps: list[tuple[CohortId, Decide]] = [(there, partial(receive, one=one, now=at))]
    # Killed between the two, they have left, and have yet to come.
    if one.person not in record.state.presence.left:
        leaves = partial(dropped, person=one.person, now=at, wording=GONE_OVER)
        steps.insert(0, (here, leaves))
    agreed = consented_in_turn(app, steps, now=at, yes=yes)
    for (which, _), decide in zip(steps, agreed, strict=True):
        unit.perform(which, decide, now=at)
    say(f"{person} has gone over to {there}")


COMMANDS = (drop, join, transfer, end, replace, swap, rematch)

Decide = Callable[["Standing"], "Decision"]
"""A command, waiting for the cohort that it is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """In which cohort something is to be done, at which time, and whether to ask."""

    cohort: str | None
    yes: bool
    now: str | None


def carried_out(
    command: Callable[["Record", "dt.datetime"], Decide], asked: Asked
) -> "Standing":
    """Carry out a command whose consequences somebody has seen."""
    from flows.commandline.consenting import consented

    application = installed(asked.now)
    which, now = cohort_of(application, asked.cohort), application.clock.now()
    decide = command(application.unit.standing(which).record, now)
    agreed = consented(application, which, decide, now=now, yes=asked.yes)
    return application.unit.perform(which, agreed, now=now)
