"""What is about to be written, held against the notes before anything is.

Extra, lost, early, wrongly skipped, SEQUENCE, weekday, the clock, the past, vetoes, and
one letter a day; the rules are worked out here again, from the facts alone.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.actions.model import (
    Action,
    Announce,
    Call,
    Lapse,
    Notify,
    Post,
    Propose,
    Resume,
)
from engine.commands.standing import Standing
from engine.facts import (
    Announced,
    Applied,
    Approved,
    Done,
    Event,
    Lapsed,
    Noticed,
    Posted,
    Proposed,
    Raised,
    Rescheduled,
    Resumed,
    Vetoed,
)
from engine.frozen import Frozen
from engine.ids import OccurrenceId
from engine.outbox import Message
from engine.ports import Change
from engine.record import Record
from engine.spec.activities import Gathering
from engine.spec.closed import WEEKDAYS
from tests.simulation.addressees import Addressees
from tests.simulation.calendars import read_mail
from tests.simulation.limits import invitation_is_due, useless_from
from tests.simulation.machines import MOST_SKEW
from tests.simulation.tracing import ViolationError

E = TypeVar("E", bound=Event)
_RECORDED: Mapping[type, type[Event]] = {
    Propose: Proposed,
    Lapse: Lapsed,
    Post: Posted,
    Resume: Resumed,
}
CANNOT_WAIT = {
    *("approve-matches", "call-me", "find-match", "match-declined", "nominees-wait"),
    *("place-free", "place-given-back", "task", "too-few", "undelivered", "who-came"),
}
"""Tasks of which a coordinator's letter may be the second of its day."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A change that is about to be written, and where the cohort stands before it."""

    change: Change
    before: Standing
    now: dt.datetime

    @property
    def record(self) -> Record:
        """The cohort before the change."""
        return self.before.record

    @property
    def frozen(self) -> Frozen:
        """The files that the change was made with."""
        if self.change.frozen is not None:
            return Frozen.from_json(self.change.frozen)
        return self.record.frozen

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Return the events of one kind."""
        return tuple(one for one in self.change.facts if isinstance(one, kind))

    def judge(self) -> None:
        """Hold it against everything.

        Raises:
            ViolationError: At the first thing that does not hold.
        """
        self._is_now()
        for done in self.of(Done):
            self._was_owed(done)
        for told in self.of(Announced):
            self._is_well_told(told)
        for posted in self.of(Posted):
            self._is_a_letter(posted)
        Addressees(change=self.change, record=self.record).judge()
        self._keeps_apart()

    def _is_now(self) -> None:
        slack = MOST_SKEW + dt.timedelta(seconds=10)
        if abs(self.change.at - self.now) > slack:
            raise ViolationError("clock", f"decided at {self.change.at} it says")
        for message in self.change.messages:
            mail = read_mail(message.payload)
            stamps = [mail.date, mail.entry.stamp if mail.entry else mail.date]
            if any(one != self.change.at.replace(microsecond=0) for one in stamps):
                raise ViolationError("clock", f"{message.key} is stamped {stamps}")
            if mail.message_id != message.message_id:
                raise ViolationError(
                    "double identity", f"{message.key} names itself {mail.message_id}"
                )

    def _keeps_apart(self) -> None:
        """Nobody is proposed or approved with whom a coordinator kept them from."""
        apart = {(kind, frozenset(two)) for kind, two in self.record.state.vetoes}
        apart |= {(one.kind, frozenset(one.people)) for one in self.of(Vetoed)}
        approved = [(one.kind, one.members) for one in self.of(Approved)]
        laid = [
            (one.kind, match.members)
            for one in self.of(Proposed)
            for match in one.matches
        ]
        for kind, members in (*approved, *laid):
            people = {person for those in members.values() for person in those}
            if any(of == kind and two <= people for of, two in apart):
                raise ViolationError("veto", f"{sorted(people)} were to be kept apart")

    def _was_owed(self, done: Done) -> None:
        if done.action in self.record.state.done:
            raise ViolationError("extra", f"{done.action} is done twice")
        if done.action.startswith("undelivered/"):
            return
        action = _owed(self.before, done.action)
        if action.due > self.change.at:
            raise ViolationError("early", f"{done.action} is due at {action.due}")
        if done.outcome == "skipped":
            self._was_useless(action)
        else:
            self._had_its_effect(action)

    def _was_useless(self, action: Action) -> None:
        limit = useless_from(action, self.before, self.frozen)
        if limit is None or self.change.at < limit:
            raise ViolationError(
                "wrongly skipped", f"{action.id} is of use until {limit}"
            )

    def _had_its_effect(self, action: Action) -> None:
        effect, held = action.effect, False
        match effect:
            case Announce():
                held = any(
                    one.occurrence == effect.occurrence and one.stage == effect.stage
                    for one in self.of(Announced)
                )
            case Notify():
                told = Counter(one.person for one in self.of(Noticed))
                held = told == Counter(effect.people)
            case Call():
                held = bool(self.of(Raised)) or any(
                    name.startswith(effect.wording) for name in self.record.state.tasks
                )
            case Propose() | Lapse() | Post() | Resume():
                held = bool(self.of(_RECORDED[type(effect)]))
        if not held:
            raise ViolationError("lost", f"{action.id} was done without its effect")

    def _is_well_told(self, told: Announced) -> None:
        known = self.record.state.announced.get(told.occurrence)
        last = known.told if known else None
        self._rises(last, told)
        if last and last.cancelled:
            raise ViolationError("extra", f"{told.occurrence} was cancelled")
        gathering = self._gathering(told.occurrence)
        if gathering is None or told.cancelled:
            return
        by_command = told.occurrence in self.record.state.moves or self.of(Rescheduled)
        if not by_command and (last is None or last.starts != told.starts):
            self._keeps_its_weekday(gathering, told)
        invited = told.stage == "invited" and (last is None or last.stage == "held")
        due = invitation_is_due(told.starts, self.frozen)
        if invited and self.change.at < due:
            raise ViolationError("early", f"{told.occurrence} is invited before {due}")

    def _rises(self, last: Announced | None, told: Announced) -> None:
        """RFC 5546 2.1.4: SEQUENCE rises with the time, the place and the end of it."""
        if last is None:
            if (told.sequence, told.revision) != (0, 0):
                raise ViolationError("SEQUENCE", f"{told} is the first")
            return
        rises = told.sequence - last.sequence
        moved = _significant(last) != _significant(told)
        # Another address of the same venue is seen in the files alone.
        right = {1} if moved else {0, 1} if self.of(Applied) else {0}
        if rises not in right or told.revision != last.revision + 1:
            raise ViolationError("SEQUENCE", f"{last} became {told}")

    def _gathering(self, occurrence: OccurrenceId) -> Gathering | None:
        allocated = self.record.state.allocated[occurrence]
        activity = self.frozen.programme.activity(allocated.activity)
        return activity if isinstance(activity, Gathering) else None

    def _keeps_its_weekday(self, gathering: Gathering, told: Announced) -> None:
        local = self.record.days.zone.local(told.starts)
        given = [one.date for one in self.frozen.cohort.dates.values()]
        if local.date() in given or gathering.on is None:
            return
        kept = local.weekday() == WEEKDAYS.index(gathering.on)
        if not kept or local.date() in self.frozen.closed:
            raise ViolationError("weekday", f"{told.occurrence} is on {local:%A %F}")

    def _is_a_letter(self, posted: Posted) -> None:
        state = self.record.state
        for notice in (*posted.told, *posted.moot):
            if notice not in state.waiting:
                raise ViolationError("extra", f"{notice} does not wait")
        letters = [one for one in self.change.messages if one.kind == "letter"]
        wanted = [(posted.letter, posted.person)] if posted.told else []
        if [(one.key, one.recipient) for one in letters] != wanted:
            raise ViolationError("lost", f"{posted} came with {len(letters)} letters")
        wordings = {state.waiting[one].notice.wording for one in posted.told}
        if wordings.isdisjoint(CANNOT_WAIT):
            for letter in letters:
                self._is_the_first_of_its_day(letter)

    def _is_the_first_of_its_day(self, letter: Message) -> None:
        days = self.record.days
        _, last = self.record.state.letters.get(letter.recipient, (0, None))
        if last is None:
            return
        if days.zone.date(days.sending(last)) >= days.zone.date(letter.not_before):
            raise ViolationError("extra", f"{letter.key} is the second of its day")


def _owed(before: Standing, id_: str) -> Action:
    for action in before.actions:
        if action.id == id_:
            return action
    raise ViolationError("extra", f"{id_} is not owed")


def _significant(told: Announced) -> tuple[object, ...]:
    return (told.starts, told.ends, told.place, told.cancelled)
