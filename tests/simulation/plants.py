"""Bugs to plant, so that it shows whether the simulation would catch them.

Each takes the place of a part, or of a function for as long as a test runs; the source
is never touched.
"""

import datetime as dt
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.actions.around import Around
from engine.actions.model import Action, Effect
from engine.commands import announcing
from engine.commands import apply as applying
from engine.entries import Entry
from engine.facts import Announced
from engine.ids import CohortId, PersonId
from engine.letters.entries import calendar_mail, entry, feed_entries
from engine.letters.outgoing import Outgoing
from engine.outbox import Claim, Outcome
from engine.ports import Change, ConflictError
from engine.posts import Post
from engine.record import Record
from engine.timeline import align as aligning
from engine.timeline.days import Days
from flows import wiring
from flows.wiring import MimeRenderer
from integrations.clock import SystemClock
from integrations.store.database import writing
from integrations.store.lanes import insert_messages
from integrations.store.tables import outbox
from tests.simulation.machines import Outbox, Parts, Store

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


def sequence_not_raised(patch: pytest.MonkeyPatch) -> None:
    def _differ(_last: Announced, _told: Announced) -> bool:
        return False

    patch.setattr(announcing, "_differ", _differ)


def clock_read_inside(patch: pytest.MonkeyPatch) -> None:
    def now_of_the_machine(*args: Any, **kwargs: Any) -> Outgoing:  # noqa: ANN401
        return calendar_mail(*args, **{**kwargs, "now": SystemClock().now()})

    patch.setattr(announcing, "calendar_mail", now_of_the_machine)


def weekday_lost(patch: pytest.MonkeyPatch) -> None:
    def nearest(days: Days, date: dt.date, *_: object, **__: object) -> dt.date:
        return days.next_open(date)

    patch.setattr(Days, "nearest", nearest)


def impatient(patch: pytest.MonkeyPatch) -> None:
    """Skip what is an hour late."""
    real = Around.action

    def action(
        around: Around, step: str, due: dt.datetime, effect: Effect, **_: object
    ) -> Action:
        return real(around, step, due, effect, until=due + dt.timedelta(hours=1))

    patch.setattr(Around, "action", action)


def ids_by_date(patch: pytest.MonkeyPatch) -> None:
    """Take what moved for something else."""
    real = aligning.align

    def align(
        old: Sequence[dt.datetime], new: Sequence[dt.datetime]
    ) -> tuple[int | None, ...]:
        return tuple(old.index(one) if one in old else None for one in new)

    for name, module in tuple(sys.modules.items()):
        here = name.startswith("engine.timeline.")
        if here and getattr(module, "align", None) is real:
            patch.setattr(module, "align", align)


def files_never_the_same(patch: pytest.MonkeyPatch) -> None:
    """Take the same files for other ones."""
    patch.setattr(applying, "digest", lambda _text: f"{next(_drawn)}")


def feed_forgets_cancellations(patch: pytest.MonkeyPatch) -> None:
    def told(record: Record, person: PersonId) -> Iterator[Entry]:
        for one in feed_entries(record, person):
            yield replace(one, status="confirmed")

    patch.setattr(wiring, "feed_entries", told)


def feed_lags(patch: pytest.MonkeyPatch) -> None:
    def told(record: Record, person: PersonId) -> Iterator[Entry]:
        for one in feed_entries(record, person):
            yield replace(one, sequence=0)

    patch.setattr(wiring, "feed_entries", told)


def feed_shows_everything(patch: pytest.MonkeyPatch) -> None:
    """Show a person also what others take part in."""

    def told(record: Record, person: PersonId) -> Iterator[Entry]:
        for known in record.state.announced.values():
            yield entry(record, known.told, person, stamp=known.at)

    patch.setattr(wiring, "feed_entries", told)


def _nothing(_patch: pytest.MonkeyPatch) -> None:
    """Leave the functions as they are: a part is wrong."""


@dataclass(frozen=True, kw_only=True)
class Bug:
    """A bug, and which oracle sees it."""

    oracle: str
    parts: Parts = field(default_factory=Parts)
    plant: Plant = _nothing


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
    "SEQUENCE not raised": Bug(oracle="SEQUENCE", plant=sequence_not_raised),
    "clock read inside the engine": Bug(oracle="clock", plant=clock_read_inside),
    "weekday lost on a closed day": Bug(oracle="weekday", plant=weekday_lost),
    "due too late": Bug(oracle="stuck", parts=Parts(store=DueTooLate)),
    "sent in the night": Bug(oracle="early", parts=Parts(outbox=TooSoon)),
    "sent however late": Bug(oracle="past", parts=Parts(store=NeverTooLate)),
    "old files remembered": Bug(oracle="stale", parts=Parts(store=OldFiles)),
    "same files applied again": Bug(oracle="plan", plant=files_never_the_same),
    "cancelled, and not in the feed": Bug(
        oracle="agree", plant=feed_forgets_cancellations
    ),
    "the feed lags": Bug(oracle="agree", plant=feed_lags),
    "the feed shows everything": Bug(oracle="agree", plant=feed_shows_everything),
    "skipped after an hour": Bug(oracle="wrongly skipped", plant=impatient),
    "ids drawn from dates": Bug(oracle="uid", plant=ids_by_date),
}
