"""A store and an outbox in plain Python: what the ports say, and nothing besides."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.facts import Fact
from engine.ids import CohortId, PersonId
from engine.outbox import Claim, Outcome, Standing, Stored, hindrances
from engine.people import Participant
from engine.ports import Change, ConflictError, Link, Response
from tests.fakes.remembered import Cohort, Entry, Memory, utc

__all__ = ["Memory", "MemoryOutbox", "MemoryStore"]


class MemoryStore:
    """The recorded cohorts."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def cohorts(self) -> tuple[CohortId, ...]:
        return tuple(sorted(self._memory.cohorts))

    def due(self, now: dt.datetime) -> tuple[CohortId, ...]:
        utc(now)
        found = [
            (cohort.next_due, name)
            for name, cohort in self._memory.cohorts.items()
            if cohort.next_due is not None and cohort.next_due <= now
        ]
        return tuple(name for _, name in sorted(found))

    def next_due(self, cohort: CohortId) -> dt.datetime | None:
        return self._cohort(cohort).next_due

    def frozen(self, cohort: CohortId) -> tuple[int, str] | None:
        kept = self._cohort(cohort).frozen
        return (len(kept), kept[-1]) if kept else None

    def people(self, cohort: CohortId) -> tuple[Participant, ...]:
        found = self._cohort(cohort).people.values()
        return tuple(sorted(found, key=lambda each: _number(each.person)))

    def surrogates(self, keys: Iterable[str]) -> Mapping[str, PersonId]:
        known = self._known()
        wanted = set(keys)
        return {key: person for person, key in known.items() if key in wanted}

    def next_person(self) -> int:
        return max((_number(person) for person in self._known()), default=0) + 1

    def facts(self, cohort: CohortId, *, after: int = 0) -> tuple[Fact, ...]:
        return tuple(self._cohort(cohort).facts[after:])

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        at = utc(change.at)
        next_due = None if change.next_due is None else utc(change.next_due)
        with self._memory.lock:
            entry = self._cohort(cohort)
            if len(entry.facts) != expected:
                raise ConflictError(cohort)
            self._enrol(entry, change.people)
            entry.facts += [
                Fact(cohort=cohort, number=n, at=at, actor=change.actor, event=e)
                for n, e in enumerate(change.facts, start=expected + 1)
            ]
            entry.frozen += [] if change.frozen is None else [change.frozen]
            entry.responses += change.responses
            entry.written.update(change.written)
            entry.next_due = next_due
            self._memory.cohorts[cohort] = entry
            self._send(cohort, change)

    def written(self, cohort: CohortId) -> Mapping[str, str]:
        return dict(self._cohort(cohort).written)

    def responses(self, cohort: CohortId) -> tuple[Response, ...]:
        found = self._cohort(cohort).responses
        return tuple(sorted(found, key=lambda one: (one.occurrence, one.ballot)))

    def link(self, token_hash: str) -> Link | None:
        return self._memory.links.get(token_hash)

    def _cohort(self, cohort: CohortId) -> Cohort:
        return self._memory.cohorts.get(cohort, Cohort())

    def _known(self) -> dict[PersonId, str]:
        return {
            each.person: each.email.lower()
            for cohort in self._memory.cohorts.values()
            for each in cohort.people.values()
        }

    def _enrol(self, cohort: Cohort, people: Iterable[Participant]) -> None:
        known = self._known()
        for each in people:
            key = each.email.lower()
            others = {k for person, k in known.items() if person != each.person}
            strange = each.person in known and each.person not in cohort.people
            if key in others or (strange and known[each.person] != key):
                raise ConflictError(each.person)
        for each in people:
            cohort.people[each.person] = each
            for other in self._memory.cohorts.values():
                if each.person in other.people:
                    other.people[each.person] = replace(
                        other.people[each.person],
                        name=each.name,
                        email=each.email,
                        phone=each.phone,
                        language=each.language,
                    )

    def _send(self, cohort: CohortId, change: Change) -> None:
        self._memory.take_back(cohort, change.leaving, now=utc(change.at))
        for message in change.messages:
            self._memory.insert(message)
        for lane in {message.lane for message in change.messages}:
            self._memory.tidy(lane, now=utc(change.at))
        for link in change.links:
            self._memory.links.setdefault(link.hash, link)


