"""Bugs to plant, so that it shows whether the simulation would catch them.

Each takes the place of a part, or of a function for as long as a test runs; the source
is never touched.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select, update

from engine.ids import CohortId
from engine.outbox import Claim, Outcome
from engine.ports import Change, ConflictError
from engine.posts import Post
from flows.wiring import MimeRenderer
from integrations.store.database import writing
from integrations.store.lanes import insert_messages
from integrations.store.tables import outbox
from tests.simulation import patches
from tests.simulation.machines import Outbox, Parts, Store

SEEDS = (2, 3, 4, 11)
"""In the last of them a relay is out of reach until an invitation is of no use."""

_FOREVER = dt.timedelta(days=10_000)
_drawn = itertools.count()


class NoFence(Outbox):
    """Whoever once claimed a message goes on with it, whoever has it now."""

    def mark_sending(self, claim: Claim, *, now: dt.datetime) -> bool:
        super().mark_sending(claim, now=now)
        with writing(self._engine) as connection:
            row = outbox.c.number == claim.number
            connection.execute(update(outbox).where(row).values(status="sending"))
        return True

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        *,
        now: dt.datetime,
        again: dt.datetime | None,
    ) -> bool:
        with writing(self._engine) as connection:
            row = outbox.c.number == claim.number
            fence = connection.scalar(select(outbox.c.fence).where(row))
        held = replace(claim, fence=fence or 0)
        return super().settle(held, outcome, now=now, again=again)


class NoRecovery(Outbox):
    """What a killed worker held is held for ever."""

    def claim(
        self, *, now: dt.datetime, lease: dt.timedelta, most: int = 1
    ) -> tuple[Claim, ...]:
        return super().claim(now=now, lease=lease + _FOREVER, most=most)


class DrawnAtSending(Outbox):
    """A message gets its identity each time that it is sent."""

    def claim(
        self, *, now: dt.datetime, lease: dt.timedelta, most: int = 1
    ) -> tuple[Claim, ...]:
        return tuple(map(self._drawn, super().claim(now=now, lease=lease, most=most)))

    def _drawn(self, claim: Claim) -> Claim:
        known, drawn = claim.message.message_id, f"<{next(_drawn)}@example.org>"
        payload = claim.message.payload.replace(known.encode(), drawn.encode())
        message = replace(claim.message, message_id=drawn, payload=payload)
        return replace(claim, message=message)


class DrawnAtRender(MimeRenderer):
    """A message gets its identity when its bytes are made."""

    def render(self, post: Post) -> bytes:
        drawn = f"<{next(_drawn)}@example.org>"
        return super().render(replace(post, message_id=drawn))


class NoKey(Store):
    """Whoever was overtaken is noticed too late, and no key holds their mail back."""

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        self.around.overtaken()
        self.around.deciding(cohort, change, expected)
        facts = self.facts(cohort)
        last = facts[-1].number if facts else 0
        if last == expected:
            super(Store, self).append(cohort, change, expected=expected)
            return
        drawn = [replace(one, key=f"{one.key}.{last}") for one in change.messages]
        due = self.next_due(cohort)
        late = replace(change, messages=drawn, next_due=due)
        super(Store, self).append(cohort, late, expected=last)
        raise ConflictError(cohort)


class NoLane(Store):
    """Each message goes when it can, whatever waits before it."""

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        messages = [replace(one, lane=one.key) for one in change.messages]
        change = replace(change, messages=messages)
        super().append(cohort, change, expected=expected)


class MailAfterwards(Store):
    """Facts are committed, and mail is stored in a transaction of its own."""

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        self.around.deciding(cohort, change, expected)
        bare = replace(change, messages=())
        super(Store, self).append(cohort, bare, expected=expected)
        with writing(self._engine) as connection:
            insert_messages(connection, change.messages, now=change.at)


class DueTooLate(Store):
    """The column that workers look at names a later moment than the actions do."""

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        late = change.next_due + dt.timedelta(days=1) if change.next_due else None
        super().append(cohort, replace(change, next_due=late), expected=expected)


class TooSoon(Outbox):
    """What waits for the morning leaves in the night."""

    def claim(
        self, *, now: dt.datetime, lease: dt.timedelta, most: int = 1
    ) -> tuple[Claim, ...]:
        tomorrow = now + dt.timedelta(days=1)
        return super().claim(now=tomorrow, lease=lease, most=most)


class NeverTooLate(Store):
    """An invitation waits for the relay, however long that takes."""

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        messages = [replace(one, not_after=None) for one in change.messages]
        change = replace(change, messages=messages)
        super().append(cohort, change, expected=expected)


class OldFiles(Store):
    """A process goes on with the files that it read when it began."""

    def frozen(self, cohort: CohortId) -> tuple[int, str] | None:
        known: dict[CohortId, tuple[int, str] | None] = self.__dict__.setdefault(
            "known", {}
        )
        return known.setdefault(cohort, super().frozen(cohort))


Plant = Callable[[pytest.MonkeyPatch], None]


def _nothing(_patch: pytest.MonkeyPatch) -> None:
    """Leave the functions as they are: a part is wrong."""


@dataclass(frozen=True, kw_only=True)
class Bug:
    """A bug, and which oracle sees it.

    Attributes:
        seeds: Years in one of which it shows.
        cohorts: How many these years have.
        commands: How many a coordinator has for each of them.
    """

    oracle: str
    parts: Parts = field(default_factory=Parts)
    plant: Plant = _nothing
    seeds: Sequence[int] = SEEDS
    cohorts: int = 1
    commands: int = 0


BUGS: Mapping[str, Bug] = {
    "no fence": Bug(oracle="physical double", parts=Parts(outbox=NoFence)),
    "no recovery": Bug(oracle="stuck", parts=Parts(outbox=NoRecovery)),
    "identity drawn at sending": Bug(
        oracle="double identity", parts=Parts(outbox=DrawnAtSending)
    ),
    "identity drawn at render": Bug(
        oracle="double identity", parts=Parts(renderer=DrawnAtRender)
    ),
    "key dropped": Bug(oracle="extra", parts=Parts(store=NoKey)),
    "lane ignored": Bug(oracle="order", parts=Parts(store=NoLane)),
    "mail in another transaction": Bug(
        oracle="lost", parts=Parts(store=MailAfterwards)
    ),
    "SEQUENCE not raised": Bug(oracle="SEQUENCE", plant=patches.sequence_not_raised),
    "clock read inside the engine": Bug(
        oracle="clock", plant=patches.clock_read_inside
    ),
    "weekday lost on a closed day": Bug(oracle="weekday", plant=patches.weekday_lost),
    "due too late": Bug(oracle="stuck", parts=Parts(store=DueTooLate)),
    "sent in the night": Bug(oracle="early", parts=Parts(outbox=TooSoon)),
    "sent however late": Bug(oracle="past", parts=Parts(store=NeverTooLate)),
    "old files remembered": Bug(oracle="stale", parts=Parts(store=OldFiles)),
    "same files applied again": Bug(oracle="plan", plant=patches.files_never_the_same),
    "cancelled, and not in the feed": Bug(
        oracle="agree", plant=patches.feed_forgets_cancellations
    ),
    "the feed lags": Bug(oracle="agree", plant=patches.feed_lags),
    "the feed shows everything": Bug(
        oracle="agree", plant=patches.feed_shows_everything
    ),
    "skipped after an hour": Bug(oracle="wrongly skipped", plant=patches.impatient),
    "ids drawn from dates": Bug(oracle="uid", plant=patches.ids_by_date),
    "left, and still asked": Bug(
        oracle="lost",
        plant=patches.leaves_without_a_cancel,
        seeds=(3,),
        commands=40,
    ),
    "away, and still told": Bug(
        oracle="absent", plant=patches.pauses_and_is_told, seeds=(5,), commands=40
    ),
    "shared, and cancelled": Bug(
        oracle="lost",
        plant=patches.shared_and_cancelled,
        seeds=(9,),
        cohorts=2,
        commands=40,
    ),
    "vetoed, and matched": Bug(
        oracle="veto", plant=patches.vetoes_forgotten, seeds=(6,), commands=40
    ),
}
