"""To whom a decision must write, and whom it must leave alone, from the facts alone."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.facts import (
    Announced,
    Enrolled,
    Joined,
    Left,
    Messaged,
    Paused,
    Posted,
    Resumed,
)
from engine.ids import OccurrenceId, PersonId
from engine.outbox import Message
from engine.ports import Change
from engine.record import Record
from tests.simulation.calendars import read_mail
from tests.simulation.tracing import ViolationError

_GOODBYES = frozenset({"farewell", "gone-over"})
_AWAY = frozenset(
    {"pausing", "pause-moved", "place-given", "match-ended", "partner-left"}
)


@dataclass(frozen=True, kw_only=True)
class Addressees:
    """The mails of a change that is about to be written, and the cohort before it."""

    change: Change
    record: Record

    def judge(self) -> None:
        """Hold them against whom the facts of the change concern.

        Raises:
            ViolationError: At the first who is missing, or written to without a reason.
        """
        self._are_whom_they_must_be()
        self._are_whom_a_coordinator_names()
        self._are_there()
        self._are_taken_off()

    def _are_whom_they_must_be(self) -> None:
        wanted = Counter(
            (person, told.occurrence, cancels)
            for told in self._announced
            for person, cancels in self._readers(told).items()
        )
        mails = [one for one in self.change.messages if one.uid]
        found = Counter(_about(one) for one in mails)
        if missing := wanted - found:
            raise ViolationError("lost", f"nobody writes to {_listed(missing)}")
        if more := found - wanted:
            raise ViolationError("extra", f"nothing calls for {_listed(more)}")
        for one in mails:
            self._is_ahead(one)

    @property
    def _announced(self) -> Iterator[Announced]:
        return (one for one in self.change.facts if isinstance(one, Announced))

    def _readers(self, told: Announced) -> Mapping[PersonId, bool]:
        """Return who is written to, and whether it is to take something back."""
        if told.starts <= self.change.at:
            return {}
        known = self.record.state.announced.get(told.occurrence)
        last = known.told if known else None
        before = last.audience if last else ()
        kept = told_elsewhere(self.record, told)
        left = [one for one in before if one not in told.audience]
        off = before if told.cancelled else [one for one in left if one not in kept]
        gives_on = _told_next(self.record, told, self.change.at)
        if told.cancelled:
            return {one: one not in gives_on for one in off if one not in kept}
        anew = last is None or (last.sequence, last.stage) != (
            told.sequence,
            told.stage,
        )
        # What a match has booked says whom one meets.
        booked = told.occurrence in self.record.state.booked
        anew = anew or (booked and not set(told.audience) <= set(before))
        here = [one for one in told.audience if anew or one not in before]
        invited = {one: False for one in here if one not in kept}
        return {one: one not in gives_on for one in off} | invited

    def _is_ahead(self, message: Message) -> None:
        entry = read_mail(message.payload).entry
        if entry is None or entry.uid != message.uid:
            raise ViolationError("agree", f"{message.key} has no entry of its own")
        if entry.sequence != message.sequence:
            raise ViolationError("agree", f"{message.key} says {entry.sequence}")
        if entry.starts <= self.change.at:
            raise ViolationError("past", f"{message.key} is about {entry.starts}")

    def _are_whom_a_coordinator_names(self) -> None:
        named = Counter(
            person
            for told in self.change.facts
            if isinstance(told, Messaged)
            for person in told.people
        )
        mails = [one for one in self.change.messages if one.kind == "message"]
        found = Counter(one.recipient for one in mails)
        if found != named:
            raise ViolationError("lost", f"{found} are written to, and not {named}")

    def _are_there(self) -> None:
        """Whoever has left gets one goodbye, and whoever is away what tells of it."""
        presence = self.record.state.presence
        for mail in self.change.messages:
            person = mail.recipient
            if person in self._returning or mail.kind == "message":
                continue
            if person in presence.left:
                self._says_only(mail, _GOODBYES)
            elif person in presence.paused and mail.uid:
                self._is_after_the_pause(mail)
            elif person in presence.paused:
                self._says_only(mail, _AWAY)

    @property
    def _returning(self) -> Collection[PersonId]:
        """Return who comes, or is back, by this change."""
        return {
            one.person
            for one in self.change.facts
            if isinstance(one, (Joined, Resumed))
            or (isinstance(one, Enrolled) and one.roles)
        }

    def _is_after_the_pause(self, mail: Message) -> None:
        """Whoever is away is still told of what begins once they are back."""
        read = read_mail(mail.payload)
        until = self._away.get(mail.recipient)
        if read.cancels or read.entry is None:
            return
        if _away_at(read.entry.starts, until):
            raise ViolationError(
                "absent", f"{mail.key} asks {mail.recipient}, who is away until {until}"
            )

    @property
    def _away(self) -> Mapping[PersonId, dt.datetime | None]:
        """Return until when each is away, with what this change says of it."""
        paused = self.record.state.presence.paused
        before = {person: pause.until for person, pause in paused.items()}
        told = [one for one in self.change.facts if isinstance(one, Paused)]
        return before | {one.person: one.until for one in told}

    def _says_only(self, mail: Message, allowed: Collection[str]) -> None:
        waiting = self.record.state.waiting
        wordings = {
            waiting[notice].notice.wording
            for one in self.change.facts
            if isinstance(one, Posted) and one.letter == mail.key
            for notice in one.told
        }
        if not wordings or not wordings <= set(allowed):
            words = f"{mail.recipient}, who is not there, of {sorted(wordings)}"
            raise ViolationError("absent", f"{mail.key} tells {words}")

    def _are_taken_off(self) -> None:
        """Whoever leaves, or is away when it begins, is asked to nothing ahead."""
        gone: dict[PersonId, dt.datetime | None] = {
            one.person: None if isinstance(one, Left) else one.until
            for one in self.change.facts
            if isinstance(one, (Left, Paused))
        }
        told = {one.occurrence: one for one in self._announced}
        for id_, known in self.record.state.announced.items():
            latest = told.get(id_, known.told)
            ahead = latest.starts > self.change.at and not latest.cancelled
            still = {
                one
                for one in latest.audience
                if one in gone and _away_at(latest.starts, gone[one])
            }
            if ahead and still:
                raise ViolationError(
                    "lost", f"{sorted(still)} are still asked to {id_}"
                )


def _away_at(begins: dt.datetime, until: dt.datetime | None) -> bool:
    return until is None or begins < until


def told_elsewhere(record: Record, told: Announced) -> Collection[PersonId]:
    """Return whom the last cohort invites, where the two share a gathering."""
    shared = record.state.allocated[told.occurrence].shared
    if shared is None or record.previous is None:
        return ()
    closing = record.previous.announced.get(shared[1])
    return closing.told.audience if closing and not closing.told.cancelled else ()


def _told_next(
    record: Record, told: Announced, now: dt.datetime
) -> Collection[PersonId]:
    """Return whom the next cohort invites, where the two share a gathering."""
    if record.following is None:
        return ()
    state = record.following.state
    return {
        person
        for one in state.allocated.values()
        if one.shared == (record.id, told.occurrence)
        and (kick_off := state.announced.get(one.occurrence))
        and not kick_off.told.cancelled
        and kick_off.told.starts > now
        for person in kick_off.told.audience
    }


def _about(message: Message) -> tuple[PersonId, OccurrenceId, bool]:
    occurrence = OccurrenceId(message.key.split("/")[2])
    return message.recipient, occurrence, read_mail(message.payload).cancels


def _listed(who: Counter[tuple[PersonId, OccurrenceId, bool]]) -> str:
    return ", ".join(f"{person} about {one}" for person, one, _ in sorted(who))
