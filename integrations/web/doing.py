"""Saying that something is done: an assignment, a module, a task, an agreement."""

from dataclasses import replace

from engine.commands.unit import Decide
from engine.commands.work import asked, complete
from engine.letters.entries import occurrence_title
from engine.timeline.model import Occurrence
from integrations.web.intake import Form
from integrations.web.pages import Page, gone, told
from integrations.web.visits import Visit


def show(visit: Visit) -> Page:
    """Return the one button, or that it is done already."""
    one = _one(visit)
    if one is None:
        return gone(visit)
    return _done(visit, one) or _form(visit, one)


def act(visit: Visit, _form: Form) -> Decide | Page:
    """Return the command that records it, or the page that it does not fit."""
    one = _one(visit)
    if one is None:
        return replace(gone(visit), status=409)
    if (done := _done(visit, one)) is not None:
        return replace(done, status=409)
    return lambda standing: complete(
        standing, occurrence=one.id, person=visit.person, now=visit.now
    )


def _one(visit: Visit) -> Occurrence | None:
    """Return what is asked, if the visitor is asked it."""
    one = asked(visit.standing, visit.occurrence)
    asks_them = one is not None and visit.person in one.slot.audience
    return one if asks_them else None


def _done(visit: Visit, one: Occurrence) -> Page | None:
    if visit.person not in visit.record.state.completed.get(one.id, ()):
        return None
    return told(visit, "done", mark="done", title=_title(visit, one))


def _form(visit: Visit, one: Occurrence) -> Page:
    words = visit.words
    due = words.date(visit.local(one.ends))
    return Page(
        template="done.html.j2",
        title=_title(visit, one),
        values={
            "text": words.get("page.doing.text"),
            "details": [(words.get("label.due"), due)],
            "button": words.get(f"{one.slot.kind}.button"),
        },
    )


def _title(visit: Visit, one: Occurrence) -> str:
    slot = one.slot
    return occurrence_title(
        visit.record, slot.activity, slot.ordinal, visit.words.language
    )
