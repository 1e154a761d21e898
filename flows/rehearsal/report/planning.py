"""What of a rehearsed year its wheel shows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from engine.spec.activities import Meeting
from flows.rehearsal.report.closed import holidays, last_of, rests
from flows.rehearsal.report.drawing import Item, Plan, Stage
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import shown
from flows.rehearsal.report.year import Entry, every_month

MOST_ALIKE = 6
"""Of more occurrences of one activity than these, only the first has a label."""

_DAY = dt.timedelta(days=1)
_TAKES_PLACE = ("booked", "held")
_JANUARY = 1


def plan_of(material: Material, entries: Sequence[Entry]) -> Plan:
    """Return the plan of a wheel from the first month to the last."""
    spans = [
        (material.local(span.starts), material.local(span.ends))
        for span in material.timeline.phases
    ]
    spans += [(entry.starts, entry.ends) for entry in entries]
    first = min(starts for starts, _ in spans).date().replace(day=1)
    end = max(ends for _, ends in spans).date()
    until = last_of(end.replace(day=1)) + _DAY
    return Plan(
        first=_midnight(first),
        last=_midnight(until),
        months=[
            (_midnight(one), _names(material, one, first))
            for one in every_month(first, end)
        ],
        stages=tuple(_stages(material)),
        items=tuple(_items(material, entries)),
        breaks=[
            (_midnight(rest.first), _midnight(rest.last + _DAY))
            for rest in rests(material, first=first, last=until - _DAY)
        ],
        holidays=[
            _midnight(day) + _DAY / 2
            for day, _ in holidays(material, first=first, last=until - _DAY)
        ],
        bars=tuple(weekly(entries)),
    )


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)


def _wall(local: dt.datetime) -> dt.datetime:
    """Return a local time on the dial, where every day is as long as any other."""
    return local.replace(tzinfo=dt.UTC)


def _names(material: Material, month: dt.date, first: dt.date) -> Sequence[str]:
    name = shown(material.words, month, "short-month").rstrip(".")
    if month == first or month.month == _JANUARY:
        return (f"{name} {month.year}", str(month.year), name[:1])
    return (name, name[:1])


def _stages(material: Material) -> Iterator[Stage]:
    for span in material.timeline.phases:
        yield Stage(
            title=material.phase_title(span.phase),
            starts=_wall(material.local(span.starts)),
            ends=_wall(material.local(span.ends)),
        )


def weekly(entries: Sequence[Entry]) -> Iterator[tuple[dt.datetime, int]]:
    """Yield the weeks in which meetings take place by their Monday, and how many do."""
    days = (
        entry.starts.date()
        for entry in entries
        if entry.kind == Meeting.KEYWORD and entry.status in _TAKES_PLACE
    )
    weeks = Counter(day - _DAY * day.weekday() for day in days)
    for monday, count in sorted(weeks.items()):
        yield _midnight(monday), count


def _items(material: Material, entries: Sequence[Entry]) -> Iterator[Item]:
    """Yield what is for many one by one, and what each match has for itself as one."""
    alike: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind != Meeting.KEYWORD:
            alike.setdefault(entry.activity, []).append(entry)
    for found in alike.values():
        if len(found) > MOST_ALIKE or any(entry.own for entry in found):
            yield _pooled(material, found)
        else:
            for entry in found:
                yield _item(material, entry, entry.ends)


def _item(material: Material, entry: Entry, ends: dt.datetime) -> Item:
    return Item(
        kind=entry.kind,
        title=entry.short,
        when=shown(material.words, entry.starts, "dated"),
        starts=_wall(entry.starts),
        ends=_wall(ends),
    )


def _pooled(material: Material, found: Sequence[Entry]) -> Item:
    words = material.words
    first = min(found, key=lambda entry: entry.starts)
    last = max(found, key=lambda entry: entry.starts)
    span = words.get(
        "format.span",
        first=shown(words, first.starts, "day"),
        last=shown(words, last.starts, "day"),
    )
    title = words.get(
        "count.times-title",
        n=str(len(found)),
        title=material.record.activity_title(first.activity, material.language),
    )
    return Item(
        kind=first.kind,
        title=title,
        when=span,
        starts=_wall(first.starts),
        ends=_wall(last.starts),
    )
