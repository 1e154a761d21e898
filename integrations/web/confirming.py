"""Saying yes or no to a proposed match.

The page shows who it would be, and nothing of why: no points, no wishes, no answers.
"""

from dataclasses import replace

from engine.commands.matching import confirm, others_first
from engine.commands.unit import Decide
from engine.company import Company
from engine.ids import MatchId
from engine.letters.company import fitting, listed
from engine.matches import Match
from integrations.web.intake import Form
from integrations.web.pages import Page, gone, told
from integrations.web.visits import Visit

_AGREES = {"yes": True, "no": False}


def show(visit: Visit) -> Page:
    """Return the question, or what became of it."""
    match = _match(visit)
    if match is None:
        return gone(visit)
    return _standing(visit, match) or _form(visit, match)


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that records it, or the page that it does not fit."""
    match = _match(visit)
    if match is None:
        return replace(gone(visit), status=409)
    if (standing := _standing(visit, match)) is not None:
        return replace(standing, status=409)
    agrees = _AGREES.get(form.get("answer", ""))
    if agrees is None:
        return replace(_form(visit, match), status=422)
    return lambda standing: confirm(
        standing, match=match.id, person=visit.person, agrees=agrees
    )


def _match(visit: Visit) -> Match | None:
    match = visit.record.state.matches.get(MatchId(visit.link.subject))
    return match if match and visit.person in match.people else None


def _standing(visit: Visit, match: Match) -> Page | None:
    """Return what to tell instead of asking.

    Who is told that it came to nothing is not told through whom.
    """
    if visit.person in match.declined:
        return told(visit, "declined", mark="done")
    if match.dissolved:
        return gone(visit)
    partner, company = _partner(visit, match), Company(match=match)
    if match.agreed is not None:
        text = fitting(visit.words, "page.agreed", visit.record, company)
        return told(visit, "agreed", mark="done", text=text, partner=partner)
    if visit.person in match.confirmed:
        text = fitting(visit.words, "page.confirmed", visit.record, company)
        return told(visit, "confirmed", mark="done", text=text)
    if others_first(visit.record, match, visit.person):
        return told(visit, "not-yet", mark="waiting")
    return None


def _form(visit: Visit, match: Match) -> Page:
    words = visit.words
    values = {"partner": _partner(visit, match), "programme": visit.programme}
    text = fitting(words, "confirm-match", visit.record, Company(match=match))
    details = [
        row
        for partner in visit.record.partners(match.id, visit.person)
        for row in (
            (words.get("label.with"), partner.name),
            (words.get("label.department"), partner.department),
        )
    ]
    return Page(
        template="confirm.html.j2",
        title=words.get("confirm-match.title"),
        values={
            "text": words.get(text, **values),
            "paragraphs": (),
            "details": details,
            "asks": "page.confirm",
            "said": "",
        },
    )


def _partner(visit: Visit, match: Match) -> str:
    partners = visit.record.partners(match.id, visit.person)
    return listed([one.name for one in partners])