class MemoryOutbox:
    """Messages on their way out."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def claim(
        self, *, now: dt.datetime, lease: dt.timedelta, most: int = 1
    ) -> tuple[Claim, ...]:
        utc(now)
        with self._memory.lock:
            self._expire(now)
            stopped = self._memory.paused is not None
            waiting = () if stopped else self._memory.entries
            entries = [e for e in waiting if self._may_leave(e, now)][:most]
            return tuple(self._claimed(entry, now + lease) for entry in entries)

    def release(self, claims: Sequence[Claim]) -> None:
        with self._memory.lock:
            for claim in claims:
                entry = self._held(claim)
                if entry is not None and entry.standing.status == "leased":
                    doubtful = entry.standing.doubts > 0
                    entry.become("in doubt" if doubtful else "pending")
                    entry.lease_until = None

    def _claimed(self, entry: Entry, until: dt.datetime) -> Claim:
        lost = entry.marked
        entry.become("leased", doubt=lost)
        _count(entry, attempts=int(lost))
        entry.fence += 1
        entry.lease_until = until
        return Claim(
            message=entry.message,
            number=entry.standing.number,
            fence=entry.fence,
            attempts=entry.standing.attempts,
            lease_until=until,
        )

    def mark_sending(self, claim: Claim, *, now: dt.datetime) -> bool:
        with self._memory.lock:
            entry = self._held(claim)
            if (
                entry is None
                or not entry.held(now)
                or entry.standing.useless(now)
                or entry.standing.status != "leased"
            ):
                return False
            entry.become("sending")
            return True

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> bool:
        utc(now)
        with self._memory.lock:
            entry = self._held(claim)
            begun = {"sent": {"sending"}, "in doubt": {"sending"}}
            states = begun.get(outcome.verdict, {"leased", "sending"})
            if entry is None or entry.standing.status not in states:
                return False
            self._conclude(entry, outcome, utc(now), again)
            return True

    def standings(self, cohort: CohortId | None = None) -> tuple[Standing, ...]:
        found = [entry.shown for entry in self._memory.entries]
        return tuple(row for row in found if cohort in {None, row.cohort})

    def outstanding(self) -> tuple[Standing, ...]:
        found = self.standings()
        return tuple(row for row in found if row.waits or row.status == "dead")

    def find(self, number: int) -> Stored | None:
        found = (e for e in self._memory.entries if e.standing.number == number)
        stored = (Stored(message=e.message, standing=e.shown) for e in found)
        return next(stored, None)

    def retry(self, numbers: Sequence[int], *, now: dt.datetime) -> Mapping[int, str]:
        with self._memory.lock:
            why_not = hindrances("retry", numbers, self.standings(), now=now)
            for entry in () if why_not else self._chosen(numbers):
                unsure = entry.marked or entry.standing.doubts > 0
                entry.taken("in doubt" if unsure else "pending", doubt=entry.marked)
                entry.standing = replace(entry.standing, attempts=0)
                entry.again = None
            return why_not

    def drop(self, numbers: Sequence[int], *, now: dt.datetime) -> Mapping[int, str]:
        utc(now)
        with self._memory.lock:
            why_not = hindrances("drop", numbers, self.standings(), now=now)
            chosen = () if why_not else self._chosen(numbers)
            for entry in chosen:
                entry.taken("dropped", doubt=entry.marked, end=utc(now))
            for entry in chosen:
                self._memory.tidy(entry.message.lane, now=utc(now))
            return why_not

    def pause(self, *, now: dt.datetime) -> None:
        with self._memory.lock:
            self._memory.paused = self._memory.paused or utc(now)
            for entry in self._memory.entries:
                if entry.standing.status == "leased":
                    unsure = entry.standing.doubts > 0
                    entry.taken("in doubt" if unsure else "pending")

    def resume(self) -> None:
        self._memory.paused = None

    def paused(self) -> dt.datetime | None:
        return self._memory.paused

    def _chosen(self, numbers: Sequence[int]) -> Sequence[Entry]:
        return [self._memory.entries[number - 1] for number in sorted(set(numbers))]

    def _conclude(
        self,
        entry: Entry,
        outcome: Outcome,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> None:
        entry.lease_until = None
        entry.standing = replace(entry.standing, reply=outcome.reply[:500])
        match outcome.verdict:
            case "sent" | "dead" as ending:
                entry.become(ending, end=now)
            case "retry" | "in doubt":
                doubt = outcome.verdict == "in doubt"
                unsure = doubt or entry.standing.doubts > 0
                entry.become("in doubt" if unsure else "pending", doubt=doubt)
                _count(entry, attempts=1)
                entry.again = None if again is None else utc(again)
        self._memory.tidy(entry.message.lane, now=now)

    def _expire(self, now: dt.datetime) -> None:
        for entry in self._memory.entries:
            late = entry.message.not_after is not None and entry.message.not_after < now
            if entry.waits and late and not entry.held(now):
                entry.taken("expired", doubt=entry.marked, end=utc(now))
                self._memory.tidy(entry.message.lane, now=utc(now))

    def _may_leave(self, entry: Entry, now: dt.datetime) -> bool:
        moments = (entry.message.not_before, entry.again or now)
        return (
            entry.waits
            and not entry.held(now)
            and max(moments) <= now
            and not any(
                other.waits
                and other.message.lane == entry.message.lane
                and other.standing.number < entry.standing.number
                for other in self._memory.entries
            )
        )

    def _held(self, claim: Claim) -> Entry | None:
        entry = self._memory.entries[claim.number - 1]
        return entry if entry.fence == claim.fence and entry.waits else None


def _count(entry: Entry, *, attempts: int) -> None:
    total = entry.standing.attempts + attempts
    entry.standing = replace(entry.standing, attempts=total)


def _number(person: PersonId) -> int:
    return int(person.removeprefix("p"))
