"""When the members of a match meet: what they booked, or the window to book in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.facts import Allocated, Booked
from engine.ids import PersonId
from engine.spec.activities import Meeting
from engine.spec.spans import Span, SpanRange
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
    matches = compiler.matches(meeting.with_, meeting)
    for match in matches or (None,):
        yield from Series(meeting=meeting, compiler=compiler, match=match).slots()


@dataclass(frozen=True, kw_only=True)
class Series:
    """The meetings of one match, or of none yet."""

    meeting: Meeting
    compiler: Compiler
    match: Match | None

    def slots(self) -> Iterator[Slot]:
        """Yield the meetings: those booked, the next window, then forecasts."""
        window, firm = self._first(), self.match is not None
        began: dt.date | None = None
        for ordinal in range(1, _MOST_MEETINGS):
            booking = self._booked.get(ordinal)
            if booking is None and window.first >= self._last:
                return
            yield self._slot(ordinal, booking or window, firm=firm)
            met = self.compiler.date(booking.starts) if booking else window.middle
            began = began or met
            if booking is not None:
                window = self._after(booking, began)
                continue
            lapsed = ordinal in self._lapsed
            firm = firm and lapsed
            window = self._at_once(window, began) if lapsed else self._next(met, began)

    def _slot(self, ordinal: int, when: Booked | Window, *, firm: bool) -> Slot:
        starts, ends = self._times(when)
        return Slot(
            phase=self._phase,
            activity=self.meeting.slug,
            kind=self.meeting.kind,
            series=self.match.id if self.match else "",
            ordinal=ordinal,
            starts=starts,
            ends=ends,
            place=when.place if isinstance(when, Booked) else "",
            audience=self._audience,
            match=self.match.id if self.match else None,
            firm=firm,
        )

    def _times(self, when: Booked | Window) -> tuple[dt.datetime, dt.datetime]:
        if isinstance(when, Booked):
            return when.starts, when.ends
        zone = self.compiler.days.zone
        closes = min(zone.at(when.last, _LAST_MINUTE), self._deadline)
        return zone.at(when.first, _FIRST_MINUTE), closes

    @cached_property
    def _phase(self) -> str:
        return self.compiler.phase_of(self.meeting)

    @cached_property
    def _audience(self) -> tuple[PersonId, ...]:
        if self.match:
            return self.match.people
        record = self.compiler.record
        kind = record.frozen.programme.matches[self.meeting.with_]
        return self.compiler.audience(
            self.meeting, tuple(f"{role}s" for role in kind.roles)
        )

    @cached_property
    def _allocated(self) -> tuple[Allocated, ...]:
        if self.match is None:
            return ()
        return tuple(self.compiler.identities.given(self.meeting.slug, self.match.id))

    @cached_property
    def _booked(self) -> Mapping[int, Booked]:
        booked = self.compiler.record.state.booked
        return {
            one.ordinal: booked[one.occurrence]
            for one in self._allocated
            if one.occurrence in booked
        }

    @cached_property
    def _lapsed(self) -> frozenset[int]:
        """The ordinals of the meetings that were never booked."""
        lapsed = self.compiler.record.state.lapsed
        return frozenset(
            one.ordinal for one in self._allocated if one.occurrence in lapsed
        )

    @cached_property
    def _last(self) -> dt.date:
        until = self.meeting.until or self.compiler.phase(self.meeting).until
        if until is None:
            raise TimelineError(
                activity=self.meeting.name,
                problem="nothing says when the meetings end",
                remedy="until: closing",
            )
        return self.compiler.days.last_open(self.compiler.point(until).date)

    @cached_property
    def _deadline(self) -> dt.datetime:
        return self.compiler.deadline(self._last)

    def _first(self) -> Window:
        """Return the first window; it opens when the match is agreed, if later."""
        opens = self.compiler.date(
            self.compiler.anchored(self.meeting.first.anchor).ends
        )
        if self.match is not None and self.match.agreed is not None:
            opens = max(opens, self.compiler.date(self.match.agreed))
        return self._from(opens, self.meeting.first.span)

    def _next(self, met: dt.date, began: dt.date) -> Window:
        every = self._pace(met, began)
        return Window(
            first=self._later(met, every.least), last=self._later(met, every.most)
        )

    def _at_once(self, closed: Window, began: dt.date) -> Window:
        """Return the window that opens when one has closed without a meeting."""
        opens = closed.last + dt.timedelta(days=1)
        return self._from(opens, self._pace(opens, began).most)

    def _after(self, booked: Booked, began: dt.date) -> Window:
        """Return the window after a booked meeting; at once if they did not meet."""
        date = self.compiler.date(booked.starts)
        state = self.compiler.record.state
        held, told = state.held.get(booked.occurrence, (True, None))
        if held or told is None:
            return self._next(date, began)
        opens = max(self.compiler.date(told), date)
        return self._from(opens, self.meeting.first.span)

    def _pace(self, date: dt.date, began: dt.date) -> SpanRange:
        """Return how far apart meetings are by a date, counted from the first."""
        for every, holds in self.meeting.then_every.paces:
            if holds is None:
                return every
            began = self.compiler.days.add(began, holds)
            if date < began:
                return every
        return self.meeting.then_every.paces[-1][0]

    def _from(self, opens: dt.date, span: Span) -> Window:
        return Window(first=opens, last=self._later(opens, span))

    def _later(self, date: dt.date, span: Span) -> dt.date:
        if self.meeting.rests_in == "breaks":
            return self.compiler.days.add_rested(date, span)
        return self.compiler.days.add(date, span)
