"""Saying yes or no to being nominated.

The page shows who nominated the visitor and for what, and nobody else who was.
"""

from dataclasses import replace

from engine.commands.nominating import respond
from engine.commands.unit import Decide
from engine.nominations import Nominating, nominating
from engine.nominees import Nominee
from engine.spec.model import text_in
from integrations.web.intake import Form
from integrations.web.pages import Mark, Page, gone, told
from integrations.web.visits import Visit

AGREES = {"yes": True, "no": False}


def show(visit: Visit) -> Page:
    """Return the question, or where the visitor stands."""
    asked, nominee = _asked(visit)
    if asked is None or nominee is None:
        return gone(visit)
    match nominee.place:
        case "asked":
            return _question(visit, asked, nominee)
        case "waiting":
            chosen = asked.activity.admitted == "by the coordinator"
            said = "considered" if chosen else "queued"
            return _said_yes(visit, asked, said, mark="waiting")
        case "admitted":
            return _said_yes(visit, asked, "admitted", mark="done")
        case "declined":
            return told(visit, "nominee-declined", mark="done")
        case _:
            return gone(visit)


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that records it, or the page that it does not fit."""
    asked, nominee = _asked(visit)
    if asked is None or nominee is None or nominee.place in _OVER:
        return replace(show(visit), status=409)
    agrees = AGREES.get(form.get("answer", ""))
    if agrees is None:
        return replace(show(visit), status=422)
    if agrees and nominee.place != "asked":
        return replace(show(visit), status=409)
    return lambda standing: respond(
        standing,
        occurrence=visit.occurrence,
        person=visit.person,
        agrees=agrees,
        now=visit.now,
    )


_OVER = ("consent", "withheld", "declined", "refused")


def _asked(visit: Visit) -> tuple[Nominating | None, Nominee | None]:
    key = (visit.occurrence, visit.person)
    asked = nominating(visit.record, visit.standing.timeline, visit.occurrence)
    return asked, visit.record.state.nominees.get(key)


def _question(visit: Visit, asked: Nominating, nominee: Nominee) -> Page:
    words = visit.words
    until = words.date(visit.local(asked.answer_by(nominee)))
    values = {
        "nominator": visit.record.people[nominee.by].name,
        "role": visit.record.role_title(asked.role, words.language),
        "programme": visit.programme,
    }
    return Page(
        template="confirm.html.j2",
        title=words.get("nominee.title", programme=visit.programme),
        values={
            "text": words.get("nominee.text", **values),
            "paragraphs": criteria(visit, asked),
            "details": [(words.get("label.until"), until)],
            "asks": "page.accept",
            "said": "",
        },
    )


def _said_yes(visit: Visit, asked: Nominating, said: str, *, mark: Mark) -> Page:
    words = visit.words
    role = visit.record.role_title(asked.role, words.language)
    values = {"role": role, "programme": visit.programme}
    return Page(
        template="confirm.html.j2",
        title=words.get(f"page.{said}.title", **values),
        values={
            "text": words.get(f"page.{said}.text", **values),
            "paragraphs": (),
            "details": (),
            "asks": "page.accept",
            "said": mark,
        },
    )


def criteria(visit: Visit, asked: Nominating) -> tuple[str, ...]:
    """Return what to look for in whoever is nominated, as paragraphs."""
    found = asked.activity.criteria
    heading = (visit.words.get("nominate.criteria"),) if found else ()
    language = visit.words.language
    return (*heading, *(f"• {text_in(one, language)}" for one in found))
