"""For whom a condition such as `without a booked meeting` holds at the moment."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.commands.booking import bookable
from engine.commands.decision import RefusedError
from engine.commands.standing import Standing
from engine.company import Company, companies, declined, rests
from engine.ids import OccurrenceId, PersonId
from engine.record import Record
from engine.spec.activities import Agreement, Evaluation, Handover, Meeting, Work
from engine.spec.wording import listed, quoted
from engine.timeline.model import Occurrence


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Where a cohort stands when somebody asks who is meant."""

    standing: Standing
    now: dt.datetime

    @property
    def record(self) -> Record:
        """The cohort."""
        return self.standing.record


Condition = Callable[[Asked, str], Iterator[PersonId]]
"""Who fulfils a condition about what it names; most name nothing."""


def _without_a_meeting(asked: Asked, _name: str) -> Iterator[PersonId]:
    """Yield who has a meeting of their match to book, and none booked ahead.

    Not where the match rests: nobody is asked to book then.
    """
    for company in _bookers(asked.record):
        if rests(asked.record.state, company):
            continue
        one = bookable(asked.standing, company.series, now=asked.now)
        if one is not None and one.id not in asked.record.state.booked:
            yield from company.people


def _bookers(record: Record) -> Iterator[Company]:
    agreed = [one for one in record.state.matches.values() if one.agreed is not None]
    for _, meeting in record.frozen.programme.activities():
        if isinstance(meeting, Meeting):
            for match in agreed:
                if match.kind == meeting.with_:
                    yield from companies(match, meeting.one_by_one)


def _without_a_match(asked: Asked, _name: str) -> Iterator[PersonId]:
    matches = asked.record.state.matches.values()
    matched = {who for one in matches if not one.dissolved for who in one.people}
    yield from (
        one.person for one in asked.record.participants if one.person not in matched
    )


def _not_answered(asked: Asked, name: str) -> Iterator[PersonId]:
    """Yield who has not answered; of an anonymous one nobody may be told."""
    one = _begun(asked, name, (Evaluation, Handover))
    activity = asked.record.frozen.programme.activity(one.slot.activity)
    if isinstance(activity, Evaluation) and activity.anonymous is not None:
        problem = f"{one.id} is anonymous: who has answered it is told to nobody"
        raise RefusedError(problem, "write `remind` in the spec, which reaches them")
    said = asked.record.state.answered.get(one.id, frozenset())
    yield from (person for person in one.slot.audience if person not in said)


def _not_done(asked: Asked, name: str) -> Iterator[PersonId]:
    one = _begun(asked, name, (Work, Agreement))
    done = asked.record.state.completed.get(one.id, frozenset())
    yield from (person for person in one.slot.audience if person not in done)


def _not_replied(asked: Asked, name: str) -> Iterator[PersonId]:
    """Yield who has not replied to the invitation as it is now."""
    one, state = _announced(asked, name), asked.record.state
    told = state.announced[one].told
    for person in told.audience:
        said = state.replies.get((one, person))
        if said is None or said.sequence < told.sequence:
            yield person


def _coming(asked: Asked, name: str) -> Iterator[PersonId]:
    """Yield who is invited and has not declined."""
    one, state = _announced(asked, name), asked.record.state
    off = declined(state, one)
    audience = state.announced[one].told.audience
    yield from (person for person in audience if person not in off)


def _announced(asked: Asked, name: str) -> OccurrenceId:
    announced = asked.record.state.announced.items()
    known = [one for one, known in announced if not known.told.cancelled]
    return _meant(name, known)


def _begun(asked: Asked, name: str, kinds: tuple[type, ...]) -> Occurrence:
    activity = asked.record.frozen.programme.activity
    found = {
        one.id: one
        for one in asked.standing.timeline.occurrences.values()
        if isinstance(activity(one.slot.activity), kinds)
        and not one.provisional
        and one.starts <= asked.now
    }
    return found[_meant(name, found)]


def _meant(name: str, known: Iterable[OccurrenceId]) -> OccurrenceId:
    """Return what an id names, or an activity of which there is one so far."""
    ids = list(known)
    of_it = [one for one in ids if re.fullmatch(rf"{re.escape(name)}-\d+", one)]
    found = [one for one in ids if one == name] or of_it
    if len(found) == 1:
        return found[0]
    if found:
        problem = f"there are several of {quoted(name)}"
        raise RefusedError(problem, f"write {listed(found)}")
    remedy = f"known: {listed(ids, last='and') or 'none so far'}"
    raise RefusedError(f"{quoted(name)} cannot be meant there", remedy)


CONDITIONS: Mapping[str, Condition] = {
    "without a booked meeting": _without_a_meeting,
    "without a match": _without_a_match,
    "who have not answered EVALUATION": _not_answered,
    "who have not done TASK": _not_done,
    "who have not replied to OCCURRENCE": _not_replied,
    "who come to OCCURRENCE": _coming,
}
"""By how they are written; a word in capitals is an occurrence."""
