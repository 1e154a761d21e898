"""Telling whether a meeting was held."""

from dataclasses import replace

from engine.commands.meetings import met
from engine.commands.unit import Decide
from engine.company import Company, company_of
from engine.facts import Allocated, Announced
from engine.letters.company import listed
from engine.letters.entries import occurrence_title
from engine.letters.texts import inline
from integrations.web.intake import Form
from integrations.web.pages import Details, Page, gone, told
from integrations.web.visits import Visit

_HELD = {"yes": True, "no": False}


def show(visit: Visit) -> Page:
    """Return the question, or that the meeting is still ahead."""
    booked = _booked(visit)
    if booked is None:
        return gone(visit)
    return _standing(visit, booked) or _form(visit, booked)


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that records it, or the page that it does not fit."""
    booked = _booked(visit)
    if booked is None:
        return replace(gone(visit), status=409)
    if (standing := _standing(visit, booked)) is not None:
        return replace(standing, status=409)
    held = _HELD.get(form.get("answer", ""))
    if held is None:
        return replace(_form(visit, booked), status=422)
    one, now = visit.occurrence, visit.now
    return lambda standing: met(standing, occurrence=one, held=held, now=now)


def _booked(visit: Visit) -> Announced | None:
    """Return the meeting, if it is one of the visitor's own."""
    state = visit.record.state
    announcement = state.announced.get(visit.occurrence)
    if announcement is None or announcement.told.cancelled:
        return None
    company = _company(visit)
    return announcement.told if company and visit.person in company.people else None


def _company(visit: Visit) -> Company | None:
    return company_of(visit.record.state, _allocated(visit).series)


def _allocated(visit: Visit) -> Allocated:
    return visit.record.state.allocated[visit.occurrence]


def _standing(visit: Visit, booked: Announced) -> Page | None:
    if visit.now >= booked.starts:
        return None
    title = _title(visit)
    return told(
        visit, "ahead", mark="waiting", title=title, details=_details(visit, booked)
    )


def _form(visit: Visit, booked: Announced) -> Page:
    words, title = visit.words, _title(visit)
    held = visit.record.state.held.get(visit.occurrence)
    return Page(
        template="met.html.j2",
        title=words.get("did-you-meet.title", activity=title),
        values={
            "text": words.get(
                "page.met.text", inline=inline(title), partner=_partner(visit)
            ),
            "details": _details(visit, booked),
            "given": "" if held is None else "yes" if held[0] else "no",
        },
    )


def _title(visit: Visit) -> str:
    allocated = _allocated(visit)
    return occurrence_title(
        visit.record, allocated.activity, allocated.ordinal, visit.words.language
    )


def _partner(visit: Visit) -> str:
    company = _company(visit)
    others = company.without(visit.person) if company else ()
    return listed([visit.record.people[one].name for one in others])


def _details(visit: Visit, booked: Announced) -> Details:
    words = visit.words
    starts, ends = visit.local(booked.starts), visit.local(booked.ends)
    return [
        (words.get("label.when"), words.times(starts, ends)),
        (words.get("label.with"), _partner(visit)),
    ]
