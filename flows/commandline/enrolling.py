"""Commands about who is nominated: proposing, answering, giving places."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.ids import OccurrenceId, PersonId
from engine.nominations import Nominating, nominating
from engine.proposals import COLUMN, Proposal, read_proposal
from engine.record import Record
from flows.commandline.context import InCohort, Now, cohort_of, installed, person_of
from flows.commandline.recording import As
from flows.commandline.terminal import plain, say, table
from flows.commandline.terminal import refuse as refused

Whom = Annotated[str, Parameter(help="Whom it is about, by id: see stafet nominees.")]
Tell = Annotated[
    tuple[str, ...],
    Parameter(
        negative="",
        consume_multiple=True,
        help="Columns and their cells, as `gender=woman`.",
    ),
]
Manager = Annotated[
    str, Parameter(help="Their nearest manager: `Bo Bøg <bo@example.org>`.")
]


def nominees(
    nomination: str | None = None, *, cohort: InCohort = None, now: Now = None
) -> None:
    """Show who is nominated and where they stand, those who wait in their order.

    Example: stafet nominees mentees-1
    """
    application = installed(now)
    standing = application.unit.standing(cohort_of(application, cohort))
    for asked in _nominations(standing, nomination):
        _show(asked)


def nominate(
    nomination: str,
    name: str,
    email: str,
    *,
    as_: As,
    tell: Tell = (),
    manager: Manager = "",
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Record that somebody nominates a person from their own department.

    Example: stafet nominate mentees-1 "Bo Bø" bo@example.org --as ulv --tell gender=man
    """
    from engine.commands.minting import identify
    from engine.commands.nominating import nominate as nominated

    fields = {"name": name, "email": email, **_told_of(manager, tell)}
    identified = identify(installed(now).unit.store)
    one_id = OccurrenceId(nomination)
    standing = _perform(
        lambda one, by, at: nominated(
            one,
            occurrence=one_id,
            by=by,
            proposal=_proposal(one, nomination, fields),
            identify=identified,
            now=at,
        ),
        _Who(id=as_, cohort=cohort, now=now),
    )
    plain(f"{name} is nominated; {_asked_next(standing.record, one_id, email)}")


