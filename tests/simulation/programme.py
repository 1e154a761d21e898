"""The small programme of a simulated year, and how its coordinator's files begin."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.checks import check_cohort, check_programme
from engine.commands.apply import Files
from engine.frozen import Frozen, freeze
from engine.ids import CohortId, PersonId
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.faults import SpecError
from engine.spec.programme import Programme
from engine.spec.reading import read
from integrations.spec_files import built_in_texts

PROGRAMME = """\
stafet: 1
programme: relay
title: {da: Stafet, en: "@title@"}
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
        by: {da: lederne, en: heads}
        open: 5 weeks before kick-off
        for how long: 1 week
      - matching: pair
        when: 4 weeks before kick-off
      - message: read-up
        when: 1 week before kick-off
        for: mentees
        subject: {da: Læs op, en: Read up}
        text: {da: "Læs, {name}.", en: "Read, {name}."}
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
          fit: {ask: {da: Passer det?, en: Does it fit?}, scale: 1-5}
  - phase: workshops
    from: kick-off
    until: closing
    activities:
      - gathering: workshop
        title: {da: "@workshop@", en: "@workshop@"}
        about every: @every@
        on: Wednesday
        until: a month before closing
        starts: 13:00
        lasts: @lasts@
        hold the date: at once
        invite: 4 weeks before
        editions:
          - {theme: {da: Vinde, en: Winds}}
          - {theme: {da: Karriere, en: Careers}, for: @for@}
          - {theme: {da: Balance, en: Balance}}
      - evaluation: after-workshop
        when: 2 hours after each workshop
        open for: 10 days
        remind: [after 3 days, after 7 days]
        questions:
          useful: {ask: {da: Nyttigt?, en: Useful?}, scale: 1-5}
@dinner@
  - phase: closing
    from: 10 weeks before closing
    until: closing
    activities:
      - handover: to the next cohort
        ask: 10 weeks before closing
        open for: 3 weeks
        question: {da: Hvad skal de næste have?, en: What should the next cohort have?}
      - gathering: closing
        when: 8 months after kick-off
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
          goals: {ask: {da: Klare mål?, en: Clear goals?}, scale: 1-5}
          change: {ask: {da: Hvad skal ændres?, en: What to change?}, words: free}
"""
DINNER = """\
      - gathering: dinner
        when: 20 weeks after kick-off
        on: Thursday
        starts: 18:00
        lasts: 3 hours
        hold the date: at once
        invite: 4 weeks before"""
WORDS: Mapping[str, str] = {
    "title": "Relay",
    "workshop": "Workshop",
    "every": "2 months",
    "lasts": "3 hours",
    "for": "mentees",
    "dinner": "",
}
COHORT = """\
stafet: 1
cohort: {name}
programme: {programme}
coordinator: {{name: Camilla Koordinator, email: {name}@office.example.org}}
mailbox: {{name: Relay, email: relay@example.org}}
{follows}dates:
{dates}venues:
{venues}places:
{places}"""
VENUES: Mapping[str, tuple[str, str]] = {
    "hall": ("Town hall", "Square 2"),
    "library": ("Library", ""),
}
DEPARTMENTS = ("Kultur", "Teknik", "Skole", "Sundhed")


@dataclass(kw_only=True)
class Draft:
    """One cohort as its coordinator has it on disk, edited in place.

    Attributes:
        programme: Its name, and its text with places for `words`.
        dates: What the cohort file gives, as `2027-03-03 13:00`.
        people: The rows of the people file.
        absent: Rows that somebody deleted, and that may come back.
    """

    name: str
    dates: dict[str, str]
    people: list[Participant]
    follows: str = ""
    programme: tuple[str, str] = ("relay", PROGRAMME)
    absent: list[Participant] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=lambda: dict(WORDS))
    venues: dict[str, tuple[str, str]] = field(default_factory=lambda: dict(VENUES))
    places: dict[str, str] = field(default_factory=lambda: {"kick-off": "hall"})

    @property
    def id(self) -> CohortId:
        """The cohort as the files name it."""
        return CohortId(f"{self.programme[0]}/{self.name}")

    def copied(self) -> "Draft":
        """Return the same, to be edited apart from this one."""
        return replace(
            self,
            dates=dict(self.dates),
            people=list(self.people),
            absent=list(self.absent),
            words=dict(self.words),
            venues=dict(self.venues),
            places=dict(self.places),
        )

    def files(self) -> Files:
        """Return the files, read and checked as the command line does.

        Raises:
            SpecError: If an edit made them wrong; the coordinator takes it back.
        """
        text = self.programme[1]
        for name, words in self.words.items():
            text = text.replace(f"@{name}@", words)
        people = tuple(self.people)
        if (known := _READ.get((text, self._cohort(), repr(people)))) is None:
            known = _checked(text, self._cohort(), people)
            _READ[(text, self._cohort(), repr(people))] = known
        return Files(id=self.id, frozen=known, people=people)

    def _cohort(self) -> str:
        return COHORT.format(
            name=self.name,
            programme=self.programme[0],
            follows=f"follows: {self.follows}\n" if self.follows else "",
            dates=_lines(self.dates),
            venues="".join(
                f'  {key}: {{name: "{name}", address: "{address}"}}\n'
                for key, (name, address) in self.venues.items()
            ),
            places=_lines(self.places),
        )


_READ: dict[tuple[str, str, str], Frozen] = {}
"""Checking takes long, and the same files are looked at again and again."""


def _checked(
    programme_text: str, cohort_text: str, people: Sequence[Participant]
) -> Frozen:
    programme = read(programme_text, source="programme.yaml", model=Programme)
    cohort = read(cohort_text, source="cohort.yaml", model=Cohort)
    faults = (
        *programme.faults,
        *cohort.faults,
        *check_programme(programme),
        *check_cohort(cohort, programme, people),
    )
    if faults:
        raise SpecError(faults)
    return freeze(programme.checked(), cohort.checked(), built_in_texts())


def _lines(mapping: Mapping[str, str]) -> str:
    return "".join(f"  {key}: {value}\n" for key, value in mapping.items())


def person(id_: str, number: int, *roles: str, **changes: object) -> Participant:
    """Return a row of the people file."""
    told = Participant(
        person=PersonId(""),
        id=id_,
        name=f"{id_.capitalize()} Fugl",
        email=f"{id_}@example.org",
        language="en" if number % 2 else "da",
        roles=roles,
        department=DEPARTMENTS[number % len(DEPARTMENTS)],
        values={"wishes": (), "capacity": 2},
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def crew(shift: int, *, mentors: int = 2, mentees: int = 2) -> Sequence[Participant]:
    """Return the people of a cohort; those of the next are partly the same."""
    names = ("ugle", "falk", "alk", "mejse", "spurv", "krage", "svale", "terne")
    chosen = [(shift + n) % len(names) for n in range(mentors + mentees)]
    return [
        person(names[which], which, "mentor" if n < mentors else "mentee")
        for n, which in enumerate(chosen)
    ]


def written(at: dt.datetime) -> str:
    """Return a local date and time as the cohort file has it."""
    return f"{at:%Y-%m-%d %H:%M}"
