"""Asking the coordinator for a call: one button, no words."""

from dataclasses import replace

from engine.commands.calling import call_me, may_ask
from engine.commands.unit import Decide
from engine.coordinators import coordinator_of
from engine.needs import CALL_ME
from integrations.web.intake import Form
from integrations.web.pages import Page, gone, told
from integrations.web.visits import Visit


def show(visit: Visit) -> Page:
    """Return the button, or that somebody calls already."""
    return _standing(visit) or _form(visit)


def act(visit: Visit, _form: Form) -> Decide | Page:
    """Return the command that asks, or the page that it does not fit."""
    if (standing := _standing(visit)) is not None:
        return replace(standing, status=409)
    return lambda standing: call_me(standing, person=visit.person)


def _standing(visit: Visit) -> Page | None:
    if not may_ask(visit.record, visit.person):
        return gone(visit)
    if f"{CALL_ME}/{visit.person}" in visit.record.state.tasks:
        return told(visit, "called", mark="waiting", coordinator=_who(visit))
    return None


def _form(visit: Visit) -> Page:
    words, who = visit.words, _who(visit)
    phone = visit.record.people[visit.person].phone
    return Page(
        template="done.html.j2",
        title=words.get("page.call.title", coordinator=who),
        values={
            "text": words.get("page.call.text", coordinator=who),
            "details": [(words.get("page.call.phone"), phone)],
            "button": words.get("page.call.button"),
        },
    )


def _who(visit: Visit) -> str:
    return coordinator_of(visit.record, visit.person).name
