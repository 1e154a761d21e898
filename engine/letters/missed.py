"""What those who were away from a gathering are told: what was given, and what is next.

The words fit who had declined as well as who did not come.
"""

from engine.counting import next_gathering
from engine.facts import Noticed
from engine.ids import OccurrenceId
from engine.letters.details import Context
from engine.letters.entries import occurrence_title
from engine.record import Record
from engine.spec.activities import Gathering
from engine.spec.model import Texts
from engine.timeline.gatherings import edition_of

MISSED = "missed"


def given(record: Record, occurrence: OccurrenceId) -> Texts | None:
    """Return what those who were away are sent of an occurrence, if anything."""
    known = record.state.allocated[occurrence]
    gathering = record.frozen.programme.activity(known.activity)
    if not isinstance(gathering, Gathering):
        return None
    return edition_of(gathering, known.ordinal).absent_get or gathering.absent_get


def says_nothing(notice: Noticed, record: Record) -> bool:
    """Return whether somebody came after all, or there is nothing to tell them."""
    if notice.wording != MISSED or notice.occurrence is None:
        return False
    state, one = record.state, notice.occurrence
    if state.attended.get((one, notice.person), True):
        return True
    over = state.announced[one].told.ends
    ahead = next_gathering(record, notice.person, after=over)
    return given(record, one) is None and ahead is None


def next_time(context: Context) -> tuple[tuple[str, str], ...]:
    """Return the next gathering that the reader comes to."""
    record, words, one = context.record, context.words, context.one
    person = context.notice.person
    told = next_gathering(record, person, after=one.ends) if one else None
    if told is None:
        return ()
    known = record.state.allocated[told.occurrence]
    title = occurrence_title(record, known.activity, known.ordinal, words.language)
    local = record.days.zone.local
    when = words.times(local(told.starts), local(told.ends))
    return ((words.get("label.next"), f"{title}\n{when}"),)
