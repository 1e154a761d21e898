"""Commands that record what people do."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from engine.commands.decision import Decision, RefusedError
from engine.ids import MatchId, OccurrenceId
from engine.record import COORDINATOR
from flows.commandline.context import (
    InCohort,
    Now,
    cohort_of,
    installed,
    local_instant,
    person_of,
)
from flows.commandline.terminal import say

if TYPE_CHECKING:
    from engine.commands.standing import Standing
    from engine.ids import PersonId
    from engine.record import Record

As = Annotated[str, Parameter(name="--as", help="Who does it, by id.")]
Absent = Annotated[
    tuple[str, ...],
    Parameter(help="Who did not come, by id.", consume_multiple=True),
]
NotHeld = Annotated[bool, Parameter(negative="", help="The meeting was not held.")]


def approve(cohort: str, *, kind: str | None = None, now: Now = None) -> None:
    """Say yes to the proposed matches; then their members are asked.

    Example: stafet approve aarhus-leadership/2027
    """
    from engine.commands.matching import approve as approved

    application = installed(now)
    which = cohort_of(application, cohort)
    standing = application.unit.perform(
        which, lambda one: approved(one, kind=kind), now=application.clock.now()
    )
    living = [m for m in standing.record.state.matches.values() if not m.dissolved]
    say(f"{len(living)} matches are approved")


def confirm(
    match: str,
    *,
    as_: As,
    no: Annotated[bool, Parameter(negative="", help="Say no instead.")] = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Record that a member says yes to their match, or no.

    Example: stafet confirm pair-3 --as ugle
    """
    from engine.commands.matching import confirm as confirmed

    application = installed(now)
    which = cohort_of(application, cohort)
    person = person_of(application.unit.standing(which).record, as_).person
    application.unit.perform(
        which,
        lambda one: confirmed(one, match=MatchId(match), person=person, agrees=not no),
        now=application.clock.now(),
        actor=person,
    )


def book(
    match: str,
    when: str,
    *,
    as_: Annotated[
        str | None,
        Parameter(name="--as", help="Whose it is, where they meet one by one."),
    ] = None,
    place: str = "",
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Book the next meeting of a match, or move the one that is ahead.

    Example: stafet book pair-3 "2027-12-01 10:00"
    """
    from engine.commands.booking import book as booked
    from engine.commands.booking import series_of

    application = installed(now)
    which = cohort_of(application, cohort)
    moment, record = application.clock.now(), application.unit.standing(which).record
    starts = local_instant(when, record)
    person = person_of(record, as_).person if as_ else None

    def decide(one: "Standing") -> Decision:
        series = series_of(one, MatchId(match), person, now=moment)
        return booked(one, series=series, starts=starts, place=place, now=moment)

    actor = person or COORDINATOR
    application.unit.perform(which, decide, now=moment, actor=actor)
    say(f"{as_ or match} meets {when}; whoever takes part gets it in their calendar")


def answer(
    evaluation: str,
    file: Path,
    *,
    as_: As,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Hand in an evaluation for somebody, from a file of question: answer.

    Example: stafet answer after-workshop-1 --as ugle answers.yaml
    """
    from engine.commands.answers import answer as answered
    from integrations.settings import draw_ballot
    from integrations.spec_files import read_answers

    application = installed(now)
    which = cohort_of(application, cohort)
    person = person_of(application.unit.standing(which).record, as_).person
    given, moment, ballot = read_answers(file), application.clock.now(), draw_ballot()
    application.unit.perform(
        which,
        lambda one: answered(
            one,
            occurrence=OccurrenceId(evaluation),
            person=person,
            answers=given,
            ballot=ballot,
            now=moment,
        ),
        now=moment,
        actor=person,
    )


def rsvp(
    occurrence: str,
    reply: Literal["accepted", "declined", "tentative"],
    *,
    as_: As,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Record somebody's answer to an invitation.

    Example: stafet rsvp workshop-1 declined --as ugle
    """
    from engine.commands.meetings import reply as replied

    application = installed(now)
    which = cohort_of(application, cohort)
    person = person_of(application.unit.standing(which).record, as_).person
    application.unit.perform(
        which,
        lambda one: replied(
            one, occurrence=OccurrenceId(occurrence), person=person, answer=reply
        ),
        now=application.clock.now(),
        actor=person,
    )


def attend(
    occurrence: str,
    *,
    absent: Absent = (),
    not_held: NotHeld = False,
    cohort: InCohort = None,
    now: Now = None,
) -> None:
    """Record who came to a gathering, or that a meeting was held.

    Example: stafet attend kick-off-1 --absent ugle falk
    """
    from engine.commands.meetings import attend as attended
    from engine.commands.meetings import is_meeting, met

    application = installed(now)
    which = cohort_of(application, cohort)
    record = application.unit.standing(which).record
    one_id, moment = OccurrenceId(occurrence), application.clock.now()
    if is_meeting(record, one_id):
        application.unit.perform(
            which,
            lambda one: met(one, occurrence=one_id, held=not not_held, now=moment),
            now=moment,
        )
        return
    came = _came(record, one_id, absent)
    application.unit.perform(
        which,
        lambda one: attended(one, occurrence=one_id, came=came, now=moment),
        now=moment,
    )
    say(f"{sum(came.values())} of {len(came)} came")


def _came(
    record: "Record", occurrence: OccurrenceId, absent: Sequence[str]
) -> "Mapping[PersonId, bool]":
    """Return of all who were asked to a gathering whether they came."""
    away = {person_of(record, id_).person for id_ in absent}
    known = record.state.announced.get(occurrence)
    if known is None:
        raise RefusedError(f"{occurrence} is not announced", "see stafet timeline")
    came = {person: person not in away for person in known.told.audience}
    return came | dict.fromkeys(away, False)


def done(occurrence: str, *, as_: As, cohort: InCohort = None, now: Now = None) -> None:
    """Record that somebody has done what they were asked, or agrees.

    Example: stafet done reflection-1 --as ugle
    """
    from engine.commands.work import complete

    application = installed(now)
    which = cohort_of(application, cohort)
    person = person_of(application.unit.standing(which).record, as_).person
    moment = application.clock.now()
    application.unit.perform(
        which,
        lambda one: complete(
            one, occurrence=OccurrenceId(occurrence), person=person, now=moment
        ),
        now=moment,
        actor=person,
    )
    say(f"{as_} has done {occurrence}")


def settle(task: str, *, cohort: InCohort = None, now: Now = None) -> None:
    """Say that something which needed a person has been seen to.

    Example: stafet settle who-came/kick-off-1
    """
    from engine.commands.tasks import settle as settled

    application = installed(now)
    which = cohort_of(application, cohort)
    application.unit.perform(
        which, lambda one: settled(one, task=task), now=application.clock.now()
    )
    say(f"{task} is settled")


COMMANDS = (approve, confirm, book, answer, rsvp, attend, done, settle)
