"""When something is, told by what it is counted from: `4 weeks before kick-off`.

*Before* counts from the start of what is named, *after* from its end. Days and longer
count in the calendar of the programme, hours and minutes on the clock.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, Self

from engine.spec.spans import SPAN, Span, Written, refuse

AFTER_WORK = "right after working hours"
NAME = r"[a-z][a-z0-9-]*"
_ANCHOR = re.compile(rf"({NAME})(?: (\d+))?")
_COHORTS = re.compile(rf"the cohort's ({NAME})")
_RELATIVE = re.compile(rf"({SPAN}) (before|after) (.+)")
_HELD = re.compile(rf"the ([1-9]\d*)(?:st|nd|rd|th) held ({NAME})")
_ENDED = re.compile(rf"each ended ({NAME})")
_EACH = re.compile(rf"each (round of )?({NAME})(?: but the (first|last))?")
_MIDWAY = re.compile(r"midway between (.+) and (.+)")
_WITHIN = re.compile(rf"within ({SPAN}) (of|after|before) (.+)")
_STEP = re.compile(rf"({SPAN}) (before|after)|(before|after) ({SPAN})")
_STATES: tuple[Literal["approved", "agreed", "signed", "answered"], ...] = (
    "approved",
    "agreed",
    "signed",
    "answered",
)
_TIME = re.compile(r"(\d{1,2}):(\d\d)")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d{1,2}:\d\d))?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a moment is counted from.

    Attributes:
        activity: Name of an activity.
        number: Which of its occurrences; 0 for its only or first one.
        which: `one`, `each` of them, the `held` meeting of that number of each match,
            each `round` of meetings: the first ones of all matches, the second ...;
            or each match that `ended` before its time, of the kind of that name.
        but: The one of a series that is left out.
    """

    activity: str
    number: int = 0
    which: Literal["one", "each", "held", "round", "ended"] = "one"
    but: Literal["", "first", "last"] = ""

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        if self.several:
            of = "round of " if self.which == "round" else ""
            but = f" but the {self.but}" if self.but else ""
            return f"each {of}{self.activity}{but}"
        if self.which == "held":
            return f"the {self.number}{_ending(self.number)} held {self.activity}"
        if self.which == "ended":
            return f"each ended {self.activity}"
        return f"{self.activity} {self.number}" if self.number else self.activity

    @property
    def of_matches(self) -> bool:
        """Whether it comes to each match at a time of its own."""
        return self.which in ("held", "ended")

    @property
    def several(self) -> bool:
        """Whether it stands for each of a series, whose dates are known ahead."""
        return self.which in ("each", "round")


@dataclass(frozen=True, slots=True)
class Moment(Written):
    """A moment such as `4 weeks before kick-off` or `2 hours after each workshop`.

    Attributes:
        until: What the anchor is the beginning of a middle with.
    """

    anchor: Anchor
    side: Literal["at", "before", "after"] = "at"
    span: Span | None = None
    until: Anchor | None = None

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        if self.until is not None:
            return f"midway between {self.anchor} and {self.until}"
        if self.span is None:
            return str(self.anchor)
        return f"{self.span} {self.side} {self.anchor}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the moment of a phrase."""
        if found := _COHORTS.fullmatch(phrase):
            return cls(Anchor(found[1]))
        if found := _MIDWAY.fullmatch(phrase):
            until = _anchor(found[2], phrase)
            return cls(_anchor(found[1], phrase), until=until)
        if found := _RELATIVE.fullmatch(phrase):
            side: Literal["before", "after"] = (
                "before" if found[2] == "before" else "after"
            )
            return cls(_anchor(found[3], phrase), side, Span.parse(found[1]))
        return cls(_anchor(phrase.removeprefix("at "), phrase))


@dataclass(frozen=True, slots=True)
class Within(Written):
    """A window that opens or closes with something: `within 14 days of kick-off`."""

    span: Span
    anchor: Anchor
    side: Literal["before", "after"] = "after"

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        if self.side == "before":
            return f"within {self.span} before {self.anchor}"
        word = "after" if self.anchor.several else "of"
        return f"within {self.span} {word} {self.anchor}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the window of a phrase."""
        found = _WITHIN.fullmatch(phrase)
        if not found:
            raise refuse(
                f"{phrase!r} is not a window of time",
                "for example within 14 days of kick-off",
            )
        side: Literal["before", "after"] = "before" if found[2] == "before" else "after"
        return cls(Span.parse(found[1]), _anchor(found[3], phrase), side)


