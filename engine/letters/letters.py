"""One letter to one person, of all the notices that wait for them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.coordinators import stand_in
from engine.dated import Waiting
from engine.facts import Noticed
from engine.ids import PersonId
from engine.letters.details import Responses
from engine.letters.missed import says_nothing
from engine.letters.nominations import is_settled
from engine.letters.notices import Told, word
from engine.letters.outgoing import Outgoing, Worded, mail, words_for
from engine.needs import NEEDS_YOU, is_call, is_seen_to
from engine.people import Participant
from engine.record import Record
from engine.timeline.model import Timeline
from engine.waiting import is_gone, to_tell

_AGAIN = "-again"
_UNTIL_IT_ENDS = (
    "nomination-opens",
    "nomination-runs",
    "nominate",
    "book-meeting",
    "meeting-declined",
    "evaluation",
    "handover",
)
"""Wordings that ask for something which is possible until the occurrence ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What became of the waiting notices.

    Attributes:
        outgoing: The mail; None when nothing is left to tell.
        told: The notices that it tells.
        moot: Those that came too late to mean anything.
    """

    outgoing: Outgoing | None
    told: tuple[str, ...]
    moot: tuple[str, ...]


def letter(
    record: Record,
    person: PersonId,
    *,
    timeline: Timeline,
    responses: Responses,
    now: dt.datetime,
) -> Letter:
    """Return the letter that tells everything waiting for a person, oldest first."""
    waiting = sorted(
        (one for one in to_tell(record.state) if one.notice.person == person),
        key=lambda one: (one.at, one.notice.notice),
    )
    current = list(_current(waiting, record, timeline, now=now))
    moot = tuple(one.notice.notice for one in waiting if one not in current)
    if not current:
        return Letter(outgoing=None, told=(), moot=moot)
    reader = stand_in(record, person, now)
    told = [
        word(
            record,
            replace(one.notice, person=reader.person),
            timeline=timeline,
            responses=responses,
        )
        for one in current
    ]
    names = tuple(one.notice.notice for one in current)
    outgoing = _outgoing(record, reader, _key(record, person), told, now=now)
    return Letter(outgoing=outgoing, told=names, moot=moot)


def _key(record: Record, person: PersonId) -> str:
    """Return what the next letter to a person is stored by."""
    count, _ = record.state.letters.get(person, (0, None))
    return f"{record.id}/letter/{person}/{count + 1}"


def _outgoing(
    record: Record,
    reader: Participant,
    key: str,
    told: Sequence[Told],
    *,
    now: dt.datetime,
) -> Outgoing:
    sections = tuple(one.section for one in told)
    worded = Worded(
        key=key,
        kind="letter",
        subject=_subject(record, reader.person, [one.title for one in sections]),
        sections=sections,
    )
    post, links = mail(record, reader, worded, now=now)
    return Outgoing(
        post=post,
        lane=key,
        links=(*links, *(one.link for one in told if one.link)),
        not_before=record.days.sending(now),
    )


def _current(
    waiting: Iterable[Waiting], record: Record, timeline: Timeline, *, now: dt.datetime
) -> Iterator[Waiting]:
    """Yield what is worth telling; not a reminder of what the letter tells anyway.

    Nor is it a task that stands in the weekly list of the same letter.
    """
    waiting, told = list(waiting), set()
    lists = any(one.notice.wording == NEEDS_YOU for one in waiting)
    for one in waiting:
        if lists and is_call(one.notice):
            continue
        notice = one.notice
        wording = notice.wording.removesuffix(_AGAIN)
        about = (wording, notice.occurrence, notice.match, notice.about)
        if about not in told and not is_moot(one, record, timeline, now=now):
            told.add(about)
            yield one


def is_moot(
    waiting: Waiting, record: Record, timeline: Timeline, *, now: dt.datetime
) -> bool:
    """Return whether what a notice asks for was done meanwhile, or is over."""
    return (
        is_gone(waiting.notice, record.state)
        or _is_over(waiting.notice, timeline, now=now)
        or is_settled(waiting.notice, record, timeline)
        or is_seen_to(waiting.notice, record)
        or says_nothing(waiting.notice, record)
        or _is_moved(waiting.notice, record)
        or _is_done(waiting, record, now=now)
    )


def _is_over(notice: Noticed, timeline: Timeline, *, now: dt.datetime) -> bool:
    """Return whether it is too late, or what it is about is off or taken out."""
    if notice.occurrence is None:
        return False
    one = timeline.occurrences.get(notice.occurrence)
    asks = notice.wording.removesuffix(_AGAIN) in _UNTIL_IT_ENDS
    return one is None or one.off or (asks and one.ends <= now)


def _is_moved(notice: Noticed, record: Record) -> bool:
    """Return whether what somebody declined has another time, or suits them now."""
    if notice.wording != "meeting-declined":
        return False
    if notice.occurrence is None or notice.about is None:
        return False
    told = record.state.announced[notice.occurrence].told
    said = record.state.replies[(notice.occurrence, notice.about)]
    return (said.answer, said.sequence) != ("declined", told.sequence)


def _is_done(waiting: Waiting, record: Record, *, now: dt.datetime) -> bool:
    notice, state = waiting.notice, record.state
    wording = notice.wording.removesuffix(_AGAIN)
    if notice.match is not None and state.matches[notice.match].dissolved:
        return wording in ("confirm-match", "match-agreed")
    match wording:
        case "book-meeting":
            return notice.occurrence in state.booked
        case "did-you-meet":
            return notice.occurrence in state.held
        case "evaluation" | "handover" if notice.occurrence is not None:
            return notice.person in state.answered.get(notice.occurrence, ())
        case "confirm-match" if notice.match is not None:
            return notice.person in state.matches[notice.match].confirmed
        case _:
            # Whoever was away has not been late in reading it.
            back = state.presence.back.get(notice.person, waiting.at)
            return now - max(waiting.at, back) > dt.timedelta(days=60)


def _subject(record: Record, person: PersonId, titles: list[str]) -> str:
    if len(titles) == 1:
        return titles[0]
    words = words_for(record, person)
    return words.get("subject.more", title=titles[0], count=str(len(titles) - 1))
