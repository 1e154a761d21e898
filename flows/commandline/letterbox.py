"""How messages of the outbox are shown: in ids and local times, without an address."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.decision import RefusedError
from engine.commands.unit import Unit
from engine.ids import CohortId
from engine.outbox import Standing, Stored
from engine.record import Record
from flows.commandline.terminal import day, say, table

if TYPE_CHECKING:
    from engine.commands.outbox import Outlook

COLUMNS = ("number", "cohort", "to", "kind", "status", "tries", "next", "reply")


@dataclass(frozen=True)
class Letterbox:
    """Knows whose ids and which local times the messages of a cohort have."""

    unit: Unit

    def line(self, row: Standing) -> Sequence[str]:
        """Return a message as a row of a table, under `COLUMNS`."""
        return (
            str(row.number),
            row.cohort,
            self.who(row),
            row.kind,
            row.status,
            str(row.attempts or ""),
            self.when(row.cohort, row.leaves) if row.waits else "",
            row.reply,
        )

    def rows(self, stored: Stored) -> Sequence[Sequence[str]]:
        """Return everything about a message but what stands in it."""
        row, message = stored.standing, stored.message
        until = self.when(row.cohort, row.not_after) if row.not_after else "any time"
        told = {
            "cohort": row.cohort,
            "to": self.who(row),
            "kind": row.kind,
            "status": row.status,
            "tries": f"{row.attempts} since it was first sent or last retried",
            "doubts": f"{row.doubts} replies were lost: it may have arrived as often",
            "reply": row.reply or "none",
            "next": self.when(row.cohort, row.leaves) if row.waits else "never",
            "of use until": until,
            "message id": message.message_id,
            "size": f"{len(message.payload)} bytes; --bytes prints them",
        }
        return list(told.items())

    def who(self, row: Standing) -> str:
        """Return the recipient's id in the participants file."""
        record = self._record(row.cohort)
        known = record and record.people.get(row.recipient)
        return known.id if known else row.recipient

    def when(self, cohort: CohortId, moment: dt.datetime) -> str:
        """Return a moment in the cohort's time."""
        record = self._record(cohort)
        return day(record.days.zone.local(moment)) if record else f"{day(moment)} UTC"

    def _record(self, cohort: CohortId) -> Record | None:
        """Return a cohort; None where its messages have outlived it."""
        try:
            return self.unit.standing(cohort).record
        except RefusedError:
            return None


def tell_pause(since: dt.datetime | None) -> None:
    """Say that mail is paused, where it is."""
    if since is not None:
        say(
            f"[yellow]mail is paused since {day(since)} UTC;[/] "
            "to go on: stafet resume --mail"
        )


def show_outlook(seen: "Outlook", letterbox: Letterbox) -> None:
    """Print what would leave if mail were to leave now."""
    rows = [
        (
            one.cohort,
            one.kind,
            str(one.count),
            str(one.unsure or ""),
            letterbox.when(one.cohort, one.oldest),
        )
        for one in seen.now
    ]
    total = sum(one.count for one in seen.now)
    if rows:
        title = f"{amount(total)} would leave now"
        table(("cohort", "kind", "count", "in doubt", "oldest"), rows, title=title)
    else:
        say("nothing would leave now")
    if seen.later:
        say(f"{amount(seen.later)} would leave later")
    if seen.expiring:
        say(f"{amount(seen.expiring)} came too late and would be dropped as expired")


def amount(count: int) -> str:
    """Return `1 message` or `2 messages`."""
    return f"{count} message" + ("" if count == 1 else "s")


def span(time: dt.timedelta) -> str:
    """Return `47 minutes`, `5 hours` or `3 days`, rounded down."""
    for unit, name in (
        (dt.timedelta(days=1), "days"),
        (dt.timedelta(hours=1), "hours"),
    ):
        if time >= 2 * unit:
            return f"{time // unit} {name}"
    return f"{time // dt.timedelta(minutes=1)} minutes"