@dataclass(frozen=True, slots=True)
class Step(Written):
    """A moment counted from the activity itself: `4 weeks before`, `after 3 days`."""

    span: Span
    side: Literal["before", "after"]

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        if self.side == "after":
            return f"after {self.span}"
        return f"{self.span} before"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the step of a phrase."""
        found = _STEP.fullmatch(phrase)
        if not found:
            raise refuse(
                f"{phrase!r} is not counted from here",
                "for example 4 weeks before or after 3 days",
            )
        side = found[2] or found[3]
        span = Span.parse(found[1] or found[4])
        return cls(span, "before" if side == "before" else "after")


@dataclass(frozen=True, slots=True)
class LocalDate(Written):
    """A date of the calendar, with a time where it matters: `2027-11-17 13:00`."""

    date: dt.date
    time: dt.time | None = None

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.date} {self.time:%H:%M}" if self.time else str(self.date)

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the date of a phrase."""
        found = _DATE.fullmatch(phrase)
        remedy = "for example 2027-11-17 or 2027-11-17 13:00"
        if not found:
            raise refuse(f"{phrase!r} is not a date", remedy)
        try:
            date = dt.date.fromisoformat(found[1])
        except ValueError:
            raise refuse(f"there is no day {found[1]}", remedy) from None
        return cls(date, ClockTime.parse(found[2]).time if found[2] else None)


@dataclass(frozen=True, slots=True)
class ClockTime(Written):
    """A time of day, such as `13:00`."""

    time: dt.time

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.time:%H:%M}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the time of a phrase."""
        problem = refuse(f"{phrase!r} is not a time of day", "for example 13:00")
        found = _TIME.fullmatch(phrase)
        if not found:
            raise problem
        try:
            return cls(dt.time(int(found[1]), int(found[2])))
        except ValueError:
            raise problem from None


@dataclass(frozen=True, slots=True)
class StartTime(Written):
    """A time of day, such as `13:00`, or `right after working hours`."""

    time: dt.time | None

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.time:%H:%M}" if self.time else AFTER_WORK

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the time of a phrase."""
        return cls(None if phrase == AFTER_WORK else ClockTime.parse(phrase).time)


@dataclass(frozen=True, slots=True)
class Condition(Written):
    """What has to be so: `pair agreed`, or `baseline answered, or at kick-off`.

    Attributes:
        name: A kind of match, an agreement or an evaluation.
        state: Matches are approved by the coordinator, or agreed by all members; an
            agreement is signed, or an evaluation answered, by everyone it is for.
        latest: When it does not matter any more.
    """

    name: str
    state: Literal["approved", "agreed", "signed", "answered"]
    latest: Moment | None = None

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        held = f"{self.name} {self.state}"
        return f"{held}, or {self.latest}" if self.latest else held

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the condition of a phrase."""
        held, _, latest = phrase.partition(", or ")
        name, _, state = held.rpartition(" ")
        for known in _STATES:
            if state == known and name:
                return cls(name, known, Moment.parse(latest) if latest else None)
        raise refuse(
            f"{phrase!r} is not what to wait for",
            "for example pair agreed, or baseline answered, or at kick-off",
        )


def _anchor(phrase: str, whole: str) -> Anchor:
    if found := _HELD.fullmatch(phrase):
        return Anchor(found[2], int(found[1]), "held")
    if found := _ENDED.fullmatch(phrase):
        return Anchor(found[1], which="ended")
    if found := _EACH.fullmatch(phrase):
        which: Literal["round", "each"] = "round" if found[1] else "each"
        return Anchor(found[2], which=which, but=_but(found[3]))
    if found := _ANCHOR.fullmatch(phrase):
        return Anchor(found[1], int(found[2] or 0))
    raise refuse(
        f"{whole!r} does not say when",
        "for example 4 weeks before kick-off or 2 hours after each workshop",
    )


def _but(word: str | None) -> Literal["", "first", "last"]:
    return "first" if word == "first" else "last" if word == "last" else ""


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