def consent(
    nomination: str,
    nominee: Whom,
    *,
    no: Annotated[bool, Parameter(negative="", help="Say no instead.")] = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Record that a nominee's manager gives the time, or does not.

    Example: stafet consent mentees-1 nominee-p23
    """
    from engine.commands.nominating import consent as consented

    one_id = OccurrenceId(nomination)
    _perform(
        lambda one, who, _: consented(
            one, occurrence=one_id, nominee=who, agrees=not no
        ),
        _Who(id=nominee, cohort=cohort, now=now),
    )
    say(f"{nominee}: the manager said {'no' if no else 'yes'}")


def accept(
    nomination: str, *, as_: As, cohort: InCohort = None, now: Now = None
) -> None:
    """Record that a nominee says yes; they get a place, or wait for one.

    Example: stafet accept mentees-1 --as nominee-p23
    """
    _answer(nomination, _Who(id=as_, cohort=cohort, now=now), agrees=True)


def decline(
    nomination: str, *, as_: As, cohort: InCohort = None, now: Now = None
) -> None:
    """Record that a nominee says no, also after a yes.

    Example: stafet decline mentees-1 --as nominee-p23
    """
    _answer(nomination, _Who(id=as_, cohort=cohort, now=now), agrees=False)


def admit(
    nomination: str, nominee: Whom, *, cohort: InCohort = None, now: Now = None
) -> None:
    """Give a place to somebody who has said yes.

    Example: stafet admit mentees-1 nominee-p23
    """
    from engine.commands.nominating import admit as admitted

    one_id = OccurrenceId(nomination)
    _perform(
        lambda one, who, at: admitted(one, occurrence=one_id, person=who, now=at),
        _Who(id=nominee, cohort=cohort, now=now),
    )
    say(f"{nominee} has a place")


def refuse(
    nomination: str, nominee: Whom, *, cohort: InCohort = None, now: Now = None
) -> None:
    """Say no to a nominee: they get a kind letter, and who nominated them is told.

    Example: stafet refuse mentees-1 nominee-p23
    """
    from engine.commands.nominating import refuse as turned_down

    one_id = OccurrenceId(nomination)
    _perform(
        lambda one, who, at: turned_down(one, occurrence=one_id, person=who, now=at),
        _Who(id=nominee, cohort=cohort, now=now),
    )
    say(f"{nominee} gets a kind letter")


COMMANDS = (nominees, nominate, consent, accept, decline, admit, refuse)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Who:
    """Whom a command is about, in which cohort, at which time."""

    id: str
    cohort: str | None
    now: str | None


def _told_of(manager: str, tell: Sequence[str]) -> Mapping[str, str]:
    """Return the fields of a proposal that somebody may leave out."""
    from email.utils import parseaddr

    name, email = parseaddr(manager)
    cells = {
        COLUMN + key: cell for key, _, cell in (one.partition("=") for one in tell)
    }
    return {"manager": name, "manager email": email, **cells}


def _asked_next(record: Record, nomination: OccurrenceId, email: str) -> str:
    person = record.by_address[email.lower()].person
    first = record.state.nominees[(nomination, person)].manager
    return "they are asked" if first is None else "their manager is asked first"


def _proposal(
    standing: Standing, nomination: str, fields: Mapping[str, str]
) -> Proposal:
    """Return what is told of a nominee, or tell what is wrong with it."""
    (asked,) = _nominations(standing, nomination)
    programme = standing.record.frozen.programme
    proposal, wrong = read_proposal(fields, asked.activity, programme)
    if proposal is None:
        told = (f"{key.removeprefix(COLUMN)}: {why}" for key, why in wrong.items())
        raise refused("\n".join(told))
    return proposal


def _answer(nomination: str, who: _Who, *, agrees: bool) -> None:
    from engine.commands.nominating import respond

    one_id = OccurrenceId(nomination)
    standing = _perform(
        lambda one, person, at: respond(
            one, occurrence=one_id, person=person, agrees=agrees, now=at
        ),
        who,
    )
    person = person_of(standing.record, who.id).person
    plain(f"{who.id}: {standing.record.state.nominees[(one_id, person)].place}")


def _perform(
    decide: Callable[[Standing, PersonId, dt.datetime], Decision], who: _Who
) -> Standing:
    """Carry out a command about a person, and return what it came to."""
    application = installed(who.now)
    which, moment = cohort_of(application, who.cohort), application.clock.now()
    person = person_of(application.unit.standing(which).record, who.id).person
    return application.unit.perform(
        which, lambda one: decide(one, person, moment), now=moment
    )


def _nominations(standing: Standing, named: str | None) -> list[Nominating]:
    """Return the nomination that is meant, or all of them."""
    known = {
        id_: found
        for id_ in standing.timeline.occurrences
        if (found := nominating(standing.record, standing.timeline, id_)) is not None
    }
    if named is None:
        return list(known.values())
    if named not in known:
        told = ", ".join(known) or "none"
        raise RefusedError(f"{named} asks nobody to propose", f"known: {told}")
    return [known[OccurrenceId(named)]]


def _show(asked: Nominating) -> None:
    people, zone = asked.record.people, asked.record.days.zone
    turn = {one.person: number for number, one in enumerate(asked.queue, start=1)}
    rows = [
        (
            people[one.person].id,
            people[one.person].name,
            people[one.by].id,
            one.place,
            str(turn.get(one.person, "")),
            f"{zone.local(one.since):%Y-%m-%d}",
        )
        for one in asked.nominees
    ]
    table((asked.one.id, "name", "nominated by", "stands", "turn", "since"), rows)
    short = ", ".join(people[one].id for one in asked.short) or "nobody"
    free = "no end of" if asked.free is None else str(asked.free)
    say(f"{free} places left; asked for more: {short}")
