"""Accepting or declining a gathering or a meeting."""

from dataclasses import replace
from typing import Literal, get_args

from engine.commands.meetings import reply
from engine.commands.unit import Decide
from engine.dated import Announcement
from engine.facts import Announced
from engine.letters.entries import entry, partner_names
from engine.letters.texts import inline
from integrations.web.intake import Form
from integrations.web.pages import Details, Page, gone, told
from integrations.web.visits import Visit

Answer = Literal["accepted", "tentative", "declined"]
_ANSWERS: tuple[Answer, ...] = get_args(Answer)


def show(visit: Visit) -> Page:
    """Return the invitation with its answers, or that it is past answering."""
    known = _invitation(visit)
    if known is None:
        return gone(visit)
    return _standing(visit, known) or _form(visit, known)


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that records an answer, or the page that it does not fit."""
    known = _invitation(visit)
    if known is None:
        return replace(gone(visit), status=409)
    if (standing := _standing(visit, known)) is not None:
        return replace(standing, status=409)
    said = next((one for one in _ANSWERS if one == form.get("answer")), None)
    if said is None:
        return replace(_form(visit, known), status=422)
    return lambda standing: reply(
        standing, occurrence=visit.occurrence, person=visit.person, answer=said
    )


def _invitation(visit: Visit) -> Announcement | None:
    known = visit.record.state.announced.get(visit.occurrence)
    if known is None or visit.person not in known.told.audience:
        return None
    return known


def _standing(visit: Visit, known: Announcement) -> Page | None:
    name = "cancelled" if known.told.cancelled else "past"
    if not known.told.cancelled and visit.now < known.told.starts:
        return None
    shown = entry(visit.record, known.told, visit.person, stamp=known.at)
    details = _details(visit, known)
    return told(visit, name, mark="over", activity=shown.title, details=details)


def _form(visit: Visit, known: Announcement) -> Page:
    shown = entry(visit.record, known.told, visit.person, stamp=known.at)
    return Page(
        template="reply.html.j2",
        title=shown.title,
        values={
            "text": _text(visit, known.told, shown.title),
            "details": _details(visit, known),
            "answers": _ANSWERS,
            "given": _given(visit, known.told),
            "moved": _moved(visit, known.told),
        },
    )


def _text(visit: Visit, told_: Announced, title: str) -> str:
    partner = partner_names(visit.record, told_, visit.person)
    name = "booked" if partner else "hold" if told_.stage == "held" else "invite"
    return visit.words.get(f"{name}.text", inline=inline(title), partner=partner)


def _details(visit: Visit, known: Announcement) -> Details:
    words = visit.words
    shown = entry(visit.record, known.told, visit.person, stamp=known.at)
    return [
        (words.get("label.when"), words.times(shown.starts, shown.ends)),
        (words.get("label.where"), shown.location),
        (words.get("label.online"), shown.meeting_link),
        (
            words.get("label.with"),
            partner_names(visit.record, known.told, visit.person),
        ),
    ]


def _given(visit: Visit, told_: Announced) -> str:
    """Return the answer that holds; none after a change that was not answered."""
    said = visit.record.state.replies.get((told_.occurrence, visit.person))
    return said.answer if said and said.sequence == told_.sequence else ""


def _moved(visit: Visit, told_: Announced) -> bool:
    said = visit.record.state.replies.get((told_.occurrence, visit.person))
    return said is not None and said.sequence != told_.sequence
