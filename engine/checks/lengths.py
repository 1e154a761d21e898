"""Whether lengths of time are counted as what they are the length of."""

from collections.abc import Iterator, Sequence

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds
from engine.checks.places import Placed, parts, placed_activities, placed_phases, told
from engine.spec.activities import (
    Evaluation,
    Gathering,
    Handover,
    Matching,
    Meeting,
    Nomination,
)
from engine.spec.closed import WEEKDAYS
from engine.spec.faults import Path
from engine.spec.model import SpecPart
from engine.spec.moments import Moment, Step, Within
from engine.spec.programme import Programme
from engine.spec.spans import Cadence, Span, SpanRange
from engine.spec.wording import quoted

LONGEST = 3 * 366
"""Days of a span; for more, closed days are not known."""

_MINUTES_A_DAY = 24 * 60
_MOST_DAYS = 14
_FEWEST_AND_MOST_DAYS = {
    "minute": (1 / _MINUTES_A_DAY, 1 / _MINUTES_A_DAY),
    "hour": (1 / 24, 1 / 24),
    "day": (1, 1),
    "week": (7, 7),
    "month": (28, 31),
    "year": (365, 366),
}


def check_lengths(programme: Programme) -> Iterator[Finding]:
    """Yield every span that is too long, empty or counted in the wrong unit."""
    for path, phase in placed_phases(programme):
        yield from _too_long(phase.model_copy(update={"activities": ()}), path)
    for one in placed_activities(programme):
        yield from _too_long(one.activity, one.path)
        match one.activity:
            case Gathering():
                yield from _gathering(one, one.activity)
            case Meeting():
                yield from _meeting(one, one.activity)
            case Evaluation() | Handover():
                yield from _in_days(one.path, "open for", one.activity.open_for)
                remind = one.activity.remind
                yield from _reminders(one.path, remind, one.activity.open_for)
            case Nomination():
                yield from _nomination(one, one.activity)
            case Matching():
                yield from _reminders(one.path, one.activity.remind)
            case _:
                pass


def _nomination(one: Placed, nomination: Nomination) -> Iterator[Finding]:
    length = nomination.for_how_long
    yield from _in_days(one.path, "for how long", length)
    yield from _in_days(one.path, "answer within", nomination.answer_within)
    yield from _reminders(one.path, nomination.remind, length, key="for how long")


def _too_long(part: SpecPart, path: Path) -> Iterator[Finding]:
    for inner, one in parts(part, path):
        for _, key, value in told(one):
            for where, item in _items((*inner, key), value):
                span = _span_of(item)
                if span is not None and _days(span)[0] > LONGEST:
                    problem = f"{span} is longer than any programme"
                    remedy = "write three years at most"
                    yield Finding(where, problem, remedy, stops=True)


def _items(path: Path, value: object) -> Iterator[tuple[Path, object]]:
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            yield (*path, number), item
    else:
        yield path, value


def _span_of(value: object) -> Span | None:
    match value:
        case Span():
            return value
        case Moment() | Within() | Step():
            return value.span
        case SpanRange():
            return value.most
        case Cadence():
            return value.paces[-1][0].most
        case _:
            return None


def _gathering(one: Placed, gathering: Gathering) -> Iterator[Finding]:
    if gathering.lasts.unit == "day":
        yield from _several_days((*one.path, "lasts"), gathering.lasts)
    else:
        yield from _on_the_clock((*one.path, "lasts"), gathering.lasts)
    for number, edition in enumerate(gathering.editions):
        if edition.lasts is not None:
            path = (*one.path, "editions", number, "lasts")
            yield from _on_the_clock(path, edition.lasts)
    if gathering.about_every is not None:
        yield from _in_days(one.path, gathering.EVERY, gathering.about_every)
    yield from _one_or_many(one, gathering)
    yield from _weekday(one, gathering)
    yield from _invitation(one, gathering)


def _one_or_many(one: Placed, gathering: Gathering) -> Iterator[Finding]:
    if gathering.when is None or gathering.is_series:
        if gathering.starts is None:
            problem = (
                f"nothing says at what time of day {quoted(gathering.name)} starts"
            )
            remedy = "write, for example, `starts: 13:00`"
            grounds = Grounds(gaps=(one.path,))
            yield Finding(one.name_path, problem, remedy, stops=True, grounds=grounds)
        return
    if len(gathering.editions) > 1:
        problem = f"{quoted(gathering.name)} takes place once, so it has one edition"
        remedy = f"leave this out, or write `{gathering.EVERY}` instead of `when`"
        grounds = Grounds(values=((*one.path, "when"),), gaps=(one.path,))
        yield Finding((*one.path, "editions", 1), problem, remedy, grounds=grounds)
    if gathering.when.span is not None and gathering.when.span.exact:
        problem = f"the day of a {gathering.kind} is counted in days or longer"
        meant = Moment(gathering.when.anchor)
        remedy = f"write `when: {meant}`, and its time of day as `starts: 16:00`"
        yield Finding((*one.path, "when"), problem, remedy, stops=True)


