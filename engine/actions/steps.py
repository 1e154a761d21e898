"""What is done around gatherings, meetings, nominations and messages."""

import datetime as dt
from collections.abc import Iterator, Mapping

from engine.actions.around import Around
from engine.actions.model import Action, Announce, Call, Lapse, Notify
from engine.facts import Members
from engine.spec.activities import (
    Gathering,
    Meeting,
    MessageActivity,
    Nomination,
    PlacedMeeting,
    Prompts,
)
from engine.spec.moments import Step

_WEEK = dt.timedelta(days=7)
_NOTICE = Step.parse("2 days before")


def nomination_steps(_nomination: Nomination, around: Around) -> Iterator[Action]:
    """Yield: the coordinator is told when nomination opens, and what came of it."""
    one = around.one
    opens = Notify(
        wording="nomination-opens", people=around.coordinator, occurrence=one.id
    )
    yield around.action("open", one.starts, opens, until=one.ends)
    closed = Notify(
        wording="nomination-closed", people=around.coordinator, occurrence=one.id
    )
    due = around.record.days.sending(one.ends)
    yield around.action("close", due, closed, until=due + _WEEK)


def message_steps(_message: MessageActivity, around: Around) -> Iterator[Action]:
    """Yield: the message is sent, unless its week has passed."""
    one = around.one
    tell = Notify(wording="message", people=one.slot.audience, occurrence=one.id)
    yield around.action("send", one.starts, tell, until=one.starts + _WEEK)


def gathering_steps(gathering: Gathering, around: Around) -> Iterator[Action]:
    """Yield: the date is held, details follow, and attendance is asked for."""
    yield from _announcements(gathering, around)
    ask = Call(wording="who-came", occurrence=around.one.id)
    yield around.action("attendance", around.afterwards(), ask)


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
    """Yield: somebody is asked to book, reminded, and both whether they met."""
    record, one = around.record, around.one
    match = record.state.matches.get(one.slot.match) if one.slot.match else None
    if match is None or match.agreed is None or one.id in record.state.lapsed:
        return
    if one.id in record.state.booked:
        yield from _thinking(meeting.prompts, around, match.members)
        if one.id not in record.state.held:
            ask = Notify(wording="did-you-meet", people=match.people, occurrence=one.id)
            due = around.afterwards()
            yield around.action("met", due, ask, until=due + _WEEK)
        return
    bookers = match.members[meeting.booked_by]
    asked = record.days.sending(max(one.starts, match.agreed))
    book = Notify(wording="book-meeting", people=bookers, occurrence=one.id)
    yield around.action("ask", asked, book, until=one.ends)
    again = Notify(wording="book-meeting-again", people=bookers, occurrence=one.id)
    for number, step in enumerate(meeting.remind, start=1):
        due = around.step(asked, step)
        yield around.action(f"remind-{number}", due, again, until=one.ends)
    silent = Lapse(occurrence=one.id, match=match.id)
    yield around.action("silent", record.days.sending(one.ends), silent)


def placed_steps(meeting: PlacedMeeting, around: Around) -> Iterator[Action]:
    """Yield: its date is held, details follow, and members say whether they met."""
    one, state = around.one, around.record.state
    yield from _announcements(meeting, around)
    match = state.matches.get(one.slot.match) if one.slot.match else None
    if match is None:
        return
    yield from _thinking(meeting.prompts, around, match.members)
    if meeting.goes_ahead_with and _declined(around) > meeting.goes_ahead_with.spare:
        few = Call(wording="too-few", occurrence=one.id, match=match.id)
        yield around.action("too-few", around.step(one.starts, _NOTICE), few)
    if one.id not in state.held:
        ask = Notify(
            wording="did-you-meet", people=one.slot.audience, occurrence=one.id
        )
        due = around.afterwards()
        yield around.action("met", due, ask, until=due + _WEEK)


def _thinking(
    prompts: Mapping[str, Prompts], around: Around, members: Members
) -> Iterator[Action]:
    """Yield: each role is asked to think before a meeting, and after it."""
    one = around.one
    for role, asked in prompts.items():
        people = members.get(role, ())
        if asked.before:
            think = Notify(wording="think-before", people=people, occurrence=one.id)
            due = around.step(one.starts, _NOTICE)
            yield around.action(f"before-{role}", due, think, until=one.starts)
        if asked.after:
            think = Notify(wording="think-after", people=people, occurrence=one.id)
            due = around.afterwards()
            yield around.action(f"after-{role}", due, think, until=due + _WEEK)


def _declined(around: Around) -> int:
    replies = around.record.state.replies
    told = (replies.get((around.one.id, who)) for who in around.one.slot.audience)
    return sum(reply is not None and reply.answer == "declined" for reply in told)
