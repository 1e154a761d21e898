"""When members of a match meet: what they booked, or the window to book in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.company import Company, back, companies
from engine.facts import Allocated, Booked
from engine.ids import PersonId
from engine.spec.activities import Meeting
from engine.spec.spans import Span, SpanRange
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
    """Yield the meetings of all who meet: those booked, the next window, a forecast.

    Before matches are approved there is one forecast for all who will be matched.
    """
    matches = compiler.matches(meeting.with_, meeting)
    met = [one for match in matches for one in companies(match, meeting.one_by_one)]
    for company in met or (None,):
        series = Series(meeting=meeting, compiler=compiler, company=company)
        yield from compiler.slots(series.key, series.slots)


@dataclass(frozen=True, kw_only=True)
class Series:
    """The meetings of those of a match who meet, or of nobody yet."""

    meeting: Meeting
    compiler: Compiler
    company: Company | None

    @property
    def key(self) -> tuple[object, ...]:
        """What its slots hang on, but for what happened in it."""
        name = self.company.series if self.company else ""
        return name, self.meeting.slug, self._first(), self._last

    def slots(self) -> Iterator[Slot]:
        """Yield the meetings: those booked, the next window, then forecasts.

        Of so many times, what lapsed and what was not held is none.
        """
        window, firm = self._first(), self.company is not None
        began: dt.date | None = None
        left = self.meeting.times or _MOST_MEETINGS
        for ordinal in range(1, _MOST_MEETINGS):
            booking = self._booked.get(ordinal)
            if booking is None and ordinal not in self._lapsed:
                window = self._rested(window)
            if booking is None and (window.first >= self._last or left <= 0):
                return
            left -= self._counts(ordinal, booking)
            yield self._slot(ordinal, booking or window, firm=firm)
            met = self.compiler.date(booking.starts) if booking else window.middle
            began = began or met
            if booking is not None:
                window = self._after(booking, began)
                continue
            lapsed = ordinal in self._lapsed
            firm = firm and lapsed
            window = self._at_once(window, began) if lapsed else self._next(met, began)

    def _counts(self, ordinal: int, booking: Booked | None) -> bool:
        """Return whether this is one of so many, as far as is known."""
        if booking is None:
            return ordinal not in self._lapsed
        return self._failed(booking) is None

    def _failed(self, booking: Booked) -> dt.datetime | None:
        """Return since when it is known that a meeting was not held."""
        state = self.compiler.record.state
        if booking.occurrence in state.held:
            held, told = state.held[booking.occurrence]
            return None if held else told
        return state.lapsed.get(booking.occurrence)

    def _slot(self, ordinal: int, when: Booked | Window, *, firm: bool) -> Slot:
        starts, ends = self._times(when)
        return Slot(
            phase=self._phase,
            activity=self.meeting.slug,
            kind=self.meeting.kind,
            series=self.company.series if self.company else "",
            ordinal=ordinal,
            starts=starts,
            ends=ends,
            place=when.place if isinstance(when, Booked) else "",
            audience=self._audience,
            match=self.company.match.id if self.company else None,
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
        if self.company:
            return self.company.people
        record = self.compiler.record
        kind = record.frozen.programme.matches[self.meeting.with_]
        return self.compiler.audience(
            self.meeting, tuple(f"{role}s" for role in kind.everybody)
        )

    @cached_property
    def _allocated(self) -> tuple[Allocated, ...]:
        if self.company is None:
            return ()
        series = self.company.series
        return tuple(self.compiler.identities.given(self.meeting.slug, series))

    @cached_property
    def _booked(self) -> Mapping[int, Booked]:
        """The meetings that have a time; what was cancelled is to be booked again."""
        state = self.compiler.record.state
        return {
            one.ordinal: state.booked[one.occurrence]
            for one in self._allocated
            if one.occurrence in state.booked
            and not state.announced[one.occurrence].told.cancelled
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
        if self.company is not None and self.company.match.agreed is not None:
            opens = max(opens, self.compiler.date(self.company.match.agreed))
        return self._from(opens, self.meeting.first.span)

    def _rested(self, window: Window) -> Window:
        """Return a window of the same length, open once those who meet are back."""
        state = self.compiler.record.state
        since = back(state, self.company) if self.company else None
        if since is None or self.compiler.date(since) <= window.first:
            return window
        first = self.compiler.date(since)
        return Window(first=first, last=first + (window.last - window.first))

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
        told = self._failed(booked)
        if told is None:
            return self._next(date, began)
        opens = max(self.compiler.date(told), date)
        return self._from(opens, self.meeting.first.span)

    def _pace(self, date: dt.date, began: dt.date) -> SpanRange:
        """Return how far apart meetings are by a date, counted from the first.

        Where one is held, another try has as long as the first.
        """
        if self.meeting.then_every is None:
            return SpanRange(self.meeting.first.span, self.meeting.first.span)
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
