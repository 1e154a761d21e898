"""Whether what the notes promise holds, at each step and at the end."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Engine, select

from engine.commands.standing import Standing
from engine.commands.unit import Unit
from engine.dated import Announcement
from engine.facts import Done
from engine.ids import CohortId, OccurrenceId, PersonId
from engine.ports import Change
from flows.wiring import feed_of
from integrations.store.tables import outbox
from tests.simulation.addressees import told_elsewhere
from tests.simulation.audiences import (
    has_its_audience,
    shows_only_theirs,
    stays_with_nobody_else,
)
from tests.simulation.calendars import Shown, entries
from tests.simulation.deciding import Decided
from tests.simulation.endings import Row, ended_well, was_replaced
from tests.simulation.machines import LEASE, MOST_SKEW
from tests.simulation.relay import TIME_OUT, Arrival, Relay
from tests.simulation.tracing import Time, ViolationError

_HOUR = dt.timedelta(hours=1)
_ROWS = select(
    *(column for column in outbox.c if column.name not in {"payload", "reply"}),
    outbox.c.reply,
).order_by(outbox.c.number)

Feed = Mapping[str, Shown]


@dataclass(kw_only=True)
class Judge:
    """What was seen so far, by somebody whom no fault touches.

    Attributes:
        eye: A unit of the judge's own.
        engine: The database, read past the store.
        calendars: What each person's calendar shows, by UID.
        uids: Of each occurrence, from its first mail on.
        promised: The mails of each decision, by the last fact before it.
        checked: How often each oracle had something to say: none may be idle.
    """

    time: Time
    relay: Relay
    eye: Unit
    engine: Engine
    calendars: dict[tuple[PersonId, str], Shown] = field(default_factory=dict)
    uids: dict[tuple[CohortId, OccurrenceId], str] = field(default_factory=dict)
    message_ids: dict[str, str] = field(default_factory=dict)
    promised: dict[tuple[CohortId, int], list[str]] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)

    def deciding(self, cohort: CohortId, change: Change, expected: int) -> None:
        """Judge what is about to be written; what is to be refused does not count."""
        if cohort not in self.eye.store.cohorts():
            return
        before = self.eye.standing(cohort)
        if before.record.state.number != expected:
            return
        Decided(change=change, before=before, now=self.time.now).judge()
        # If it is not written after all, the next one takes its place.
        self.promised[(cohort, expected)] = [one.key for one in change.messages]
        self._count("decided")
        for message in change.messages:
            if message.uid:
                occurrence = OccurrenceId(message.key.split("/")[2])
                self._keeps_its_uid(cohort, occurrence, message.uid)

    def idle(self, *, before: dt.datetime) -> None:
        """Judge a worker that found nothing more to do that was due before."""
        self._count("idle")
        owing = set(self.eye.store.due(before))
        for cohort in self.eye.store.cohorts():
            # Not from the column that workers look at: it may be what is wrong.
            owed = self.eye.standing(cohort).actions
            owing |= {cohort for action in owed if action.due <= before}
        if owing:
            raise ViolationError("stuck", f"{', '.join(sorted(owing))} owe something")

    def arrived(self, arrival: Arrival) -> None:
        """Judge one message that somebody got."""
        message, mail, at = arrival.message, arrival.mail, arrival.at
        self._count("arrived")
        entry = mail.entry
        words = f"{entry.uid} {entry.sequence} {entry.starts:%F %R}" if entry else ""
        self.time.tell("arrived", message.key, mail.message_id, words)
        if at < message.not_before - MOST_SKEW - dt.timedelta(seconds=1):
            raise ViolationError("early", f"{message.key} waits for {arrival}")
        self._is_one(arrival)
        if entry is None:
            return
        late = LEASE + MOST_SKEW + TIME_OUT
        if not mail.cancels and entry.starts <= at - late:
            raise ViolationError("past", f"{message.key} came at {at}")
        self._comes_in_order(message.recipient, entry, message.key)

    def _is_one(self, arrival: Arrival) -> None:
        """One identity; and twice only where a fault hid that it was accepted."""
        key, all_ = arrival.message.key, self.relay.arrivals[arrival.message.key]
        known = self.message_ids.setdefault(arrival.mail.message_id, key)
        payloads = {one.message.payload for one in all_}
        if known != key:
            raise ViolationError("extra", f"{key} is {known} again")
        if len(payloads) > 1:
            raise ViolationError("double identity", f"{key} has several")
        before = all_[: all_.index(arrival)]
        if not all(one.excused for one in before):
            raise ViolationError("physical double", f"{key} came {len(before) + 1} x")
        if before:
            self._count("excused doubles")

    def _comes_in_order(self, person: PersonId, entry: Shown, key: str) -> None:
        last = self.calendars.get((person, entry.uid))
        self.calendars[(person, entry.uid)] = entry
        if last is None:
            return
        self._count("updates")
        if entry.newness < last.newness:
            raise ViolationError("order", f"{key} came after {last}")
        moved = _significant(last) != _significant(entry)
        if moved and entry.sequence <= last.sequence:
            raise ViolationError("SEQUENCE", f"{key}: {last} became {entry}")

    def _keeps_its_uid(
        self, cohort: CohortId, occurrence: OccurrenceId, uid: str
    ) -> None:
        if self.uids.setdefault((cohort, occurrence), uid) != uid:
            raise ViolationError("uid", f"{cohort} {occurrence} has another one")

    # What holds at any moment at which nothing is under way.

    def begins(self, cohort: CohortId, occurrence: OccurrenceId) -> None:
        """Judge, as something begins, what one of those who come believes about it."""
        known = self.eye.standing(cohort).record.state.announced[occurrence]
        told = known.told
        if told.starts == self.time.now and told.audience and not told.cancelled:
            # A feed takes long to write: one person's is enough.
            person = told.audience[len(self.time.lines) % len(told.audience)]
            self._agree(cohort, known, person, self._feed(person), placed=True)

    def agree(self) -> None:
        """Judge whether mail, feed and timeline agree on everything."""
        feeds: dict[PersonId, Feed] = {}
        standings = [self.eye.standing(one) for one in self.eye.store.cohorts()]
        coordinators = {one.record.coordinator.person for one in standings}
        for cohort in self.eye.store.cohorts():
            for known in self.eye.standing(cohort).record.state.announced.values():
                told = known.told
                for person in (*told.audience, *told.withdrawn):
                    if person not in feeds:
                        feeds[person] = self._feed(person)
                    self._agree(cohort, known, person, feeds[person], placed=False)
        for standing in standings:
            has_its_audience(standing)
        stays_with_nobody_else(standings, self.calendars)
        for person in sorted(set(feeds) - coordinators):
            shows_only_theirs(person, standings, feeds[person])

    def _agree(
        self,
        cohort: CohortId,
        known: Announcement,
        person: PersonId,
        feed: Feed,
        *,
        placed: bool,
    ) -> None:
        standing, told = self.eye.standing(cohort), known.told
        if person in told_elsewhere(standing.record, told):
            return
        uid = standing.record.uid(told.occurrence)
        in_feed = feed.get(uid)
        if in_feed is None:
            raise ViolationError("agree", f"{person} does not see {told.occurrence}")
        one = standing.timeline.occurrences.get(told.occurrence)
        comes = one is not None and person in one.slot.audience
        times = (one.starts, one.ends) if one else None
        if comes and not in_feed.cancelled and times != (in_feed.starts, in_feed.ends):
            raise ViolationError("agree", f"{one} and {in_feed}")
        rows = self.rows(lane=f"{person}/{uid}")
        # Nobody is written to about what files move into the past.
        past = told.starts <= known.at
        if past or not rows or rows[-1]["status"] != "sent":
            return
        self._count("agreed")
        mailed = self.calendars[(person, uid)]
        # Whoever was taken off hears no more of it, whatever becomes of it.
        off = mailed.cancelled and in_feed.cancelled
        newer = in_feed.sequence >= mailed.sequence
        if off and newer:
            return
        if _shown(mailed, placed=placed) != _shown(in_feed, placed=placed):
            raise ViolationError("agree", f"{person}: {mailed} and {in_feed}")

    def _feed(self, person: PersonId) -> Feed:
        records = [self.eye.standing(one).record for one in self.eye.store.cohorts()]
        text = feed_of(records, person).decode()
        return {one.uid: one for one in entries(text)}

    def remembers(self, units: Sequence[Unit], fresh: Unit) -> None:
        """Judge whether who has run for long believes what a fresh process reads."""
        for cohort in fresh.store.cohorts():
            read = _believed(fresh.standing(cohort))
            for unit in units:
                self._count("remembered")
                if _believed(unit.standing(cohort)) != read:
                    raise ViolationError("stale", f"{cohort} is remembered otherwise")

    # What holds at the end.

    def ended(self) -> None:
        """Judge the whole, after a time in which nothing went wrong."""
        self.idle(before=self.time.now - _HOUR)
        rows = self.rows()
        for row in rows:
            self._count(row["status"])
            ended_well(row, self.relay)
        for _, lane in groupby(sorted(rows, key=_lane), key=lambda row: row["lane"]):
            was_replaced(tuple(lane), self.relay)
        stored = {row["key"] for row in rows}
        if strange := set(self.relay.arrivals) - stored:
            raise ViolationError("extra", f"{sorted(strange)} came from nowhere")
        self._history(stored)
        self.agree()
        self._uids_are_apart()

    def _history(self, stored: Container[str]) -> None:
        """Each action once, and each decision with its mails."""
        for cohort in self.eye.store.cohorts():
            facts = self.eye.store.facts(cohort)
            events = [fact.event for fact in facts]
            done = Counter(one.action for one in events if isinstance(one, Done))
            if twice := [action for action, times in done.items() if times > 1]:
                raise ViolationError("extra", f"{twice} are done twice")
        for (cohort, last), keys in self.promised.items():
            written = last < self.eye.standing(cohort).record.state.number
            if lost := [key for key in keys if written and key not in stored]:
                raise ViolationError("lost", f"{lost} never came to the outbox")

    def rows(self, *, lane: str | None = None) -> Sequence[Row]:
        """Return what the outbox has, of one lane or of all, in order."""
        wanted = _ROWS if lane is None else _ROWS.where(outbox.c.lane == lane)
        with self.engine.connect() as connection:
            found = connection.execute(wanted).mappings().all()
        return tuple(dict(row) for row in found)

    def _uids_are_apart(self) -> None:
        shared: dict[str, list[tuple[CohortId, OccurrenceId]]] = {}
        for which, uid in self.uids.items():
            shared.setdefault(uid, []).append(which)
        for which_ones in shared.values():
            if len({cohort for cohort, _ in which_ones}) < len(which_ones):
                raise ViolationError("uid", f"{which_ones} are one entry")

    def _count(self, what: str) -> None:
        self.checked[what] = self.checked.get(what, 0) + 1


def _lane(row: Row) -> tuple[str, int]:
    return row["lane"], row["number"]


def _significant(shown: Shown) -> tuple[object, ...]:
    return (shown.starts, shown.ends, shown.cancelled, shown.location)


def _shown(shown: Shown, *, placed: bool) -> tuple[object, ...]:
    """Return what mail and feed agree on; a house may have another name afterwards."""
    place = shown.location if placed else ""
    return (shown.sequence, shown.starts, shown.ends, shown.cancelled, place)


def _believed(standing: Standing) -> tuple[object, ...]:
    """Return all that decides; people are told of by the files of several cohorts."""
    record = standing.record
    roles = {one.person: one.roles for one in record.people.values()}
    rest = (roles, record.written, record.frozen)
    return (record.state, standing.timeline, standing.actions, rest)
