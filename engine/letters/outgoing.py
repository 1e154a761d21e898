"""A mail on its way from the engine to the outbox, and the links that it carries."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from engine.coordinators import coordinator_of, organises, stand_in
from engine.derive import derive, token, token_hash
from engine.entries import Entry, Method
from engine.ids import PersonId
from engine.letters.texts import Words
from engine.outbox import Message
from engine.people import Mailbox, Participant
from engine.ports import Link
from engine.posts import Post, Section
from engine.record import COORDINATOR, Record

ASK_FOR_A_CALL = "call"
"""The scope of the link by which somebody asks the coordinator to call."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """What a mail says, whoever it is to.

    Attributes:
        key: What it is stored by: the same mail is never posted twice.
        kind: Such as `letter` or `invitation`.
        entry: A calendar entry that it brings or takes back.
    """

    key: str
    kind: str
    subject: str
    sections: tuple[Section, ...]
    entry: tuple[Entry, Method] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """A worded mail with all that the outbox wants to know of it."""

    post: Post
    lane: str
    links: tuple[Link, ...]
    not_before: dt.datetime
    not_after: dt.datetime | None = None


class Renderer(Protocol):
    """Makes bytes of a mail."""

    def render(self, post: Post) -> bytes:
        """Return the complete MIME message, the same for the same post."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """The address of a personal link, and what is stored of it."""

    url: str
    link: Link


def personal(
    record: Record, scope: str, person: PersonId, subject: str = ""
) -> Personal:
    """Return the link that lets a person do one thing; always the same one.

    A feed belongs to the person and not to the cohort: it shows all their cohorts.
    """
    parts = (scope, person) if scope == "feed" else (scope, record.id, person, subject)
    secret = token(record.installation.key, *parts)
    ending = ".ics" if scope == "feed" else ""
    return Personal(
        url=f"{record.installation.base_url}/{scope}/{secret}{ending}",
        link=Link(
            hash=token_hash(secret),
            scope=scope,
            cohort=record.id,
            person=person,
            subject=subject,
        ),
    )


def words_for(record: Record, person: PersonId) -> Words:
    """Return the texts in a person's language."""
    language = record.language(person)
    built_in = record.installation.texts.get(language, {})
    return Words(
        language=language, texts={**built_in, **record.frozen.texts.get(language, {})}
    )


def common(record: Record, words: Words, person: PersonId) -> dict[str, str]:
    """Return the placeholders that every text to a person may use."""
    coordinator = coordinator_of(record, person)
    return {
        "programme": record.title(words.language),
        "coordinator": coordinator.name,
        "email": coordinator.email,
    }


def mail(
    record: Record, to: Participant, worded: Worded, *, now: dt.datetime
) -> tuple[Post, tuple[Link, ...]]:
    """Return a mail in its envelope, and the personal links that its footer shows."""
    words, installation = words_for(record, to.person), record.installation
    foot = _foot(record, to.person, words)
    identity = derive(installation.key, "message", worded.key)[:40]
    post = Post(
        key=worded.key,
        kind=worded.kind,
        person=to.person,
        language=words.language,
        sender=sender_of(record),
        reply_to=_reply_to(record, coordinator_of(record, to.person), now),
        recipient=to.mailbox,
        subject=worded.subject,
        programme=record.title(words.language),
        greeting=words.get("greeting", name=first_name(to.name)),
        sections=worded.sections,
        sign_off=_sign_off(coordinator_of(record, to.person), words),
        footer=foot.why,
        feed=foot.feed,
        call=foot.call,
        entry=worded.entry[0] if worded.entry else None,
        method=worded.entry[1] if worded.entry else None,
        date=record.days.zone.local(now),
        message_id=f"<{identity}@{installation.domain}>",
        boundary=derive(installation.key, "boundary", worded.key)[:24],
    )
    return post, foot.links


@dataclass(frozen=True, kw_only=True, slots=True)
class _Foot:
    """What a mail ends with.

    Attributes:
        why: Why somebody is written to.
        feed: The words and the address of their calendar.
        call: The words and the address by which they ask to be called.
    """

    why: str
    feed: tuple[str, str] | None
    call: tuple[str, str] | None
    links: tuple[Link, ...]


def _foot(record: Record, person: PersonId, words: Words) -> _Foot:
    """Return the end of a mail to somebody.

    Who takes no part has no dates to see. Who organises has nobody to be called by.
    """
    shared = common(record, words, person)
    feed, called = (personal(record, one, person) for one in ("feed", ASK_FOR_A_CALL))
    roles = record.state.enrolled.get(person, ())
    asks = bool(roles) and COORDINATOR not in roles
    return _Foot(
        why=words.get(_footer(record, person), **shared),
        feed=(words.get("feed"), feed.url) if roles else None,
        call=(words.get("call-me.foot", **shared), called.url) if asks else None,
        links=(feed.link, *((called.link,) if asks else ())),
    )


def _footer(record: Record, person: PersonId) -> str:
    """Return the name of the text that says why somebody is written to."""
    if organises(record, person):
        return "footer-office"
    if person in record.state.presence.left:
        return "footer-left"
    return "footer" if record.state.enrolled.get(person) else "footer-beside"


def _reply_to(record: Record, coordinator: Participant, now: dt.datetime) -> Mailbox:
    """Return who gets an answer: a coordinator or who stands in, or the mailbox."""
    if record.frozen.programme.mail.reply_to == "coordinator":
        return stand_in(record, coordinator.person, now).mailbox
    return record.frozen.cohort.mailbox.mailbox


def _sign_off(coordinator: Participant, words: Words) -> tuple[str, ...]:
    lines = (words.get("sign-off"), coordinator.name, coordinator.phone)
    return tuple(line for line in lines if line)


def first_name(name: str) -> str:
    """Return how a letter greets somebody: by all names but the last."""
    return name.rpartition(" ")[0] or name


def to_message(record: Record, outgoing: Outgoing, payload: bytes) -> Message:
    """Return what the outbox stores."""
    post = outgoing.post
    return Message(
        key=post.key,
        cohort=record.id,
        recipient=post.person,
        lane=outgoing.lane,
        kind=post.kind,
        uid=post.entry.uid if post.entry else "",
        sequence=post.entry.sequence if post.entry else 0,
        not_before=outgoing.not_before,
        not_after=outgoing.not_after,
        sender=post.sender.address,
        address=post.recipient.address,
        message_id=post.message_id,
        payload=payload,
    )


def sender_of(record: Record) -> Mailbox:
    """Return the mailbox that mail comes from and calendars answer to."""
    return record.frozen.cohort.mailbox.mailbox
