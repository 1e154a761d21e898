"""What is done around a nomination: who is asked, reminded, and told how it ended."""

import datetime as dt
from collections.abc import Iterator

from engine.actions.around import Around
from engine.actions.model import Action, Call, Notify
from engine.nominations import Nominating
from engine.nominees import Nominee
from engine.spec.activities import Nomination
from engine.spec.moments import Step

_WEEK = dt.timedelta(days=7)
_NOTICE = Step.parse("3 days before")
_TOLD = {
    "waiting": "nominee-waiting",
    "admitted": "nominee-admitted",
    "refused": "nominee-refused",
}
"""What a nominee is told of where they stand, where they hear of it by mail."""


def nomination_steps(nomination: Nomination, around: Around) -> Iterator[Action]:
    """Yield: it opens, people propose and are asked, and the coordinator hears of it.

    Without nominators the coordinator is told when it opens, and what came of it.
    """
    if nomination.nominators is None:
        yield from _edges(around, "nomination-opens", "nomination-closed")
        return
    asked = Nominating(record=around.record, one=around.one, activity=nomination)
    opens = "nomination-runs" if asked.short else "nomination-full"
    yield from _edges(around, opens, "nomination-stands")
    yield from _nominators(asked, around)
    for nominee in asked.nominees:
        yield from _nominee(asked, nominee, around)


def _edges(around: Around, opens: str, closed: str) -> Iterator[Action]:
    one = around.one
    told = Notify(wording=opens, people=around.coordinator, occurrence=one.id)
    yield around.action("open", one.starts, told, until=one.ends)
    told = Notify(wording=closed, people=around.coordinator, occurrence=one.id)
    due = around.record.days.sending(one.ends)
    yield around.action("close", due, told, until=due + _WEEK)


def _nominators(asked: Nominating, around: Around) -> Iterator[Action]:
    """Yield: they are asked while they are short, and the silent ones are a task."""
    one, short = around.one, asked.short
    ask = Notify(wording="nominate", people=short, occurrence=one.id)
    yield around.action("nominate", one.starts, ask, until=one.ends)
    again = Notify(wording="nominate-again", people=short, occurrence=one.id)
    for number, step in enumerate(asked.activity.remind, start=1):
        due = around.step(one.starts, step)
        if due < one.ends:
            yield around.action(f"remind-{number}", due, again, until=one.ends)
    closes = around.record.days.sending(one.ends)
    if asked.silent:
        # Also somebody who leaves later makes them short again.
        call = Call(wording="nominators-silent", occurrence=one.id)
        yield around.action("silent", closes, call, until=closes + 4 * _WEEK)
    if asked.queue:
        call = Call(wording="nominees-wait", occurrence=one.id)
        yield around.action("wait", closes, call)


def _nominee(asked: Nominating, nominee: Nominee, around: Around) -> Iterator[Action]:
    """Yield what is said to a nominee, and about them, where they stand now."""
    match nominee.place:
        case "consent":
            yield from _asking(asked, nominee, around, "nominee-consent")
        case "asked":
            yield from _asking(asked, nominee, around, "nominee")
        case "withheld" | "declined":
            yield from _left(asked, nominee, around)
        case _:
            yield from _standing(asked, nominee, around)


def _asking(
    asked: Nominating, nominee: Nominee, around: Around, wording: str
) -> Iterator[Action]:
    """Yield: whose turn it is is asked at once, reminded, and then called."""
    consents = nominee.place == "consent" and nominee.manager is not None
    person = nominee.manager if consents and nominee.manager else nominee.person
    about = nominee.person if consents else None
    step = f"{nominee.person}/{'consent' if consents else 'ask'}"
    leaves = around.record.days.sending(nominee.asked or nominee.since)
    ask = Notify(
        wording=wording, people=(person,), occurrence=around.one.id, about=about
    )
    yield around.action(step, leaves, ask)
    until = asked.answer_by(nominee)
    reminded = around.step(until, _NOTICE)
    if reminded > leaves:
        again = Notify(
            wording=f"{wording}-again",
            people=(person,),
            occurrence=around.one.id,
            about=about,
        )
        yield around.action(f"{step}-again", reminded, again)
    silent = "consent-silent" if consents else "nominee-silent"
    call = Call(wording=silent, occurrence=around.one.id, person=nominee.person)
    yield around.action(f"{step}-silent", around.record.days.sending(until), call)


def _left(asked: Nominating, nominee: Nominee, around: Around) -> Iterator[Action]:
    """Yield: who proposed them hears of a no, and may be asked for another."""
    replaced = asked.owes_another(nominee.by)
    wording = "nominee-replace" if replaced else f"nominee-{nominee.place}"
    told = Notify(
        wording=wording,
        people=(nominee.by,),
        occurrence=around.one.id,
        about=nominee.person,
    )
    due = around.record.days.sending(nominee.since)
    yield around.action(f"{nominee.person}/left", due, told, until=due + 4 * _WEEK)


def _standing(asked: Nominating, nominee: Nominee, around: Around) -> Iterator[Action]:
    """Yield: they hear where they stand; of a refusal, who proposed them does too.

    Whoever waits for the coordinator's choice has been told so on the page, and who was
    never asked hears of nothing.
    """
    place, due = nominee.place, around.record.days.sending(nominee.since)
    chosen = asked.activity.admitted == "by the coordinator"
    silent = nominee.asked is None or (place == "waiting" and chosen)
    if not silent:
        told = Notify(
            wording=_TOLD[place], people=(nominee.person,), occurrence=around.one.id
        )
        yield around.action(f"{nominee.person}/{place}", due, told)
    if place == "refused":
        told = Notify(
            wording="nominee-turned-down",
            people=(nominee.by,),
            occurrence=around.one.id,
            about=nominee.person,
        )
        yield around.action(f"{nominee.person}/turned-down", due, told)
