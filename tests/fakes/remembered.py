"""What a database would hold, in plain Python."""

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from engine.facts import Fact
from engine.ids import CohortId, PersonId
from engine.outbox import Ending, Message, Standing, Waiting, overtaken
from engine.people import Participant
from engine.ports import Link, Response


def utc(moment: dt.datetime) -> dt.datetime:
    """Return the moment in UTC; refuse a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(dt.UTC)


@dataclass
class Cohort:
    """One cohort."""

    facts: list[Fact] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)
    people: dict[PersonId, Participant] = field(default_factory=dict)
    responses: list[Response] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    next_due: dt.datetime | None = None

    def copied(self) -> "Cohort":
        """Return the same, which goes on apart from this one."""
        return replace(
            self,
            facts=list(self.facts),
            frozen=list(self.frozen),
            people=dict(self.people),
            responses=list(self.responses),
            written=dict(self.written),
        )


@dataclass
class Entry:
    """One row of the outbox."""

    message: Message
    standing: Standing
    fence: int = 0
    lease_until: dt.datetime | None = None
    again: dt.datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it is not settled."""
        return self.standing.waits

    @property
    def shown(self) -> Standing:
        """Where it has got to, as the outbox tells it."""
        return replace(self.standing, again=self.again, lease_until=self.lease_until)

    @property
    def marked(self) -> bool:
        """Whether its dot may be on its way."""
        return self.standing.status == "sending"

    def held(self, now: dt.datetime) -> bool:
        """Whether somebody's lease holds."""
        return self.lease_until is not None and self.lease_until > now

    def become(
        self,
        status: Waiting | Ending,
        *,
        doubt: bool = False,
        end: dt.datetime | None = None,
    ) -> None:
        """Change the status, and note a doubt; `end` is when it was settled."""
        self.standing = replace(
            self.standing,
            status=status,
            doubts=self.standing.doubts + doubt,
            settled_at=end,
        )

    def taken(
        self,
        status: Waiting | Ending,
        *,
        doubt: bool = False,
        end: dt.datetime | None = None,
    ) -> None:
        """Change the status under whoever has it."""
        self.become(status, doubt=doubt, end=end)
        self.fence += 1
        self.lease_until = None


@dataclass
class Memory:
    """What a database would hold, for one store and one outbox."""

    cohorts: dict[CohortId, Cohort] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    paused: dt.datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def copied(self) -> "Memory":
        """Return the same, which goes on apart from this one."""
        return Memory(
            cohorts={name: one.copied() for name, one in self.cohorts.items()},
            entries=[replace(entry) for entry in self.entries],
            links=dict(self.links),
            paused=self.paused,
        )

    def take_back(
        self, cohort: CohortId, people: Sequence[PersonId], *, now: dt.datetime
    ) -> None:
        """Settle the letters of some people that never left."""
        for entry in self.entries:
            row = entry.standing
            theirs = row.cohort == cohort and row.recipient in people
            if theirs and row.lane == row.key and row.unsent:
                entry.taken("annihilated", end=now)

    def tidy(self, lane: str, *, now: dt.datetime) -> None:
        """Settle what need not leave any more."""
        rows = [entry.standing for entry in self.entries if entry.message.lane == lane]
        for number, ending in overtaken(rows).items():
            self.entries[number - 1].taken(ending, end=now)

    def insert(self, message: Message) -> None:
        """Insert a message whose key is new."""
        if any(entry.message.key == message.key for entry in self.entries):
            return
        standing = Standing(
            number=len(self.entries) + 1,
            key=message.key,
            cohort=message.cohort,
            recipient=message.recipient,
            lane=message.lane,
            kind=message.kind,
            not_before=message.not_before,
            not_after=message.not_after,
            status="pending",
        )
        self.entries.append(Entry(message, standing))
