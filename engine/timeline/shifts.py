"""Which dates of a cohort's year are others in another version of its files."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.spec.activities import Gathering
from engine.spec.programme import Programme
from engine.timeline.align import align
from engine.timeline.model import Occurrence, Timeline


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """An occurrence at another time than before, or in one of two years alone."""

    was: Occurrence | None
    now: Occurrence | None


def shifts(
    old: tuple[Programme, Timeline], new: tuple[Programme, Timeline]
) -> tuple[Shift, ...]:
    """Return what takes place at another time, in the order of the new year.

    The occurrences of an activity are put side by side as where files are applied, with
    both years counted from the cohort's own date: so a year later is no other year.
    """
    apart = _own_date(*new) - _own_date(*old)
    slugs = dict.fromkeys(
        one.slot.activity for _, year in (new, old) for one in year.occurrences.values()
    )
    found = (
        shift
        for slug in slugs
        for shift in _aligned(old[1].of(slug), new[1].of(slug), apart)
    )
    return tuple(sorted((one for one in found if _differs(one)), key=_when))


def _aligned(
    old: Sequence[Occurrence], new: Sequence[Occurrence], apart: dt.timedelta
) -> Iterator[Shift]:
    paired = align([one.starts + apart for one in old], [one.starts for one in new])
    for one, index in zip(new, paired, strict=True):
        yield Shift(was=None if index is None else old[index], now=one)
    for index, one in enumerate(old):
        if index not in paired:
            yield Shift(was=one, now=None)


def _own_date(programme: Programme, timeline: Timeline) -> dt.datetime:
    """Return when the cohort's own gathering is, else when its year begins."""
    own = (
        one.starts
        for _, activity in programme.activities()
        if isinstance(activity, Gathering) and activity.is_the_cohorts
        for one in timeline.of(activity.slug)
    )
    first = min(one.starts for one in timeline.occurrences.values())
    return next(own, first)


def _differs(one: Shift) -> bool:
    if one.was is None or one.now is None:
        return True
    return (one.was.starts, one.was.ends) != (one.now.starts, one.now.ends)


def _when(one: Shift) -> dt.datetime:
    """Return where a shift stands in the list: by its new time, or by its old one."""
    shown = one.now or one.was
    if shown is None:
        raise AssertionError("a shift is of something")
    return shown.starts
