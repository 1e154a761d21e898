"""Whether people have time for what they are asked to do."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds
from engine.checks.places import Placed, placed_activities
from engine.checks.years import Year
from engine.spec.activities import Work
from engine.spec.moments import Step
from engine.spec.programme import Programme
from engine.spec.wording import quoted
from engine.timeline.model import Occurrence
from engine.timeline.work import LEAST

_DAY = dt.timedelta(days=1)


def check_steps(programme: Programme) -> Iterator[Finding]:
    """Yield what is due, or reminded of, after the day that it is counted from."""
    for one in placed_activities(programme):
        if not isinstance(one.activity, Work):
            continue
        due = getattr(one.activity, "due", None)
        if isinstance(due, Step) and due.side == "after":
            problem = "it is due before the next meeting, from which it is counted"
            path = (*one.path, "due")
            yield Finding(path, problem, f"write `{due.span} before`")
        for number, step in enumerate(one.activity.remind):
            if step.side == "after":
                problem = "by then it is due: a reminder is counted from that day"
                path = (*one.path, "remind", number)
                yield Finding(path, problem, f"write `{step.span} before`")


def check_time(
    one: Placed, found: Sequence[Occurrence], year: Year
) -> Iterator[Finding]:
    """Yield that nothing but an hour is left of the time for some work, once."""
    swallowed = next((it for it in found if it.ends - it.starts <= LEAST), None)
    if swallowed is None or not isinstance(one.activity, Work):
        return
    name, path = quoted(one.activity.name), (*one.path, "due")
    grounds = Grounds(values=((*one.path, "when"),), gaps=(one.path,))
    moments = year.moments(one.path, one.activity)
    given, due = moments.get("when"), moments.get("due")
    if given and due and year.day(due) < year.day(given):
        problem = f"{name} is due before it is given"
        yield Finding(path, problem, "write a later day", grounds=grounds)
        return
    opens, between = year.day(swallowed.starts), getattr(one.activity, "between", None)
    if between is not None:
        number = swallowed.slot.series.rpartition("-")[2]
        problem = f"an hour is left for {name} after {between} {number}"
        remedy = f"write a shorter time before the next {between}"
    else:
        rest = _rest_before(opens, year)
        problem = (
            f"an hour is left for {name}, on {opens}: it is given and due in {rest}"
        )
        remedy = f"write a later day: the first that is open is {opens}"
    yield Finding(path, problem, remedy, grounds=grounds)


def _rest_before(date: dt.date, year: Year) -> str:
    """Return what most of the closed days right before a date are called."""
    names: Counter[str] = Counter()
    while not year.days.is_open(date := date - _DAY):
        names[year.days.closed.get(date, "")] += 1
    named = [name for name, _ in names.most_common() if name]
    return named[0] if named else "a week-end"
