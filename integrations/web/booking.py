"""Booking the next meeting of those who meet, or moving the one that is booked."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.commands.booking import beyond, book, bookable, coming, taken
from engine.commands.unit import Decide
from engine.company import Company, company_of
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

    company: Company
    one: Occurrence
    booked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """When and where a visitor wants to meet."""

    starts: dt.datetime
    place: str


def show(visit: Visit) -> Page:
    """Return the form, with any time that is booked; or that nothing is left."""
    company = _company(visit)
    if company is None:
        return gone(visit)
    found = _bookable(visit, company)
    if found is None:
        return told(visit, "booked-out", mark="over")
    return _form(visit, found, _as_booked(visit, found), {})


def act(visit: Visit, form: Form) -> Decide | Page:
    """Return the command that books, or the form with what is wrong in it."""
    company = _company(visit)
    found = _bookable(visit, company) if company else None
    if company is None or found is None:
        return replace(show(visit), status=409)
    given = {name: form.get(name, "") for name in FIELDS}
    wish, faults = _wish(visit, given)
    if wish is not None:
        faults = _told(visit, _unfit(visit, found, wish))
    if wish is None or faults:
        return _form(visit, found, given, faults)
    series, starts, place = company.series, wish.starts, wish.place
    return lambda standing: book(
        standing, series=series, starts=starts, place=place, now=visit.now
    )


def _company(visit: Visit) -> Company | None:
    """Return whose meeting the link is about, if the visitor is one of them."""
    state = visit.record.state
    allocated = state.allocated.get(visit.occurrence)
    company = company_of(state, allocated.series) if allocated else None
    if company is None or company.match.agreed is None:
        return None
    return company if visit.person in company.people else None


def _bookable(visit: Visit, company: Company) -> Bookable | None:
    """Return what the command would book."""
    one = bookable(visit.standing, company.series, now=visit.now)
    if one is None:
        return None
    booked = one.id in visit.record.state.booked
    return Bookable(company=company, one=one, booked=booked)


def _form(
    visit: Visit, found: Bookable, given: Form, faults: Mapping[str, str]
) -> Page:
    words, slot = visit.words, found.one.slot
    activity = occurrence_title(
        visit.record, slot.activity, slot.ordinal, words.language
    )
    others = found.company.without(visit.person)
    partner = listed([visit.record.people[one].name for one in others])
    title = "booked.title" if found.booked else "book-meeting.title"
    text = fitting(words, "book-meeting", visit.record, found.company)
    if found.booked:
        text = "page.book.booked" if len(others) == 1 else "page.book.many"
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
    return None, _told(visit, faults)


def _unfit(visit: Visit, found: Bookable, wish: Wish) -> Mapping[str, str]:
    """Return why nobody can meet then, by field; not what else it is that they do."""
    if beyond(visit.standing, found.one, wish.starts) is not None:
        return {"date": "late"}
    busy = taken(visit.standing, found.one, wish.starts) is not None
    away = not coming(visit.record, found.one, at=wish.starts)
    return {"time": "taken"} if busy or away else {}


def _told(visit: Visit, faults: Mapping[str, str]) -> Mapping[str, str]:
    """Return the words of each fault, by field."""
    most = str(LONGEST_PLACE)
    return {
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
