"""Booking the next meeting of a match, or moving the one that is booked."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.commands.meetings import book, bookable
from engine.commands.unit import Decide
from engine.ids import MatchId
from engine.letters.company import fitting, listed
from engine.letters.entries import occurrence_title
from engine.letters.texts import inline
from engine.spec.activities import Meeting
from engine.timeline.model import Occurrence
from integrations.web.intake import Form
from integrations.web.pages import Details, Page, gone, told
from integrations.web.visits import Visit

FURTHEST = dt.timedelta(days=366)
LONGEST_PLACE = 200
FIELDS = ("date", "time", "place")

# With a colon as browsers send it, or a full stop as Danes write it.
_TIME = re.compile("([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Bookable:
    """The meeting that the visitor may give a time.

    Attributes:
        booked: Whether it has one already.
    """

    match: MatchId
    one: Occurrence
    booked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """When and where a visitor wants to meet."""

    starts: dt.datetime
    place: str


def show(visit: Visit) -> Page:
    """Return the form, with any time that is booked; or that nothing is left."""
    match = _match(visit)
    if match is None:
        return gone(visit)
    found = _bookable(visit, match)
    if found is None:
        return told(visit, "booked-out", mark="over")
    return _form(visit, found, _as_booked(visit, found), {})


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that books, or the form with what is wrong in it."""
    match = _match(visit)
    found = _bookable(visit, match) if match else None
    if match is None or found is None:
        return replace(show(visit), status=409)
    given = {name: form.get(name, "") for name in FIELDS}
    wish, faults = _wish(visit, given)
    if wish is None:
        return _form(visit, found, given, faults)
    return lambda standing: book(
        standing, match=match, starts=wish.starts, place=wish.place, now=visit.now
    )


def _match(visit: Visit) -> MatchId | None:
    """Return the match whose meeting the link is about, if the visitor is in it."""
    allocated = visit.record.state.allocated.get(visit.occurrence)
    if allocated is None:
        return None
    match = visit.record.state.matches.get(MatchId(allocated.series))
    if match is None or match.agreed is None or visit.person not in match.people:
        return None
    return match.id


def _bookable(visit: Visit, match: MatchId) -> Bookable | None:
    """Return what the command would book."""
    one = bookable(visit.standing, match, now=visit.now)
    if one is None:
        return None
    return Bookable(match=match, one=one, booked=one.id in visit.record.state.booked)


def _form(
    visit: Visit, found: Bookable, given: Form, faults: Mapping[str, str]
) -> Page:
    words, slot = visit.words, found.one.slot
    activity = occurrence_title(
        visit.record, slot.activity, slot.ordinal, words.language
    )
    partner = listed(
        [one.name for one in visit.record.partners(found.match, visit.person)]
    )
    title = "booked.title" if found.booked else "book-meeting.title"
    text = fitting(words, "book-meeting", visit.record, found.match)
    if found.booked:
        two = len(visit.record.partners(found.match, visit.person)) == 1
        text = "page.book.booked" if two else "page.book.many"
    return Page(
        template="book.html.j2",
        title=words.get(title, activity=activity),
        values={
            "text": words.get(text, inline=inline(activity), partner=partner),
            "details": _details(visit, found, partner),
            "booked": found.booked,
            "given": given,
            "today": visit.local(visit.now).date().isoformat(),
            "longest": LONGEST_PLACE,
        },
        faults=faults,
        status=422 if faults else 200,
    )


def _details(visit: Visit, found: Bookable, partner: str) -> Details:
    words, one = visit.words, found.one
    first, last = visit.local(one.starts), visit.local(one.ends)
    details = [(words.get("label.with"), partner)]
    if found.booked:
        where = visit.record.place(one.slot.place)
        when = (words.get("label.when"), words.times(first, last))
        return [when, (words.get("label.where"), where), *details]
    window = f"{words.date(first)} – {words.date(last)}"
    details.append((words.get("label.window"), window))
    meeting = visit.record.frozen.programme.activity(one.slot.activity)
    if isinstance(meeting, Meeting):
        lasts = words.get("page.book.minutes", count=str(meeting.lasts.most.minutes))
        details.append((words.get("page.book.lasts"), lasts))
    return details


def _as_booked(visit: Visit, found: Bookable) -> Form:
    if not found.booked:
        return dict.fromkeys(FIELDS, "")
    starts = visit.local(found.one.starts)
    return {
        "date": starts.date().isoformat(),
        "time": starts.strftime("%H:%M"),
        "place": visit.record.place(found.one.slot.place),
    }


def _wish(visit: Visit, given: Form) -> tuple[Wish | None, Mapping[str, str]]:
    """Return when and where, or what is wrong, by field."""
    zone, today = visit.record.days.zone, visit.local(visit.now).date()
    date, time = _date(given["date"]), _time(given["time"])
    faults: dict[str, str] = {}
    if date is None:
        faults["date"] = "date"
    elif date < today:
        faults["date"] = "past"
    elif date - today > FURTHEST:
        faults["date"] = "far"
    if time is None:
        faults["time"] = "time"
    if len(given["place"]) > LONGEST_PLACE:
        faults["place"] = "place"
    if date is not None and time is not None and not faults:
        starts = zone.at(date, time)
        if starts > visit.now:
            return Wish(starts=starts, place=" ".join(given["place"].split())), {}
        faults["time"] = "past"
    most = str(LONGEST_PLACE)
    return None, {
        field: visit.words.get(f"page.book.fault.{fault}", most=most)
        for field, fault in faults.items()
    }


def _date(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        return None


def _time(given: str) -> dt.time | None:
    found = _TIME.fullmatch(given)
    try:
        return dt.time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
