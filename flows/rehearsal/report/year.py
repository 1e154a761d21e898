"""The year as a list: every occurrence by month, in order of time."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.ids import MatchId, OccurrenceId
from engine.letters.texts import Words
from engine.spec.activities import Evaluation, Gathering, Handover, Meeting
from engine.timeline.model import Occurrence
from flows.rehearsal.report.closed import closed_lines, holiday_lines
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import counted, share, when

PAST = "past"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One occurrence as a line of the list.

    Attributes:
        short: The title without what it is asked about.
        status: As the documents have it: `held`, `past`.
        state: The same in words.
        note: What came of it, such as how many answered.
        pair: The members of its match by name; empty where it is for many.
        series: What it is one of several in.
        own: Whether it is one match's, and not everybody's.
    """

    id: OccurrenceId
    activity: str
    kind: str
    title: str
    short: str
    starts: dt.datetime
    ends: dt.datetime
    when: str
    place: str
    audience: int
    status: str
    state: str
    note: str = ""
    pair: str = ""
    match: MatchId | None = None
    series: str = ""
    own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """What a month brings.

    Attributes:
        shared: What is for many people.
        own: What each match has for itself.
        summary: The same by kind and status, in a line each.
        closed, holidays: Breaks that begin in it, and public holidays.
    """

    first: dt.date
    shared: tuple[Entry, ...]
    own: tuple[Entry, ...]
    summary: tuple[str, ...]
    closed: tuple[str, ...]
    holidays: tuple[str, ...]


def entries(material: Material) -> tuple[Entry, ...]:
    """Return every occurrence of the timeline, in its order."""
    occurrences = material.timeline.occurrences.values()
    return tuple(_entry(material, one) for one in occurrences)


def _entry(material: Material, one: Occurrence) -> Entry:
    slot, document = one.slot, material.documents[one.id]
    starts, ends = material.local(one.starts), material.local(one.ends)
    status = document["status"]
    return Entry(
        id=one.id,
        activity=slot.activity,
        kind=slot.kind,
        title=material.heading(one),
        short=document["title"],
        starts=starts,
        ends=ends,
        when=when(material.words, starts, ends),
        place=document["place"],
        audience=len(slot.audience),
        status=status,
        state=_state(material.words, slot.kind, status),
        note=_note(material, one) if status == PAST else "",
        pair=material.pair(slot.match, slot.series) if slot.match else "",
        match=slot.match,
        series=slot.series,
        own=slot.match is not None or slot.kind == Meeting.KEYWORD,
    )


def _state(words: Words, kind: str, status: str) -> str:
    """Return a status in words; one that has none yet stands as it is."""
    for name in (f"status.{status}-{kind}", f"status.{status}"):
        if words.has(name):
            return words.get(name)
    return status.capitalize()


def _note(material: Material, one: Occurrence) -> str:
    state, words = material.record.state, material.words
    if one.slot.kind == Gathering.KEYWORD:
        came = [here for (at, _), here in state.attended.items() if at == one.id]
        return share(words, "status.came", sum(came), len(came)) if came else ""
    if one.slot.kind in (Evaluation.KEYWORD, Handover.KEYWORD):
        given = len(state.answered.get(one.id, ()))
        return share(words, "status.answered", given, len(one.slot.audience))
    return ""


def months(material: Material, found: Sequence[Entry]) -> tuple[Month, ...]:
    """Return the entries by month; a month without any has its place as well."""
    by_month = {first: tuple(group) for first, group in groupby(found, key=_month_of)}
    return tuple(
        _month(material, first, by_month.get(first, ()))
        for first in every_month(min(by_month), max(by_month))
    )


def _month_of(entry: Entry) -> dt.date:
    return entry.starts.date().replace(day=1)


def every_month(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the first day of each month, from one such day on."""
    while first <= last:
        yield first
        first = (first + dt.timedelta(days=31)).replace(day=1)


def _month(material: Material, first: dt.date, found: tuple[Entry, ...]) -> Month:
    own = tuple(entry for entry in found if entry.own)
    return Month(
        first=first,
        shared=tuple(entry for entry in found if not entry.own),
        own=own,
        summary=tuple(_summary(material.words, own)),
        closed=closed_lines(material, first),
        holidays=holiday_lines(material, first),
    )


def _summary(words: Words, own: Sequence[Entry]) -> Iterator[str]:
    for title, total in Counter(entry.title for entry in own).items():
        states = Counter(entry.state for entry in own if entry.title == title)
        parts = ", ".join(
            words.get("year.part", n=str(count), status=state.lower())
            for state, count in states.most_common()
        )
        counted_title = words.get("count.times-title", n=str(total), title=title)
        yield words.get("year.group", title=counted_title, parts=parts)


def audience_of(words: Words, entry: Entry) -> str:
    """Return how many an entry is for; nothing where nobody in particular is meant."""
    return counted(words, "count.people", entry.audience) if entry.audience else ""
