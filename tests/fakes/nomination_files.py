"""The files of a small cohort into which mentees come by being nominated.

Two heads, `ravn` of Teknik and `svale` of Havne, are asked for a woman and a man each.
It begins on 3 March 2027, and nomination opens on 9 December 2026. Nobody is a mentee
yet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from engine.commands.apply import Files
from engine.people import Participant
from tests.fakes.cohort_files import Edits, person, small_files

APPLIED = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
OPENS = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
CLOSES = dt.datetime(2027, 1, 6, 22, 59, tzinfo=dt.UTC)
HEADS = ("ravn", "svale")
OLD = """\
      - nomination: mentees
        by: heads
        open: 5 weeks before kick-off
        for how long: 1 week
"""
NOMINATION = """\
      - nomination: mentees
        title: {da: Indstilling, en: Nomination}
        by: {da: cheferne, en: heads}
        nominators: head
        each: 1 woman and 1 man
        more than once: never
        asks for: [years]
        criteria: [{da: To år her, en: Two years here}]
        answer within: 10 days
        admitted: as they accept
        replaced: from the waiting list
        places: 3
        remind: [after 2 weeks]
        open: 12 weeks before kick-off
        for how long: 4 weeks
"""
ACTING: Edits = {
    OLD: NOMINATION,
    "from: 5 weeks before kick-off": "from: 12 weeks before kick-off",
    "matches:\n": "roles: {head: {}}\nmatches:\n",
    "  capacity: {type: number}\n": "  capacity: {type: number}\n"
    "  gender: {type: scale, values: [woman, man], title: {da: Køn, en: Gender},"
    " shown as: {woman: {da: Kvinde, en: Woman}, man: {da: Mand, en: Man}}}\n"
    "  years: {type: number}\n",
}

CHOSEN: Edits = {"admitted: as they accept": "admitted: by the coordinator"}
CONSENT: Edits = {"answer within": "consent: manager\n        answer within"}
BY_NOMINATOR: Edits = {"replaced: from the waiting list": "replaced: by the nominator"}


def head(id_: str, department: str) -> Participant:
    """Return somebody who is asked to nominate."""
    return person(id_, roles=("head",), department=department)


MENTORS: Sequence[Participant] = tuple(
    replace(person(id_), values={**person(id_).values, "capacity": 2})
    for id_ in ("ugle", "falk")
)
PEOPLE: Sequence[Participant] = (
    *MENTORS,
    head("ravn", "Teknik"),
    head("svale", "Havne"),
)


def nomination_files(
    edits: Edits | None = None, people: Sequence[Participant] = PEOPLE
) -> Files:
    """Return the files of the cohort, its programme edited."""
    programme = dict(ACTING)
    for old, new in (edits or {}).items():
        if old not in NOMINATION:
            raise ValueError(f"{old!r} is not in the nomination")
        programme[OLD] = programme[OLD].replace(old, new)
    return small_files(programme, people=people)


def mentee(id_: str, department: str, gender: str) -> Participant:
    """Return somebody who is a mentee by the people file."""
    one = person(id_, roles=("mentee",), department=department)
    return replace(one, values={**one.values, "gender": gender, "years": 4})