def _weekday(one: Placed, gathering: Gathering) -> Iterator[Finding]:
    if gathering.on in WEEKDAYS[5:]:
        problem = f"a {gathering.on} is never open"
        remedy = "write a working day, such as `Wednesday`"
        yield Finding((*one.path, "on"), problem, remedy, stops=True)


def _invitation(one: Placed, gathering: Gathering) -> Iterator[Finding]:
    hold, invite = gathering.hold_the_date, gathering.invite
    for key, step in (("hold the date", hold), ("invite", invite)):
        if isinstance(step, Step) and step.side == "after":
            problem = "nobody is invited to what is over"
            yield Finding((*one.path, key), problem, f"write `{step.span} before`")
    if (
        isinstance(hold, Step)
        and hold.side == invite.side == "before"
        and _days(hold.span)[1] <= _days(invite.span)[0]
    ):
        problem = f"the date is held no earlier than the invitation leaves, {invite}"
        remedy = "write a longer time, or `at once`"
        grounds = Grounds(values=((*one.path, "invite"),), gaps=(one.path,))
        yield Finding((*one.path, "hold the date"), problem, remedy, grounds=grounds)


def _meeting(one: Placed, meeting: Meeting) -> Iterator[Finding]:
    yield from _on_the_clock((*one.path, "lasts"), meeting.lasts.most)
    for every, holds in meeting.then_every.paces if meeting.then_every else ():
        yield from _in_days(one.path, "then every", every.most)
        if holds is not None:
            yield from _in_days(one.path, "then every", holds)
    if meeting.first.span.exact:
        meant = Within(_whole_days(meeting.first.span), meeting.first.anchor)
        problem = "the window of a meeting is counted in days or longer"
        yield Finding((*one.path, "first"), problem, f"write `{meant}`", stops=True)
    yield from _reminders(one.path, meeting.remind)


def _several_days(path: Path, span: Span) -> Iterator[Finding]:
    if not 1 < span.count <= _MOST_DAYS:
        problem = f"{span} is not how long people come together"
        remedy = f"write 2 to {_MOST_DAYS} days, or hours for less"
        yield Finding(path, problem, remedy, stops=True)


def _on_the_clock(path: Path, span: Span) -> Iterator[Finding]:
    if not span.exact:
        problem = "what takes place on a day lasts minutes or hours"
        remedy = "write, for example, `3 hours`"
    elif span.count == 0:
        problem, remedy = "it lasts no time at all", "write, for example, `3 hours`"
    elif span.minutes > _MINUTES_A_DAY:
        problem = f"{span} are more than a day"
        remedy = "write fewer, or days such as `3 days`"
    else:
        return
    yield Finding(path, problem, remedy)


def _in_days(path: Path, key: str, span: Span) -> Iterator[Finding]:
    if span.exact:
        problem = f"`{key}` is counted in days or longer"
        remedy = f"write, for example, `{_whole_days(span)}`"
        yield Finding((*path, key), problem, remedy, stops=True)
    elif span.count == 0:
        problem = f"{span} is no time at all"
        remedy = "write, for example, `1 week`"
        yield Finding((*path, key), problem, remedy, stops=True)


def _reminders(
    path: Path,
    steps: Sequence[Step],
    open_for: Span | None = None,
    *,
    key: str = "open for",
) -> Iterator[Finding]:
    for number, step in enumerate(steps):
        where = (*path, "remind", number)
        if step.side == "before":
            problem = "a reminder is counted from when people were asked"
            yield Finding(where, problem, f"write `after {step.span}`")
        elif step in steps[:number]:
            problem = f"people are reminded {step} already"
            yield Finding(where, problem, "leave one of the two out")
        elif (
            open_for and not open_for.exact and _days(step.span)[0] > _days(open_for)[1]
        ):
            problem = f"by then it has closed: it is open for {open_for}"
            remedy = "remind earlier, or leave it open for longer"
            grounds = Grounds(values=((*path, key),))
            yield Finding(where, problem, remedy, grounds=grounds)


def _whole_days(span: Span) -> Span:
    return Span(max(1, round(span.minutes / _MINUTES_A_DAY)), "day")


def _days(span: Span) -> tuple[float, float]:
    """Return how many days a span has at the fewest and at the most."""
    fewest, most = _FEWEST_AND_MOST_DAYS[span.unit]
    return span.count * fewest, span.count * most
