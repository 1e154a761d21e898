"""What is done around gatherings, meetings and messages."""

import datetime as dt
from collections.abc import Iterator

from engine.actions.around import Around
from engine.actions.model import Action, Announce, Call, Lapse, Notify
from engine.company import company_of, declined, falls_through, rests
from engine.facts import Members
from engine.spec.activities import (
    Gathering,
    Meeting,
    MessageActivity,
    PlacedMeeting,
    Prompts,
)
from engine.spec.moments import Step
from engine.timeline.identity import ATTENDANCE

_WEEK = dt.timedelta(days=7)
_NOTICE = Step.parse("2 days before")
_PATIENCE = Step.parse("after 2 days")


def message_steps(_message: MessageActivity, around: Around) -> Iterator[Action]:
    """Yield: the message is sent, unless its week has passed."""
    one = around.one
    tell = Notify(wording="message", people=one.slot.audience, occurrence=one.id)
    yield around.action("send", one.starts, tell, until=one.starts + _WEEK)


def gathering_steps(gathering: Gathering, around: Around) -> Iterator[Action]:
    """Yield: the date is held, details follow, and attendance is asked for, if any."""
    yield from _announcements(gathering, around)
    if not around.one.slot.audience:
        return
    ask = Call(wording="who-came", occurrence=around.one.id)
    yield around.action(ATTENDANCE, around.afterwards(), ask)


def _announcements(gathering: Gathering, around: Around) -> Iterator[Action]:
    one = around.one
    invited = around.step(one.starts, gathering.invite)
    if gathering.hold_the_date is not None:
        hold = Announce(occurrence=one.id, stage="held")
        yield around.action("hold", _held(gathering, around), hold, until=invited)
    invite = Announce(occurrence=one.id, stage="invited")
    yield around.action("invite", invited, invite, until=one.starts)


def _held(gathering: Gathering, around: Around) -> dt.datetime:
    if isinstance(gathering.hold_the_date, Step):
        return around.step(around.one.starts, gathering.hold_the_date)
    return around.record.days.sending(around.record.state.applied or around.one.starts)


def meeting_steps(meeting: Meeting, around: Around) -> Iterator[Action]:
    """Yield: somebody is asked to book, reminded, and both whether they met.

    Of so many, one that was declined and never moved is to be booked again. Nobody is
    asked to book while a role has nobody.
    """
    record, one = around.record, around.one
    company = company_of(record.state, one.slot.series)
    agreed = company.match.agreed if company else None
    if company is None or agreed is None or one.id in record.state.lapsed:
        return
    if one.id in record.state.booked:
        yield from _thinking(meeting, around, company.members)
        if one.id not in record.state.held:
            people = one.slot.audience
            ask = Notify(wording="did-you-meet", people=people, occurrence=one.id)
            due = around.afterwards()
            yield around.action("met", due, ask, until=due + _WEEK)
            if meeting.times and falls_through(record.state, one.id):
                lost = Lapse(occurrence=one.id, match=company.match.id)
                yield around.action("lost", around.step(one.ends, _PATIENCE), lost)
        return
    if rests(record.state, company):
        return
    bookers = company.members[meeting.booked_by]
    asked = record.days.sending(max(one.starts, agreed))
    book = Notify(wording="book-meeting", people=bookers, occurrence=one.id)
    yield around.action("ask", asked, book, until=one.ends)
    again = Notify(wording="book-meeting-again", people=bookers, occurrence=one.id)
    for number, step in enumerate(meeting.remind, start=1):
        due = around.step(asked, step)
        yield around.action(f"remind-{number}", due, again, until=one.ends)
    silent = Lapse(occurrence=one.id, match=company.match.id)
    yield around.action("silent", record.days.sending(one.ends), silent)


def placed_steps(meeting: PlacedMeeting, around: Around) -> Iterator[Action]:
    """Yield: its date is held, details follow, and members say whether they met."""
    one, state = around.one, around.record.state
    yield from _announcements(meeting, around)
    match = state.matches.get(one.slot.match) if one.slot.match else None
    if match is None:
        return
    yield from _thinking(meeting, around, match.members)
    off = len(declined(state, one.id))
    if meeting.goes_ahead_with and off > meeting.goes_ahead_with.spare:
        few = Call(wording="too-few", occurrence=one.id, match=match.id)
        yield around.action("too-few", around.step(one.starts, _NOTICE), few)
    if one.id not in state.held:
        ask = Notify(
            wording="did-you-meet", people=one.slot.audience, occurrence=one.id
        )
        due = around.afterwards()
        yield around.action("met", due, ask, until=due + _WEEK)


def _thinking(
    meeting: Meeting | PlacedMeeting, around: Around, members: Members
) -> Iterator[Action]:
    """Yield: each role is asked to think before a meeting, and after it.

    A logbook is advised to every role; to one that is asked nothing, by itself.
    """
    one, prompts = around.one, meeting.prompts
    for role in dict.fromkeys((*prompts, *members)):
        asked = prompts.get(role, Prompts())
        # Those of them who come: others may have been in the match when it was.
        people = tuple(who for who in members.get(role, ()) if who in one.slot.audience)
        if asked.before:
            think = Notify(wording="think-before", people=people, occurrence=one.id)
            due = around.step(one.starts, _NOTICE)
            yield around.action(f"before-{role}", due, think, until=one.starts)
        if asked.after or meeting.logbook:
            wording = "think-after" if asked.after else "logbook"
            think = Notify(wording=wording, people=people, occurrence=one.id)
            due = around.afterwards()
            yield around.action(f"after-{role}", due, think, until=due + _WEEK)
