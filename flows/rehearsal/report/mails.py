"""The mails of a rehearsal by month and day, like ones together."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from integrations.mail.reading import headers_of

_ANYBODY = "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class MailLine:
    """One mail of a rehearsal.

    Attributes:
        path: Of its file, seen from the report.
        recipient: By name.
        sent: In the time zone of the cohort.
    """

    path: str
    recipient: str
    subject: str
    sent: dt.datetime

    @property
    def href(self) -> str:
        """The path as a link has it."""
        return quote(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Mails of one day whose subjects differ by names at the most."""

    subject: str
    mails: tuple[MailLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """The mails of a day, the most frequent first."""

    date: dt.date
    groups: tuple[Alike, ...]

    @property
    def count(self) -> int:
        """How many mails there are."""
        return sum(len(group.mails) for group in self.groups)


@dataclass(frozen=True, kw_only=True, slots=True)
class MailMonth:
    """The days of a month on which there was mail.

    Attributes:
        share: Percent of the mails of the busiest month.
    """

    first: dt.date
    days: tuple[Day, ...]
    count: int
    share: float


def mail_lines(folder: Path) -> tuple[MailLine, ...]:
    """Return the mails in a folder beside the report, in order of sending."""
    return tuple(_line(file) for file in sorted(folder.glob("*.eml")))


def _line(file: Path) -> MailLine:
    headers = headers_of(file.read_bytes())
    return MailLine(
        path=f"{file.parent.name}/{file.name}",
        recipient=headers.recipient,
        subject=headers.subject,
        sent=headers.sent,
    )


def by_month(mails: Sequence[MailLine], names: Iterable[str]) -> tuple[MailMonth, ...]:
    """Return the mails by month and day; names of people do not tell them apart."""
    days = tuple(_days(mails, _masking(names)))
    months = [
        tuple(found) for _, found in groupby(days, key=lambda day: _first(day.date))
    ]
    counts = [sum(day.count for day in month) for month in months]
    return tuple(
        MailMonth(
            first=_first(month[0].date),
            days=month,
            count=count,
            share=round(100 * count / max(counts), 1),
        )
        for month, count in zip(months, counts, strict=True)
    )


def _first(date: dt.date) -> dt.date:
    return date.replace(day=1)


def _masking(names: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(set(names), key=lambda name: (-len(name), name))
    either = "|".join(map(re.escape, longest)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _days(mails: Sequence[MailLine], names: re.Pattern[str]) -> Iterable[Day]:
    ordered = sorted(mails, key=lambda mail: (mail.sent.date(), mail.path))
    for date, found in groupby(ordered, key=lambda mail: mail.sent.date()):
        alike: dict[str, list[MailLine]] = {}
        for mail in found:
            alike.setdefault(names.sub(_ANYBODY, mail.subject), []).append(mail)
        groups = [
            Alike(subject=subject, mails=tuple(group))
            for subject, group in alike.items()
        ]
        groups.sort(key=lambda group: (-len(group.mails), group.subject))
        yield Day(date=date, groups=tuple(groups))
