"""Programmes, cohorts and people as hypothesis makes them up: faultless, and any.

Each is told as its files would be, in plain values. Nobody has a surrogate yet.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from hypothesis import strategies as st

from engine.commands.apply import Files
from engine.frozen import freeze
from engine.ids import CohortId, PersonId
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read

Plain = dict[str, Any]

BREAKS: Mapping[str, list[str]] = {
    "DK": ["week 7", "weeks 28-31", "week 42", "24 December - 1 January"],
    "NO": ["week 8", "weeks 28-31", "week 40", "24 December - 1 January"],
}
ZONES: Mapping[str, str] = {"DK": "Europe/Copenhagen", "NO": "Europe/Oslo"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
AUDIENCES = ("mentors", "mentees", "everyone", ["mentors", "mentees"])
TRACKS = ("north", "south")
TEXT = {"en": "Some words."}
KICK_OFF, CLOSING = "kick-off", "closing"
_MOST = 6

kick_offs = st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31))
counts = st.integers(1, 6)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A programme and a cohort of it, as their files have them."""

    programme: Plain
    cohort: Plain
    people: tuple[Participant, ...]

    @property
    def country(self) -> str:
        """Whose holidays are kept."""
        country: str = self.programme["calendar"]["holidays"]
        return country

    def files(self) -> Files:
        """Return them as they are read."""
        programme = read_as(self.programme)
        cohort = read(as_text(self.cohort), source="2027.yaml", model=Cohort).checked()
        return Files(
            id=CohortId("generated/2027"),
            frozen=freeze(programme, cohort, {}),
            people=self.people,
        )


def as_text(plain: Plain) -> str:
    """Return a file with these values; JSON is YAML too."""
    return json.dumps(plain, ensure_ascii=False)


def read_as(plain: Plain) -> Programme:
    """Return the programme that a file with these values tells."""
    source = "generated/programme.yaml"
    return read(as_text(plain), source=source, model=Programme).checked()


@st.composite
def cohorts(draw: st.DrawFn) -> Told:
    """Draw a programme that has no fault of form, a cohort of it, and its people."""
    tracks = draw(st.sampled_from(((), TRACKS)))
    programme = _programme(draw, tracks)
    dates = {KICK_OFF: f"{draw(kick_offs)} 13:00"}
    return Told(
        programme=programme,
        cohort=_cohort(dates),
        people=tuple(
            _person(draw, f"{role}{number}", role, tracks)
            for role in ("mentor", "mentee")
            for number in range(draw(st.integers(1, 3)))
        ),
    )


def _activities(draw: st.DrawFn, tracks: tuple[str, ...]) -> list[Plain]:
    drawn = draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=_MOST))
    known = [KICK_OFF, CLOSING]
    series: list[str] = []
    activities = []
    for letter, kind in zip(ascii_lowercase, drawn, strict=False):
        one = KINDS[kind](draw, f"{kind.replace(' ', '-')}-{letter}", known, series)
        on_track = draw(st.booleans())
        if tracks and on_track:
            one["track"] = draw(st.sampled_from(tracks))
        activities.append(one)
    return activities


def _programme(draw: st.DrawFn, tracks: tuple[str, ...]) -> Plain:
    country = draw(st.sampled_from(sorted(BREAKS)))
    return {
        "stafet": 1,
        "programme": "generated",
        "title": TEXT,
        "timezone": ZONES[country],
        "languages": ["en"],
        "calendar": {"holidays": country, "breaks": BREAKS[country]},
        **({"tracks": list(tracks)} if tracks else {}),
        "matches": {"pair": {"shape": "pairs"}},
        "phases": [
            {"phase": "beginning", "activities": [_kick_off(), _matching()]},
            {
                "phase": "year",
                "from": KICK_OFF,
                "until": CLOSING,
                "activities": _activities(draw, tracks),
            },
            {"phase": "end", "activities": [_closing(draw)]},
        ],
    }


def _kick_off() -> Plain:
    return {"gathering": KICK_OFF, "when": "the cohort's kick-off", "lasts": "3 hours"}


def _matching() -> Plain:
    return {"matching": "pair", "when": "4 weeks before kick-off"}


def _closing(draw: st.DrawFn) -> Plain:
    months = draw(st.integers(2, 14))
    return {
        "gathering": CLOSING,
        "when": f"{months} months after kick-off",
        "starts": "12:00",
        "lasts": "4 hours",
    }


def _moment(draw: st.DrawFn, known: list[str], *, hours: bool = False) -> str:
    """Draw a moment near what is known, or its own."""
    anchor = draw(st.sampled_from(known))
    if draw(st.booleans()):
        return anchor
    units = ("days", "weeks", "months", *(("hours", "minutes") if hours else ()))
    side = draw(st.sampled_from(("before", "after")))
    return f"{draw(st.integers(1, 20))} {draw(st.sampled_from(units))} {side} {anchor}"


