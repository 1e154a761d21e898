"""The edits that a coordinator makes, each as a number decides."""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.spec.activities import Gathering
from engine.timeline.model import Occurrence
from tests.simulation.programme import DEPARTMENTS, DINNER, Draft, person, written
from tests.simulation.relay import TYPO
from tests.simulation.world import World

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The files on a coordinator's desk, and what they look at."""

    world: World
    draft: Draft
    dice: random.Random

    def ahead(self, activity: str) -> list[Occurrence]:
        """Return what is ahead of an activity, by at least some days."""
        soon = self.world.time.now + 3 * _A_DAY
        year = self.world.standing(self.draft.id).timeline
        found = [one for one in year.of(activity) if one.starts > soon]
        return [one for one in found if one.slot.kind == Gathering.KEYWORD]

    def local(self, instant: dt.datetime) -> dt.datetime:
        """Return what a clock on the wall shows."""
        zone = self.world.standing(self.draft.id).record.days.zone
        return zone.local(instant)

    def moved(self, one: Occurrence, most: int) -> dt.datetime:
        """Return another time that is still ahead."""
        days, hour = self.dice.randint(-most, most), self.dice.randint(9, 15)
        tomorrow = self.local(self.world.time.now) + _A_DAY
        at = self.local(one.starts) + days * _A_DAY
        return max(at, tomorrow).replace(hour=hour, minute=30 * self.dice.randint(0, 1))


def _move_workshop(desk: Desk) -> None:
    for one in desk.dice.sample(found := desk.ahead("workshop"), min(1, len(found))):
        name = f"workshop {one.slot.ordinal}"
        desk.draft.dates[name] = written(desk.moved(one, 13))


def _move_back(desk: Desk) -> None:
    """Take a date out of the file again, of what is ahead."""
    ahead = {f"workshop {one.slot.ordinal}" for one in desk.ahead("workshop")}
    for name in sorted(ahead & set(desk.draft.dates))[:1]:
        del desk.draft.dates[name]


def _move_kick_off(desk: Desk) -> None:
    if desk.draft.follows:
        return
    for one in desk.ahead("kick-off"):
        desk.draft.dates["kick-off"] = written(desk.moved(one, 14))


def _move_closing(desk: Desk) -> None:
    for one in desk.ahead("closing"):
        desk.draft.dates["closing"] = written(desk.moved(one, 14))


def _change_number(desk: Desk) -> None:
    """Add workshops, or take some out."""
    desk.draft.words["every"] = desk.dice.choice(["6 weeks", "2 months", "3 months"])


def _change_dinner(desk: Desk) -> None:
    """Put a gathering into the programme, or take it out again."""
    desk.draft.words["dinner"] = "" if desk.draft.words["dinner"] else DINNER


def _change_length(desk: Desk) -> None:
    desk.draft.words["lasts"] = desk.dice.choice(["2 hours", "3 hours", "4 hours"])


def _change_audience(desk: Desk) -> None:
    desk.draft.words["for"] = desk.dice.choice(["mentees", "mentors", "everyone"])


def _change_title(desk: Desk) -> None:
    name = desk.dice.choice(["title", "workshop"])
    desk.draft.words[name] = f"{name.capitalize()} no. {desk.dice.randint(2, 9)}"


def _change_venue(desk: Desk) -> None:
    name = desk.dice.choice(sorted(desk.draft.venues))
    shown, _ = desk.draft.venues[name]
    desk.draft.venues[name] = (shown, f"Street {desk.dice.randint(1, 9)}")


def _change_place(desk: Desk) -> None:
    name = desk.dice.choice(["workshop", "workshop 2", "closing", "kick-off"])
    desk.draft.places[name] = desk.dice.choice(sorted(desk.draft.venues))


def _change_person(desk: Desk) -> None:
    """Correct an address, a name, a department or a language; or make a mistake."""
    index = desk.dice.randrange(len(desk.draft.people))
    one = desk.draft.people[index]
    number = desk.dice.randint(1, 99)
    changes: list[Mapping[str, str]] = [
        {"email": f"{one.id}.{number}@example.org"},
        {"email": f"{one.id}.{TYPO}{number}@example.org"},
        {"email": one.email.upper()},
        {"name": f"{one.id.capitalize()} Fugl-{number}"},
        {"department": desk.dice.choice(DEPARTMENTS)},
        {"language": desk.dice.choice(["da", "en"])},
    ]
    changed = replace(one, **desk.dice.choice(changes))  # type: ignore[arg-type]
    desk.draft.people[index] = changed


def _change_roles(desk: Desk) -> None:
    index = desk.dice.randrange(len(desk.draft.people))
    roles = desk.dice.choice([("mentor",), ("mentee",), ("mentor", "mentee")])
    desk.draft.people[index] = replace(desk.draft.people[index], roles=roles)


def _leave_out(desk: Desk) -> None:
    index = desk.dice.randrange(len(desk.draft.people))
    desk.draft.absent.append(desk.draft.people.pop(index))


def _put_back(desk: Desk) -> None:
    for one in desk.draft.absent[:1]:
        desk.draft.absent.remove(one)
        desk.draft.people.append(one)


def _add_person(desk: Desk) -> None:
    number = len(desk.draft.people) + len(desk.draft.absent)
    if number < 8:
        role = desk.dice.choice(["mentor", "mentee"])
        newcomer = person(f"ny{number}-{desk.draft.name}", number, role)
        desk.draft.people.append(newcomer)


def _nothing(_desk: Desk) -> None:
    """Apply the same files again."""


EDITS: Mapping[str, Callable[[Desk], None]] = {
    "move a workshop": _move_workshop,
    "move it back": _move_back,
    "move the kick-off": _move_kick_off,
    "move the closing": _move_closing,
    "change the number": _change_number,
    "add or remove a dinner": _change_dinner,
    "change the length": _change_length,
    "change the audience": _change_audience,
    "change a title": _change_title,
    "change a venue": _change_venue,
    "change a place": _change_place,
    "change a person": _change_person,
    "change roles": _change_roles,
    "leave somebody out": _leave_out,
    "put somebody back": _put_back,
    "add somebody": _add_person,
    "nothing": _nothing,
}
