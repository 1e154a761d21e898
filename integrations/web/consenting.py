"""Whether a manager gives somebody the time, who has not been asked yet.

The page shows that one question and nothing else of the nomination.
"""

from dataclasses import replace

from engine.commands.nominating import consent
from engine.commands.unit import Decide
from engine.ids import OccurrenceId, PersonId
from engine.nominations import Nominating, nominating
from engine.nominees import Nominee
from integrations.web.accepting import AGREES
from integrations.web.intake import Form
from integrations.web.pages import Page, gone, told
from integrations.web.visits import Visit


def show(visit: Visit) -> Page:
    """Return the question, or what was said to it."""
    asked, nominee = _asked(visit)
    if asked is None or nominee is None:
        return gone(visit)
    if nominee.place == "consent":
        return _question(visit, asked, nominee)
    if nominee.place == "refused" and nominee.asked is None:
        return gone(visit)
    said = "withheld" if nominee.place == "withheld" else "consented"
    person = visit.record.people[nominee.person].name
    return told(visit, said, mark="done", person=person)


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that records it, or the page that it does not fit."""
    _, nominee = _asked(visit)
    if nominee is None or nominee.place != "consent":
        return replace(show(visit), status=409)
    agrees = AGREES.get(form.get("answer", ""))
    if agrees is None:
        return replace(show(visit), status=422)
    return lambda standing: consent(
        standing,
        occurrence=nominee.occurrence,
        nominee=nominee.person,
        agrees=agrees,
    )


def _asked(visit: Visit) -> tuple[Nominating | None, Nominee | None]:
    """Return the nomination and whom it is about, if it is the visitor who is asked."""
    occurrence, _, person = visit.link.subject.rpartition("/")
    one = OccurrenceId(occurrence)
    nominee = visit.record.state.nominees.get((one, PersonId(person)))
    if nominee is None or nominee.manager != visit.person:
        return None, None
    return nominating(visit.record, visit.standing.timeline, one), nominee


def _question(visit: Visit, asked: Nominating, nominee: Nominee) -> Page:
    words, people = visit.words, visit.record.people
    person = people[nominee.person].name
    values = {
        "person": person,
        "nominator": people[nominee.by].name,
        "role": visit.record.role_title(asked.role, words.language),
        "programme": visit.programme,
    }
    until = words.date(visit.local(asked.answer_by(nominee)))
    return Page(
        template="confirm.html.j2",
        title=words.get("nominee-consent.title", person=person),
        values={
            "text": words.get("nominee-consent.text", **values),
            "paragraphs": (),
            "details": [(words.get("label.until"), until)],
            "asks": "page.consent",
            "said": "",
        },
    )
