"""Which adapter serves which port: the only place that binds them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from engine.commands.unit import Unit
from engine.derive import calendar_uid
from engine.entries import Entry
from engine.ids import CohortId, OccurrenceId, PersonId
from engine.installation import Installation
from engine.letters.entries import feed_entries
from engine.outbox import Message
from engine.ports import Clock, Mailer
from engine.posts import Post
from engine.record import Record
from integrations.ical.feed import feed
from integrations.ical.invitation import invitation
from integrations.mail.compose import compose
from integrations.store.database import connect, in_memory
from integrations.store.outbox import SqlOutbox
from integrations.store.schema import prepare
from integrations.store.store import SqlStore


class MimeRenderer:
    """Makes mail of posts, with the calendar object where there is one."""

    def render(self, post: Post) -> bytes:
        """Return the complete MIME message."""
        if post.entry is None or post.method is None:
            return compose(post, None)
        return compose(post, invitation(post.entry, post.method))


@dataclass(frozen=True, kw_only=True)
class App:
    """Everything that a driver needs: commands, messages, time and a way to send."""

    unit: Unit
    outbox: SqlOutbox
    clock: Clock
    mailer: Callable[[], Mailer]
    engine: Engine


def wire(
    url: str,
    *,
    installation: Installation,
    clock: Clock,
    mailer: Callable[[], Mailer],
) -> App:
    """Return an application over the database at a URL, its tables made if need be."""
    engine = connect(url)
    prepare(engine)
    unit = Unit(
        store=SqlStore(engine),
        renderer=MimeRenderer(),
        installation=installation,
        alone=in_memory(engine),
    )
    return App(
        unit=unit, outbox=SqlOutbox(engine), clock=clock, mailer=mailer, engine=engine
    )


def feed_of(records: Iterable[Record], person: PersonId, /) -> bytes:
    """Return a person's calendar over all their cohorts, each gathering once."""
    known = [one for one in records if person in one.people]
    entries: dict[str, Entry] = {}
    for record in known:
        for entry in feed_entries(record, person):
            entries[entry.uid] = _newest(entry, entries.get(entry.uid, entry))
    latest = known[-1]
    language = latest.language(person)
    uid = calendar_uid(latest.installation.key, CohortId("feed"), OccurrenceId(person))
    return feed(
        entries.values(),
        uid=uid,
        name=latest.title(language),
        timezone=latest.frozen.programme.timezone,
        language=language,
    )


def _newest(one: Entry, other: Entry) -> Entry:
    """Return what holds of one gathering in two cohorts: that it takes place."""
    holds = max(
        one, other, key=lambda entry: (entry.status == "confirmed", entry.stamp)
    )
    return replace(holds, sequence=max(one.sequence, other.sequence))


def label_of(record: Callable[[], Record]) -> Callable[[Message], str]:
    """Return how files of mail name their recipient: by the people file's id.

    Args:
        record: The cohort as it stands, since people may come later.
    """
    return lambda message: record().people[message.recipient].id
