"""The command that keeps two apart, and the rest of a proposal as it is."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.commandline.context import Now, cohort_of, installed
from flows.commandline.matching import Kind, kind_of, twos
from flows.commandline.terminal import refuse, say
from flows.commandline.trying import price, show_difference

if TYPE_CHECKING:
    from engine.record import Record
    from engine.reproposing import Reproposal


def veto(
    cohort: str,
    *two: Annotated[str, Parameter(help="Two by id, as `ugle+alk`.")],
    kind: Kind = "",
    allow: Annotated[
        bool, Parameter(negative="", help="They may be matched again.")
    ] = False,
    yes: Annotated[bool, Parameter(negative="", help="Without asking.")] = False,
    now: Now = None,
) -> None:
    """Keep two apart from now on; of what is proposed as much stays as can.

    Without two: list who is kept apart so. Nobody is told.

    Example: stafet veto aarhus-leadership/2027 ugle+alk
    """
    from engine.commands import vetoing
    from flows.commandline.consenting import consented

    application = installed(now)
    which, moment = cohort_of(application, cohort), application.clock.now()
    record = application.unit.standing(which).record
    if not two:
        _show_vetoes(record, allow=allow)
        return
    kind, those = kind_of(record, kind), twos(record, two)
    known = None if allow else vetoing.after(record, kind, those, now=moment)
    if known is not None:
        _show(record, known)
    may = partial(vetoing.allow, kind=kind, twos=those)
    may_not = partial(vetoing.veto, kind=kind, twos=those, now=moment, known=known)
    meant = may if allow else may_not
    decide = consented(application, which, meant, now=moment, yes=yes)
    application.unit.perform(which, decide, now=moment)
    if known is not None:
        say("Next: stafet approve")


COMMANDS = (veto,)


def _show_vetoes(record: "Record", *, allow: bool) -> None:
    """Print who is kept apart by command, or refuse where some are to be named."""
    from engine.record import ids_of

    if allow:
        raise refuse("name the two who may be matched again, for example ugle+alk")
    lines = [
        f"{kind}: {' and '.join(ids_of(people, record))}, "
        f"since {record.days.zone.date(at)}"
        for (kind, people), at in record.state.vetoes.items()
    ]
    for line in sorted(lines):
        say(line)
    if not lines:
        say("nobody is kept apart by command; see `never match` in the cohort file")


def _show(record: "Record", found: "Reproposal") -> None:
    """Print what differs from what is proposed, and what solving freely would bring."""
    from engine.trials import moved

    gone, new = moved(found.before.matches, found.then.matches)
    show_difference(record, gone, new, columns=("proposed", "then"))
    say(f"{price(found.before, found.then)}; {found.solution.status}")
    for person in found.left:
        say(f"  without a match: {record.people[person].id}")
    others, _ = moved(found.before.matches, found.freely.matches)
    if not any(moved(found.then.matches, found.freely.matches)):
        say("With nothing kept it would be the same.")
        return
    of = f"{len(others)} of the proposed matches would be others, not {len(gone)}"
    say(f"With nothing kept {of}: {price(found.then, found.freely)}.")
    say(f"Afterwards stafet propose {record.id} --kind {found.laid.kind} does that.")
