"""The files of a small cohort, edited at will, and of the shipped one.

The small one begins on 3 March 2027. Each mentee wishes for one of the two mentors,
and gets that one: `alk` gets `ugle`, who has room for two, and `mejse` gets `falk`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from engine.commands.apply import Files
from engine.frozen import freeze
from engine.ids import CohortId, PersonId
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.spec.rows import participants
from integrations.people import read_rows
from integrations.spec_files import built_in_texts, cohort_files

SHIPPED = Path(__file__).parents[2] / "specs/aarhus-leadership/cohorts/2027.yaml"
SMALL = CohortId("relay/2027")
APPLIED = dt.datetime(2027, 1, 25, 9, tzinfo=dt.UTC)
KICK_OFF = dt.datetime(2027, 3, 3, 12, tzinfo=dt.UTC)
FIRST_WORKSHOP = dt.datetime(2027, 5, 5, 11, tzinfo=dt.UTC)
CLOSING = dt.datetime(2027, 12, 1, 12, tzinfo=dt.UTC)
MENTORS = ("ugle", "falk")
MENTEES = ("alk", "mejse")

PROGRAMME = """\
stafet: 1
programme: relay
title: {da: Stafet, en: Relay}
timezone: Europe/Copenhagen
languages: [da, en]
calendar:
  holidays: DK
  breaks: [week 7, weeks 28-31, week 42, 24 December - 1 January]
people:
  wishes: {type: people, up to: 3}
  capacity: {type: number}
matches:
  pair:
    shape: pairs
    roles: [mentor, mentee]
    require:
      - mentor and mentee: different departments
    prefer:
      - mentee's wishes in order: 3
    confirm: mentor first, then mentee
phases:
  - phase: intro
    from: 5 weeks before kick-off
    until: kick-off
    activities:
      - nomination: mentees
        by: heads
        open: 5 weeks before kick-off
        for how long: 1 week
      - matching: pair
        when: 4 weeks before kick-off
      - message: read-up
        when: 1 week before kick-off
        for: mentees
        subject: {en: Read up}
        text: {en: "Read, {name}."}
  - phase: kick-off
    activities:
      - gathering: kick-off
        when: the cohort's kick-off
        lasts: 3 hours
        for: [mentors, mentees]
        hold the date: at once
        invite: 4 weeks before
  - phase: meetings
    from: kick-off
    until: closing
    activities:
      - meeting: conversation
        with: pair
        first: within 14 days of kick-off
        then every: 4 to 6 weeks
        until: closing
        lasts: 90 minutes
        booked by: mentee
        remind: [after 5 days]
        rests in: breaks
      - evaluation: good-start
        when: 3 days after the 1st held conversation
        open for: 14 days
        questions:
          fit: {ask: {en: Does it fit?}, scale: 1-5}
  - phase: workshops
    from: kick-off
    until: closing
    activities:
      - gathering: workshop
        title: {en: Workshop}
        about every: 2 months
        on: Wednesday
        until: a month before closing
        starts: 13:00
        lasts: 3 hours
        hold the date: at once
        invite: 4 weeks before
        editions:
          - {theme: {en: Winds}}
          - {theme: {en: Careers}, for: mentees}
          - {theme: {en: Balance}}
      - evaluation: after-workshop
        when: 2 hours after each workshop
        open for: 10 days
        remind: [after 3 days, after 7 days]
        questions:
          useful: {ask: {en: Useful?}, scale: 1-5}
  - phase: closing
    from: 10 weeks before closing
    until: closing
    activities:
      - handover: to the next cohort
        ask: 10 weeks before closing
        open for: 3 weeks
        question: {en: What should the next cohort have?}
      - gathering: closing
        when: 9 months after kick-off
        on: Wednesday
        starts: 13:00
        lasts: 4 hours
        hold the date: at once
        invite: 4 weeks before
        together with: kick-off of the next cohort
      - evaluation: final
        when: 2 hours after closing
        open for: 14 days
        anonymous: at least 3 answers
        questions:
          goals: {ask: {en: Clear goals?}, scale: 1-5}
          change: {ask: {en: What to change?}, words: free}
"""
COHORT = """\
stafet: 1
cohort: 2027
programme: relay
coordinator: {name: Camilla Koordinator, email: camilla@example.org}
mailbox: {name: Relay, email: relay@example.org}
dates:
  kick-off: 2027-03-03 13:00
venues:
  hall: {name: Town hall}
  library: {name: Library}
places:
  kick-off: hall
"""

Edits = Mapping[str, str]


def person(id_: str, **changes: object) -> Participant:
    """Return somebody as the people file tells of them."""
    mentor = id_ not in MENTEES
    wishes = {"alk": ("ugle",), "mejse": ("falk", "ugle")}.get(id_, ())
    told = Participant(
        person=PersonId(""),
        id=id_,
        name=f"{id_.capitalize()} Fugl",
        email=f"{id_}@example.org",
        phone=f"+45 {len(id_)}",
        language="en",
        roles=("mentor",) if mentor else ("mentee",),
        department="Kultur" if mentor else "Teknik",
        values={"wishes": wishes, "capacity": 2 if id_ == "ugle" else 1},
    )
    return replace(told, **changes)  # type: ignore[arg-type]


PEOPLE: tuple[Participant, ...] = tuple(person(id_) for id_ in (*MENTORS, *MENTEES))


def edited(text: str, edits: Edits) -> str:
    """Return the text with each old piece, which it must have, made the new one."""
    for old, new in edits.items():
        if old not in text:
            raise ValueError(f"{old!r} is not in the text")
        text = text.replace(old, new)
    return text


@cache
def _read(programme: str, cohort: str) -> tuple[Programme, Cohort]:
    return (
        read(programme, source="programme.yaml", model=Programme).checked(),
        read(cohort, source="cohort.yaml", model=Cohort).checked(),
    )


def small_files(
    programme: Edits | None = None,
    cohort: Edits | None = None,
    people: Sequence[Participant] = PEOPLE,
) -> Files:
    """Return the files of the small cohort, edited."""
    read_programme, read_cohort = _read(
        edited(PROGRAMME, programme or {}), edited(COHORT, cohort or {})
    )
    return Files(
        id=CohortId(f"{read_cohort.programme}/{read_cohort.cohort}"),
        frozen=freeze(read_programme, read_cohort, built_in_texts()),
        people=people,
    )


@cache
def shipped_files() -> Files:
    """Return the files of the cohort that is shipped as the example."""
    files = cohort_files(SHIPPED)
    programme = files.programme.checked()
    rows = read_rows(files.people or b"", source=files.people_source)
    return Files(
        id=files.id,
        frozen=freeze(programme, files.cohort.checked(), built_in_texts()),
        people=participants(rows, programme=programme),
    )
