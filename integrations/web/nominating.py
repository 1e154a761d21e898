"""Nominating people from one's own department, and seeing what became of it.

The page shows whom the visitor has nominated, and nobody whom others have.
"""

from collections.abc import Mapping
from dataclasses import replace

from engine.commands.minting import Identify
from engine.commands.nominating import nominate
from engine.commands.unit import Decide
from engine.letters.entries import occurrence_title
from engine.letters.nominations import wanted
from engine.nominations import Hindrance, Nominating, nominating
from engine.proposals import EMAIL, MANAGER_EMAIL, NAME, read_proposal
from integrations.web.accepting import criteria
from integrations.web.intake import Form
from integrations.web.pages import Details, Page, gone, told
from integrations.web.proposal_fields import fault, fields
from integrations.web.visits import Visit

LONGEST = 200
"""How many characters a field may have."""

_WHERE: Mapping[Hindrance, str] = {
    "known": EMAIL,
    "department": EMAIL,
    "self": EMAIL,
    "manager": MANAGER_EMAIL,
}
"""The field in which a hindrance is told; else it is the first one."""


def show(visit: Visit) -> Page:
    """Return the form while it is open to the visitor, with those they nominated."""
    asked = nominating(visit.record, visit.standing.timeline, visit.occurrence)
    if asked is None or visit.person not in asked.nominators:
        return gone(visit)
    return _page(visit, asked, {}, {})


def act(visit: Visit, form: Form, *, identify: Identify) -> Decide | Page:
    """Return the command that nominates, or the form with what is wrong in it."""
    asked = nominating(visit.record, visit.standing.timeline, visit.occurrence)
    if asked is None or visit.person not in asked.nominators:
        return replace(gone(visit), status=409)
    if not asked.may_propose(visit.person, now=visit.now):
        return replace(_page(visit, asked, {}, {}), status=409)
    programme = visit.record.frozen.programme
    proposal, wrong = read_proposal(form, asked.activity, programme)
    faults = {name: fault(name, asked) for name in wrong} | {
        name: "long" for name, value in form.items() if len(value) > LONGEST
    }
    if proposal is not None and not faults:
        hindrance = asked.hindrance(visit.person, proposal, now=visit.now)
        if hindrance is not None:
            faults = {_WHERE.get(hindrance, NAME): hindrance}
    if proposal is None or faults:
        return _page(visit, asked, form, faults)
    return lambda standing: nominate(
        standing,
        occurrence=visit.occurrence,
        by=visit.person,
        proposal=proposal,
        identify=identify,
        now=visit.now,
    )


def _page(
    visit: Visit, asked: Nominating, given: Form, faults: Mapping[str, str]
) -> Page:
    if not asked.may_propose(visit.person, now=visit.now):
        return _shut(visit, asked)
    words, shown = visit.words, fields(visit, asked, given)
    ids = {one.name: one.id for one in shown}
    return Page(
        template="nominate.html.j2",
        title=words.get("nominate.title", activity=_title(visit, asked)),
        values={
            "text": _text(visit, asked),
            "paragraphs": criteria(visit, asked),
            "details": _details(visit, asked),
            "nominees": _nominees(visit, asked),
            "fields": shown if _more(visit, asked) else (),
            "longest": LONGEST,
        },
        faults={
            ids.get(name, ids[NAME]): words.get(
                f"page.nominate.fault.{wrong}", most=str(LONGEST)
            )
            for name, wrong in faults.items()
        },
        status=422 if faults else 200,
    )


def _shut(visit: Visit, asked: Nominating) -> Page:
    """Return that it is not open, with whom the visitor has nominated."""
    early = visit.now < asked.one.starts
    edge = asked.one.starts if early else asked.one.ends
    return told(
        visit,
        "nominations-early" if early else "nominations-over",
        mark="waiting" if early else "over",
        title=_title(visit, asked),
        details=_nominees(visit, asked),
        date=visit.words.date(visit.local(edge)),
    )


def _title(visit: Visit, asked: Nominating) -> str:
    slot = asked.one.slot
    return occurrence_title(
        visit.record, slot.activity, slot.ordinal, visit.words.language
    )


def _nominees(visit: Visit, asked: Nominating) -> Details:
    """Return whom the visitor has nominated, and where they stand."""
    people, words = visit.record.people, visit.words
    return [
        (people[one.person].name, words.get(f"page.nominated.{one.place}"))
        for one in asked.by(visit.person)
    ]


def _text(visit: Visit, asked: Nominating) -> str:
    role = visit.record.role_title(asked.role, visit.words.language)
    programme = visit.programme
    return visit.words.get("nominate.text", role=role, programme=programme)


def _details(visit: Visit, asked: Nominating) -> Details:
    words = visit.words
    until = words.date(visit.local(asked.one.ends))
    return [wanted(asked, visit.person, words), (words.get("label.due"), until)]


def _more(visit: Visit, asked: Nominating) -> bool:
    """Return whether the visitor may still nominate somebody."""
    unlimited = asked.activity.each is None
    again = asked.activity.more_than_once == "allowed"
    return unlimited or again or bool(asked.missing(visit.person))
