"""What people of a lived year have in their mail and in their calendars."""

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import replace

from engine.company import company_of, match_of
from engine.coordinators import organises
from engine.facts import Left
from engine.ids import OccurrenceId, PersonId
from engine.outbox import Standing as Row
from engine.state import State
from flows.wiring import feed_of
from integrations.mail.reading import text_of
from tests.mishaps.life import Lived
from tests.simulation.calendars import Shown, entries, read_mail

Calendars = Mapping[str, Mapping[str, Shown]]
"""What each participant's calendar shows, by their id and by UID."""

_ANY = dt.datetime.min.replace(tzinfo=dt.UTC)


def mailed(lived: Lived) -> Calendars:
    """Return what mail has put into everybody's calendar, the latest of each."""
    found: dict[str, dict[str, Shown]] = {id_: {} for id_ in _participants(lived)}
    for path, payload in lived.payloads.items():
        entry, reader = read_mail(payload).entry, path.stem.split("-", 2)[2]
        if entry is not None and reader in found:
            found[reader][entry.uid] = replace(entry, stamp=_ANY)
    return found


def told_of(lived: Lived, id_: str, words: str) -> list[str]:
    """Return the paragraphs of somebody's mails with these words, each in a line."""
    texts = (
        text_of(payload)
        for path, payload in lived.payloads.items()
        if path.stem.split("-", 2)[2] == id_
    )
    lines = (" ".join(one.split()) for text in texts for one in text.split("\n\n"))
    return [one for one in lines if words in one]


def feeds(lived: Lived) -> Calendars:
    """Return what everybody's feed shows in the end."""
    records = [lived.life.app.unit.standing(one).record for one in lived.cohorts]
    return {
        id_: {
            one.uid: replace(one, stamp=_ANY)
            for one in entries(feed_of(records, person).decode())
        }
        for id_, person in _participants(lived).items()
    }


def without(shown: Calendars, these: Container[tuple[str, str]]) -> Calendars:
    """Return what calendars show but for some entries, by person and UID."""
    return {
        id_: {uid: one for uid, one in entries.items() if (id_, uid) not in these}
        for id_, entries in shown.items()
    }


def timed(lived: Lived) -> Mapping[str, tuple[dt.datetime, dt.datetime]]:
    """Return when the timeline has everything that was announced, by UID."""
    standings = [lived.life.app.unit.standing(one) for one in lived.cohorts]
    return {
        each.record.uid(id_): (one.starts, one.ends)
        for each in standings
        for id_, one in each.timeline.occurrences.items()
        if id_ in each.record.state.announced
    }


def met_before_it_ended(lived: Lived) -> list[str]:
    """Return the meetings of who meets no more, by UID: no timeline has them."""
    record = lived.standing.record
    series = {id_: record.state.allocated[id_].series for id_ in record.state.announced}
    matched = {
        id_: match_of(one) in record.state.matches for id_, one in series.items()
    }
    return [
        record.uid(id_)
        for id_, one in series.items()
        if matched[id_] and not _meet(record.state, one)
    ]


def _meet(state: State, series: str) -> bool:
    company = company_of(state, series)
    return company is not None and not company.match.dissolved


def invited_late(lived: Lived) -> list[str]:
    """Return the mails that ask somebody to something which had begun."""
    found = []
    for path, payload in lived.payloads.items():
        mail = read_mail(payload)
        asks = mail.entry is not None and not mail.cancels
        if asks and mail.entry and mail.entry.starts <= mail.date:
            found.append(path.name)
    return found


def received(
    lived: Lived, person: PersonId, since: dt.datetime, until: dt.datetime | None = None
) -> list[str]:
    """Return the kinds of mail that a cohort sent somebody from a moment on."""
    return [row.kind for row in _sent(lived, person, since, until)]


def invited(
    lived: Lived, person: PersonId, since: dt.datetime, until: dt.datetime
) -> list[dt.datetime]:
    """Return when that begins to which somebody was invited between two moments."""
    known = lived.standing.record.state.announced
    return [
        known[OccurrenceId(row.key.split("/")[2])].told.starts
        for row in _sent(lived, person, since, until)
        if row.kind == "invitation"
    ]


def _sent(
    lived: Lived, person: PersonId, since: dt.datetime, until: dt.datetime | None
) -> list[Row]:
    return [
        row
        for row in lived.rows
        if row.recipient == person
        and row.cohort == lived.life.cohort
        and row.status == "sent"
        and since <= settled(row)
        and (until is None or settled(row) < until)
    ]


def farewells(lived: Lived) -> Mapping[PersonId, tuple[dt.datetime, str]]:
    """Return when each who has left did so, and why."""
    return {
        one.event.person: (one.at, one.event.reason)
        for one in lived.facts
        if isinstance(one.event, Left)
    }


def settled(row: Row) -> dt.datetime:
    """Return when a mail came to its end."""
    return row.settled_at or _ANY


def _participants(lived: Lived) -> Mapping[str, PersonId]:
    record = lived.standing.record
    return {
        one.id: one.person
        for one in record.people.values()
        if not organises(record, one.person)
    }
