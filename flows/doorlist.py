"""The names for the door of a gathering, as a page to print and to sign."""

from itertools import groupby

from engine.catering import Catering
from engine.ids import OccurrenceId
from engine.letters.entries import occurrence_title
from engine.letters.outgoing import words_for
from engine.record import Record
from flows.templating import page


def doorlist(record: Record, occurrence: OccurrenceId, found: Catering) -> str:
    """Return the page in the coordinator's language; it needs nothing beside it.

    Names and departments alone: what somebody eats is nobody's business at the door.
    """
    words = words_for(record, record.coordinator.person)
    told = record.state.announced[occurrence].told
    known = record.state.allocated[occurrence]
    local = record.days.zone.local
    departments = groupby(found.coming, key=lambda one: one.department)
    return page(
        "doorlist.html.j2",
        words=words,
        programme=record.title(words.language),
        title=occurrence_title(record, known.activity, known.ordinal, words.language),
        when=words.times(local(told.starts), local(told.ends)),
        place=record.place(told.place),
        departments=[(name, [one.name for one in who]) for name, who in departments],
        count=str(len(found.coming)),
    )
