"""When the members of a match meet: what they booked, or the window to book in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.facts import Booked
from engine.ids import MatchId, PersonId
from engine.spec.activities import Meeting
from engine.spec.spans import Span
from engine.state import Match
from engine.timeline.compile import Compiler, TimelineError
from engine.timeline.model import Slot

_FIRST_MINUTE, _LAST_MINUTE = dt.time(), dt.time(23, 59)
_MOST_MEETINGS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The days in which a meeting is to be held."""

    first: dt.date
    last: dt.date

    @property
    def middle(self) -> dt.date:
        """The day that a forecast takes for the meeting."""
        return self.first + (self.last - self.first) / 2


def meeting_slots(meeting: Meeting, compiler: Compiler) -> Iterator[Slot]:
    """Yield each match's meetings: those booked, the next window, then a forecast.

    Before matches are approved there is one forecast for all who will be matched.
    """
    matches = [
        match
        for match in compiler.record.state.matches.values()
        if match.kind == meeting.with_ and not match.dissolved
    ]
    for match in matches:
        yield from _of_match(meeting, compiler, match)
    if not matches:
        yield from _forecast(meeting, compiler)


def _prospects(meeting: Meeting, compiler: Compiler) -> tuple[PersonId, ...]:
    kind = compiler.record.frozen.programme.matches[meeting.with_]
    return compiler.record.audience(tuple(f"{role}s" for role in kind.roles))


def _forecast(meeting: Meeting, compiler: Compiler) -> Iterator[Slot]:
    window = _first_window(meeting, compiler, None)
    last = _last_day(meeting, compiler)
    for ordinal in range(1, _MOST_MEETINGS):
        if window.first >= last:
            return
        slot = _slot(meeting, compiler, window, ordinal=ordinal, match=None, firm=False)
        yield replace(slot, ends=min(slot.ends, compiler.deadline(last)))
        window = _next_window(meeting, compiler, window.middle)


def _of_match(meeting: Meeting, compiler: Compiler, match: Match) -> Iterator[Slot]:
    booked = _bookings(meeting, compiler, match.id)
    closed = _lapsed(meeting, compiler, match.id)
    window = _first_window(meeting, compiler, match)
    last = _last_day(meeting, compiler)
    firm = True
    for ordinal in range(1, _MOST_MEETINGS):
        booking = booked.get(ordinal)
        if booking is None and window.first >= last:
            return
        lapsed = booking is None and ordinal in closed
        slot = _slot(meeting, compiler, window, ordinal=ordinal, match=match, firm=firm)
        if booking is None:
            yield replace(slot, ends=min(slot.ends, compiler.deadline(last)))
            firm = firm and lapsed
            window = (
                _window_at_once(meeting, compiler, window.last)
                if lapsed
                else _next_window(meeting, compiler, window.middle)
            )
        else:
            yield replace(
                slot, starts=booking.starts, ends=booking.ends, place=booking.place
            )
            window = _window_after(meeting, compiler, booking)


def _bookings(
    meeting: Meeting, compiler: Compiler, match: MatchId
) -> Mapping[int, Booked]:
    state = compiler.record.state
    return {
        one.ordinal: state.booked[one.occurrence]
        for one in compiler.allocated(meeting.slug, match)
        if one.occurrence in state.booked
    }


def _lapsed(meeting: Meeting, compiler: Compiler, match: MatchId) -> frozenset[int]:
    """Return the ordinals of the meetings that were never booked."""
    state = compiler.record.state
    return frozenset(
        one.ordinal
        for one in compiler.allocated(meeting.slug, match)
        if one.occurrence in state.lapsed
    )


def _window_at_once(meeting: Meeting, compiler: Compiler, closed: dt.date) -> Window:
    """Return the window that opens when one has closed without a meeting."""
    opens = closed + dt.timedelta(days=1)
    return Window(
        first=opens, last=_later(meeting, compiler, opens, meeting.then_every.most)
    )


def _first_window(meeting: Meeting, compiler: Compiler, match: Match | None) -> Window:
    """Return the first window; it opens when the match is agreed, if that is later."""
    opens = compiler.date(compiler.anchored(meeting.first.anchor).ends)
    if match is not None and match.agreed is not None:
        opens = max(opens, compiler.date(match.agreed))
    return Window(
        first=opens, last=_later(meeting, compiler, opens, meeting.first.span)
    )


def _next_window(meeting: Meeting, compiler: Compiler, met: dt.date) -> Window:
    return Window(
        first=_later(meeting, compiler, met, meeting.then_every.least),
        last=_later(meeting, compiler, met, meeting.then_every.most),
    )


def _window_after(meeting: Meeting, compiler: Compiler, booked: Booked) -> Window:
    """Return the window after a booked meeting; at once if they did not meet."""
    held, told = compiler.record.state.held.get(booked.occurrence, (True, None))
    if held or told is None:
        return _next_window(meeting, compiler, compiler.date(booked.starts))
    opens = max(compiler.date(told), compiler.date(booked.starts))
    return Window(
        first=opens, last=_later(meeting, compiler, opens, meeting.first.span)
    )


def _later(meeting: Meeting, compiler: Compiler, date: dt.date, span: Span) -> dt.date:
    if meeting.rests_in == "breaks":
        return compiler.days.add_rested(date, span)
    return compiler.days.add(date, span)


def _last_day(meeting: Meeting, compiler: Compiler) -> dt.date:
    until = meeting.until or compiler.phase(meeting).until
    if until is None:
        raise TimelineError(
            activity=meeting.name,
            problem="nothing says when the meetings end",
            remedy="until: closing",
        )
    return compiler.days.last_open(compiler.point(until).date)


def _slot(
    meeting: Meeting,
    compiler: Compiler,
    window: Window,
    *,
    ordinal: int,
    match: Match | None,
    firm: bool,
) -> Slot:
    zone = compiler.days.zone
    return Slot(
        phase=compiler.phase_of(meeting),
        activity=meeting.slug,
        kind=meeting.kind,
        series=match.id if match else "",
        ordinal=ordinal,
        starts=zone.at(window.first, _FIRST_MINUTE),
        ends=zone.at(window.last, _LAST_MINUTE),
        audience=match.people if match else _prospects(meeting, compiler),
        match=match.id if match else None,
        firm=firm,
    )
