"""What an operator may do to mail: look, retry, drop, pause, and see what would leave.

A message belongs to no command and no fact: what is done here is recorded in the outbox
alone, and changes nothing of what a cohort has decided.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.commands.decision import RefusedError
from engine.health import Plight, plight
from engine.ids import CohortId
from engine.outbox import Standing, Stored, hindrances
from engine.ports import Outbox

Asked = Plight | Literal["all"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Departure:
    """What of one cohort and one kind would leave now.

    Attributes:
        unsure: How many of them may have arrived before.
        oldest: Since when the first of them may leave.
    """

    cohort: CohortId
    kind: str
    count: int
    unsure: int
    oldest: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What would become of all that waits, if mail were to leave now.

    Attributes:
        now: What would leave at once.
        later: How many wait for their time, for their next try, or for one of these.
        expiring: How many are too late to be of use, and would be dropped.
    """

    now: Sequence[Departure]
    later: int
    expiring: int


def listed(
    outbox: Outbox,
    *,
    asked: Asked | None = None,
    cohort: CohortId | None = None,
    now: dt.datetime,
) -> tuple[Standing, ...]:
    """Return the messages in a plight, or in any; `all` are those that arrived too."""
    if asked == "all":
        return outbox.standings(cohort)
    return tuple(
        row
        for row in outbox.outstanding()
        if cohort in {None, row.cohort} and asked in {None, plight(row, now=now)}
    )


def found(outbox: Outbox, number: int) -> Stored:
    """Return a message whole.

    Raises:
        RefusedError: If there is none with this number.
    """
    stored = outbox.find(number)
    if stored is None:
        raise _refusal("show", {number: "there is no such message"})
    return stored


def retry(outbox: Outbox, numbers: Sequence[int], *, now: dt.datetime) -> None:
    """Let messages that are dead, in doubt or waiting leave again at once.

    Raises:
        RefusedError: If one of them cannot; none of them does.
    """
    why_not = outbox.retry(numbers, now=now)
    if why_not:
        raise _refusal("send again", why_not)


def to_drop(
    outbox: Outbox, numbers: Sequence[int], *, now: dt.datetime
) -> tuple[Standing, ...]:
    """Return the messages that are to be given up; nothing is done.

    Raises:
        RefusedError: If one of them cannot be.
    """
    stored = (outbox.find(number) for number in numbers)
    rows = tuple(one.standing for one in stored if one is not None)
    why_not = hindrances("drop", numbers, rows, now=now)
    if why_not:
        raise _refusal("drop", why_not)
    return rows


def drop(outbox: Outbox, numbers: Sequence[int], *, now: dt.datetime) -> None:
    """Give up messages that are dead, in doubt or waiting.

    Raises:
        RefusedError: If one of them cannot be; none of them is.
    """
    why_not = outbox.drop(numbers, now=now)
    if why_not:
        raise _refusal("drop", why_not)


def outlook(outbox: Outbox, *, now: dt.datetime) -> Outlook:
    """Return what would leave now if mail were not paused, by cohort and kind."""
    waiting = [row for row in outbox.outstanding() if row.waits]
    useful = [row for row in waiting if not row.useless(now) or row.held(now)]
    leaving = _leaving(useful, now)
    return Outlook(
        now=_departures(leaving),
        later=len(useful) - len(leaving),
        expiring=len(waiting) - len(useful),
    )


def _leaving(rows: Sequence[Standing], now: dt.datetime) -> Sequence[Standing]:
    """Return what may leave, whatever is before it in its lane having left."""
    stuck: set[str] = set()
    leaving = []
    for row in rows:
        if row.lane in stuck or row.leaves > now:
            stuck.add(row.lane)
        else:
            leaving.append(row)
    return leaving


def _departures(rows: Sequence[Standing]) -> tuple[Departure, ...]:
    groups: dict[tuple[CohortId, str], list[Standing]] = {}
    for row in rows:
        groups.setdefault((row.cohort, row.kind), []).append(row)
    return tuple(
        Departure(
            cohort=cohort,
            kind=kind,
            count=len(group),
            unsure=sum(row.reached for row in group),
            oldest=min(row.not_before for row in group),
        )
        for (cohort, kind), group in sorted(groups.items())
    )


def _refusal(verb: str, why_not: Mapping[int, str]) -> RefusedError:
    told = ", ".join(f"{number} ({why})" for number, why in why_not.items())
    return RefusedError(
        f"cannot {verb} {told}",
        "nothing was changed; stafet outbox list --status all shows where mail is",
    )
