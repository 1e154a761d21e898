"""An occurrence as a calendar entry, in a mail or in a feed, and its mail."""

import datetime as dt
from collections.abc import Iterator

from engine.company import company_of
from engine.coordinators import organises
from engine.entries import Entry, Method
from engine.facts import Announced
from engine.ids import PersonId
from engine.letters.invitations import how_it_is, what_it_is
from engine.letters.outgoing import (
    Outgoing,
    Worded,
    common,
    mail,
    personal,
    sender_of,
    words_for,
)
from engine.letters.texts import Words, inline
from engine.posts import Section
from engine.record import Record
from engine.sharing import sequence_of, told_by_previous
from engine.spec.activities import Gathering
from engine.spec.model import text_in
from engine.timeline.gatherings import edition_of

_WELCOMING = ("invite", "booked")
_ALARM = dt.timedelta(days=1)
_KINDS = {
    **dict.fromkeys(("cancel", "taken-off", "taken-off-away"), "cancellation"),
    "update": "update",
}


def entry(
    record: Record,
    told: Announced,
    person: PersonId,
    *,
    stamp: dt.datetime,
    invited: bool = False,
) -> Entry:
    """Return what a person's calendar shows of what was announced.

    Args:
        record: The cohort.
        told: What was announced.
        person: Whose calendar it is.
        stamp: When it was announced.
        invited: Whether this is the person's invitation, and not their feed.
    """
    words = words_for(record, person)
    zone = record.days.zone
    venue = record.frozen.cohort.venues.get(told.place)
    gone = told.cancelled or person in told.withdrawn
    return Entry(
        uid=record.uid(told.occurrence),
        sequence=sequence_of(record, told, person),
        stamp=stamp,
        starts=zone.local(told.starts),
        ends=zone.local(told.ends),
        title=title_of(record, told, words),
        description=_description(record, told, person, words),
        location=record.place(told.place),
        meeting_link=venue.link if venue else "",
        category=record.title(words.language),
        status="cancelled" if gone else "confirmed",
        organizer=sender_of(record),
        attendee=record.people[person].mailbox if invited else None,
        alarm=None if gone else _ALARM,
    )


def feed_entries(record: Record, person: PersonId) -> Iterator[Entry]:
    """Yield what a person's feed shows of a cohort, cancelled entries too.

    What the last cohort told them of is in the feed as that cohort has it, and as their
    mail says.
    """
    for announcement in record.state.announced.values():
        told = announcement.told
        if person in told_by_previous(record, told):
            continue
        of_theirs = person in told.audience or person in told.withdrawn
        if of_theirs or _organises(record, told, person):
            yield entry(record, told, person, stamp=announcement.at)


def _organises(record: Record, told: Announced, person: PersonId) -> bool:
    """Return whether it is a gathering, and the person the coordinator."""
    series = record.state.allocated[told.occurrence].series
    gathers = company_of(record.state, series) is None
    return gathers and organises(record, person)


def title_of(record: Record, told: Announced, words: Words) -> str:
    """Return the title of an occurrence; nothing in it says who else takes part."""
    allocated = record.state.allocated[told.occurrence]
    return occurrence_title(
        record, allocated.activity, allocated.ordinal, words.language
    )


def occurrence_title(record: Record, slug: str, ordinal: int, language: str) -> str:
    """Return the title of the activity, and the theme of this one of a series."""
    title = record.activity_title(slug, language)
    activity = record.frozen.programme.activity(slug)
    if isinstance(activity, Gathering):
        theme = edition_of(activity, ordinal).theme
        if theme is not None:
            return f"{title}: {text_in(theme, language)}"
    return title


def calendar_mail(
    record: Record,
    told: Announced,
    person: PersonId,
    *,
    wording: str,
    now: dt.datetime,
    not_before: dt.datetime,
    key: str,
) -> Outgoing:
    """Return the mail that brings a calendar entry to one person, or takes it back."""
    off = person not in told.audience
    method: Method = "cancel" if told.cancelled or off else "request"
    shown = entry(record, told, person, stamp=now, invited=True)
    reply = personal(record, "reply", person, told.occurrence)
    section = _section(record, told, person, shown, wording=wording, reply=reply.url)
    worded = Worded(
        key=key,
        kind=_KINDS.get(wording, "invitation"),
        subject=section.title,
        sections=(section,),
        entry=(shown, method),
    )
    post, links = mail(record, record.people[person], worded, now=now)
    return Outgoing(
        post=post,
        lane=f"{person}/{shown.uid}",
        links=(*links, reply.link),
        not_before=not_before,
        not_after=None if method == "cancel" else told.starts,
    )


def _section(
    record: Record,
    told: Announced,
    person: PersonId,
    shown: Entry,
    *,
    wording: str,
    reply: str,
) -> Section:
    words = words_for(record, person)
    values = common(record, words, person) | {
        "activity": shown.title,
        "inline": inline(shown.title),
        "partner": partner_names(record, told, person),
    }
    beside = _beside(record, told, words, wording=wording)
    button = f"{wording}.button"
    return Section(
        title=words.get(f"{wording}.title", **values),
        paragraphs=(words.get(f"{wording}.text", **values), *beside),
        details=(*_details(shown, words), *how_it_is(record, told, words)),
        button=(words.get(button), reply) if words.has(button) else None,
    )


def _beside(
    record: Record, told: Announced, words: Words, *, wording: str
) -> Iterator[str]:
    """Yield what whoever is asked to come reads beside when and where it is."""
    if wording in _WELCOMING:
        yield from what_it_is(record, told, words)
    baton = record.frozen.cohort.baton
    slug = record.state.allocated[told.occurrence].activity
    activity = record.frozen.programme.activity(slug)
    starts_year = isinstance(activity, Gathering) and activity.is_the_cohorts
    if wording == "invite" and baton and starts_year:
        yield words.get("invite.baton", baton=text_in(baton, words.language))


def _details(shown: Entry, words: Words) -> Iterator[tuple[str, str]]:
    yield words.get("label.when"), words.times(shown.starts, shown.ends)
    if shown.location:
        yield words.get("label.where"), shown.location
    if shown.meeting_link:
        yield words.get("label.online"), shown.meeting_link


def partner_names(record: Record, told: Announced, person: PersonId) -> str:
    """Return the others of a match by name; nothing for a gathering."""
    allocated = record.state.allocated[told.occurrence]
    if company_of(record.state, allocated.series) is None:
        return ""
    others = [one for one in told.audience if one != person]
    return ", ".join(record.people[one].name for one in others)


def _description(
    record: Record, told: Announced, person: PersonId, words: Words
) -> str:
    values = common(record, words, person)
    if partner := partner_names(record, told, person):
        return words.get("entry.meeting", partner=partner, **values)
    name = "entry.hold" if told.stage == "held" else "entry.invite"
    return words.get(name, **values)
