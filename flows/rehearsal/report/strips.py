"""The meetings of each match as signs along the year, and as numbers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.ids import MatchId
from engine.letters.texts import Words
from engine.spec.activities import Meeting
from flows.rehearsal.report.closed import last_of, rests
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import shown
from flows.rehearsal.report.year import Entry, every_month

OUTCOMES = ("held", "booked", "not-held", "silent")
"""What came of the time for a meeting, as drawn and counted."""

_OF_STATUS = {
    "held": "held",
    "booked": "booked",
    "not held": "not-held",
    "to be booked": "silent",
    "lapsed": "silent",
}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A meeting on a strip; where from and to, in percent of the year."""

    outcome: str
    start: float
    end: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """The meetings of those who meet.

    Attributes:
        told: The same as the signs, in words.
        counts: By outcome.
    """

    pair: str
    signs: tuple[Sign, ...]
    told: str
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Strips:
    """All of them on one scale of time.

    Attributes:
        months: Where each begins and ends, with its name.
        breaks: From where to where.
    """

    months: tuple[tuple[float, float, str], ...]
    breaks: tuple[tuple[float, float], ...]
    rows: tuple[Strip, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scale:
    """Days as percent of the way from the first to the last."""

    first: dt.date
    last: dt.date

    def percent(self, moment: dt.date) -> float:
        """Return how far a day is, or a moment of it; no further than the ends."""
        part = dt.datetime.combine(moment, dt.time()) - _midnight(self.first)
        if isinstance(moment, dt.datetime):
            part += moment.replace(tzinfo=None) - _midnight(moment.date())
        whole = _midnight(self.last) + _DAY - _midnight(self.first)
        return round(100 * min(max(part / whole, 0.0), 1.0), 2)


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time())


def strips(material: Material, entries: Sequence[Entry]) -> Strips:
    """Return the meetings of all who meet, over the months in which there are any."""
    known = [entry for entry in entries if _outcome(material, entry)]
    if not known:
        return Strips(months=(), breaks=(), rows=())
    first = min(entry.starts for entry in known).date().replace(day=1)
    last = last_of(max(entry.ends for entry in known).date().replace(day=1))
    scale = _Scale(first=first, last=last)
    return Strips(
        months=tuple(
            (
                scale.percent(month),
                scale.percent(last_of(month) + _DAY),
                shown(material.words, month, "short-month"),
            )
            for month in every_month(first, last)
        ),
        breaks=tuple(
            (scale.percent(rest.first), scale.percent(rest.last + _DAY))
            for rest in rests(material, first=first, last=last)
        ),
        rows=tuple(_rows(material, known, scale)),
    )


def _outcome(material: Material, entry: Entry) -> str:
    """Return what came of the time for a meeting; nothing while it is still ahead."""
    if entry.kind != Meeting.KEYWORD or entry.match is None:
        return ""
    outcome = _OF_STATUS.get(entry.status, "")
    ahead = entry.ends > material.ended
    return "" if outcome == "silent" and ahead else outcome


def _rows(material: Material, known: Sequence[Entry], scale: _Scale) -> Iterator[Strip]:
    rows: dict[tuple[MatchId, str], list[Entry]] = {}
    for match in material.record.state.matches.values():
        if not match.dissolved:
            rows[match.id, match.id] = []
    for entry in known:
        if entry.match is not None:
            rows.setdefault((entry.match, entry.series), []).append(entry)
    order = list(material.record.state.matches)
    for id_, series in sorted(rows, key=lambda row: order.index(row[0])):
        found = rows[id_, series]
        outcomes = [_outcome(material, entry) for entry in found]
        yield Strip(
            pair=material.pair(id_, series),
            signs=tuple(
                Sign(
                    outcome=outcome,
                    start=scale.percent(entry.starts),
                    end=scale.percent(entry.ends),
                )
                for outcome, entry in zip(outcomes, found, strict=True)
            ),
            told=_told(material.words, outcomes, found),
            counts={one: outcomes.count(one) for one in OUTCOMES},
        )


def _told(words: Words, outcomes: Sequence[str], found: Sequence[Entry]) -> str:
    parts = []
    for outcome in OUTCOMES:
        dates = ", ".join(
            shown(words, entry.starts, "dated")
            for one, entry in zip(outcomes, found, strict=True)
            if one == outcome
        )
        if dates:
            status = words.get(f"meetings.{outcome}")
            parts.append(words.get("meetings.dates", status=status, dates=dates))
    return "; ".join(parts) or words.get("meetings.nothing")