def _sized(draw: st.DrawFn) -> Plain:
    """Draw how long people come together, and at what time."""
    starts = f"{draw(st.integers(7, 18)):02}:{draw(st.sampled_from((0, 15, 30))):02}"
    if draw(st.booleans()):
        on = {"on": draw(st.sampled_from(WEEKDAYS))} if draw(st.booleans()) else {}
        return {"starts": starts, "lasts": f"{draw(counts)} hours", **on}
    on = {"on": draw(st.sampled_from(WEEKDAYS[:2]))} if draw(st.booleans()) else {}
    days = draw(st.integers(2, 3))
    return {"starts": starts, "lasts": f"{days} days", "ends": "16:00", **on}


def _gathering(
    draw: st.DrawFn, name: str, known: list[str], _series: list[str]
) -> Plain:
    when = _moment(draw, known)
    known.append(name)
    whom = draw(st.sampled_from(AUDIENCES))
    return {"gathering": name, "when": when, **_sized(draw), "for": whom}


def _many(draw: st.DrawFn, name: str, _: list[str], series: list[str]) -> Plain:
    series.append(name)
    whom = draw(st.sampled_from(AUDIENCES))
    weeks, times = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    distance = {"about every": f"{weeks} weeks", "times": times}
    return {"gathering": name, **distance, **_sized(draw), "for": whom}


def _planned(draw: st.DrawFn, name: str, known: list[str], series: list[str]) -> Plain:
    weeks, times = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    begins = {"from": _moment(draw, known)} if draw(st.booleans()) else {}
    of = draw(st.sampled_from(({"with": "pair"}, {"for": "mentors"})))
    series.append(name)
    distance = {"every": f"{weeks} weeks", "times": times, **begins}
    return {"meeting": name, **of, **distance, **_sized(draw)}


def _beside(draw: st.DrawFn, name: str, _: list[str], series: list[str]) -> Plain:
    source = draw(st.sampled_from([*series, KICK_OFF]))
    each = f"each {source}" if source in series else source
    days, side = draw(counts), draw(st.sampled_from(("after", "before")))
    when = f"within {days} days {side} {each}"
    hours = {"starts": "09:00", "lasts": "1 hour"}
    return {"meeting": name, "when": when, "for": "mentors", **hours}


def _booked(draw: st.DrawFn, name: str, known: list[str], _: list[str]) -> Plain:
    anchor, weeks = draw(st.sampled_from(known)), draw(counts)
    return {
        "meeting": name,
        "with": "pair",
        "first": f"within {weeks} weeks of {anchor}",
        "then every": f"{weeks} to {weeks + draw(counts)} weeks",
        "until": CLOSING,
        "lasts": "1 hour",
        "booked by": "mentee",
        **({"rests in": "breaks"} if draw(st.booleans()) else {}),
    }


def _asked(draw: st.DrawFn, name: str, known: list[str], series: list[str]) -> Plain:
    each = draw(st.sampled_from([*(f"each {one}" for one in series), ""]))
    when = f"{draw(counts)} hours after {each}" if each else _moment(draw, known)
    questions = {"useful": {"ask": TEXT, "scale": "1-5"}}
    weeks = {"open for": f"{draw(counts)} weeks"}
    return {"evaluation": name, "when": when, **weeks, "questions": questions}


def _message(draw: st.DrawFn, name: str, known: list[str], _: list[str]) -> Plain:
    when = _moment(draw, known, hours=True)
    return {"message": name, "when": when, "subject": TEXT, "text": TEXT}


def _work(draw: st.DrawFn, name: str, known: list[str], _: list[str]) -> Plain:
    kind = draw(st.sampled_from(("assignment", "module", "task")))
    when, due = _moment(draw, known), _moment(draw, known)
    whom = draw(st.sampled_from(AUDIENCES))
    return {kind: name, "when": when, "due": due, "for": whom, "text": TEXT}


def _nomination(draw: st.DrawFn, name: str, known: list[str], _: list[str]) -> Plain:
    weeks = f"{draw(counts)} weeks"
    moment = _moment(draw, known)
    return {"nomination": name, "by": "heads", "open": moment, "for how long": weeks}


def _material(draw: st.DrawFn, name: str, known: list[str], _: list[str]) -> Plain:
    link = "https://example.org/guide"
    return {
        "material": name,
        "when": _moment(draw, known, hours=True),
        "text": TEXT,
        "link": link,
    }


KINDS = {
    "gathering": _gathering,
    "series": _many,
    "planned": _planned,
    "beside": _beside,
    "booked": _booked,
    "asked": _asked,
    "message": _message,
    "work": _work,
    "nomination": _nomination,
    "material": _material,
}


def _cohort(dates: Mapping[str, str]) -> Plain:
    mailbox = {"name": "Generated", "email": "generated@example.org"}
    return {
        "stafet": 1,
        "cohort": 2027,
        "programme": "generated",
        "coordinator": mailbox,
        "mailbox": mailbox,
        "dates": dict(dates),
    }


def _person(
    draw: st.DrawFn, id_: str, role: str, tracks: tuple[str, ...]
) -> Participant:
    track = draw(st.sampled_from((None, *tracks)))
    return Participant(
        person=PersonId(""),
        id=id_,
        name=id_.upper(),
        email=f"{id_}@example.org",
        language="en",
        roles=(role,),
        values={"track": track} if tracks else {},
    )
