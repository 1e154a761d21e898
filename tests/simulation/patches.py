"""Functions of the engine that go wrong, each in the place of one for a whole test."""

import datetime as dt
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from engine.actions.around import Around
from engine.actions.model import Action, Effect
from engine.commands import announcing, leaving
from engine.commands import apply as applying
from engine.commands.decision import Decision
from engine.dated import Waiting
from engine.entries import Entry
from engine.facts import Announced, Members
from engine.ids import PersonId
from engine.letters.entries import calendar_mail, entry, feed_entries
from engine.letters.outgoing import Outgoing
from engine.matching import Problem
from engine.problems import problem
from engine.record import Record
from engine.state import State
from engine.timeline import align as aligning
from engine.timeline.days import Days
from engine.waiting import to_tell
from flows import wiring
from integrations.clock import SystemClock

_drawn = itertools.count()


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

    def align(
        old: Sequence[dt.datetime], new: Sequence[dt.datetime]
    ) -> tuple[int | None, ...]:
        return tuple(old.index(one) if one in old else None for one in new)

    _instead(patch, "engine.timeline.", aligning.align, align)


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


def leaves_without_a_cancel(patch: pytest.MonkeyPatch) -> None:
    """Let somebody leave, and forget what they were asked to."""

    def telling(
        _record: Record, decision: Decision, _people: object, **_: object
    ) -> Decision:
        return decision

    patch.setattr(leaving, "telling", telling)


def shared_and_cancelled(patch: pytest.MonkeyPatch) -> None:
    """Take a gathering back from whom the next cohort asks to it."""

    def taken_over(*_: object, **__: object) -> None:
        return None

    patch.setattr(announcing, "taken_over", taken_over)


def pauses_and_is_told(patch: pytest.MonkeyPatch) -> None:
    """Write to whoever is away as if they were not."""

    def everything(state: State) -> Iterator[Waiting]:
        yield from state.waiting.values()

    _instead(patch, "engine.", to_tell, everything)


def vetoes_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Match whom a coordinator keeps apart by command."""

    def problem_of(
        record: Record,
        kind: str,
        *,
        ignore_matches: bool = False,
        beside: Sequence[Members] = (),
    ) -> Problem:
        asked = problem(record, kind, ignore_matches=ignore_matches, beside=beside)
        return replace(asked, nevers=frozenset())

    _instead(patch, "engine.", problem, problem_of)


def _instead(
    patch: pytest.MonkeyPatch, within: str, real: Callable[..., object], wrong: object
) -> None:
    """Put something in the place of a function wherever it was imported."""
    for name, module in tuple(sys.modules.items()):
        here = name.startswith(within)
        if here and getattr(module, real.__name__, None) is real:
            patch.setattr(module, real.__name__, wrong)
