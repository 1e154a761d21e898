"""A cohort as its files would have it, before anything is recorded."""

import datetime as dt
from dataclasses import replace

from engine.commands.apply import Files
from engine.commands.standing import Standing, stand
from engine.coordinators import answering
from engine.facts import Enrolled, Fact
from engine.ids import PersonId
from engine.installation import Installation
from engine.record import Record
from engine.state import State, fold

_NOBODYS = Installation(key=b"", base_url="", domain="")
_BEFORE = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


def sketch(files: Files) -> Standing:
    """Return where a cohort would stand if its people were enrolled, and no more.

    Raises:
        TimelineError: If the time of an activity cannot be told.
    """
    everyone = (*files.people, *answering(files.frozen.cohort))
    people = [
        replace(one, person=PersonId(f"p{number}"))
        for number, one in enumerate(everyone, start=1)
    ]
    enrolled = (
        Fact(
            cohort=files.id,
            number=number,
            at=_BEFORE,
            actor="",
            event=Enrolled(person=one.person, roles=one.roles),
        )
        for number, one in enumerate(people, start=1)
    )
    return stand(
        Record(
            id=files.id,
            installation=_NOBODYS,
            frozen=files.frozen,
            people={one.person: one for one in people},
            state=fold(State(), enrolled),
        )
    )
