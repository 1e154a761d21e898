"""Who is meant by a phrase such as `mentees without a booked meeting`.

First the people, then any number of conditions, all of which must hold.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from engine.commands.conditions import CONDITIONS, Asked
from engine.commands.decision import RefusedError
from engine.commands.standing import Standing
from engine.ids import PersonId
from engine.record import EVERYONE, Record
from engine.spec.wording import listed, nearest, quoted

_HEAD = re.compile(r"(.+?)(?:,? (?:and )?(?=(?:without|who|of) )|$)")
_NAMES = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_JOINT = re.compile(r"[ ,]*(?:and )?")
_ENDS = r"(?=[ ,]|$)"
_OF = "of "


def addressed(
    standing: Standing, phrase: str, *, now: dt.datetime
) -> tuple[PersonId, ...]:
    """Return who is meant, in order of their ids in the people file.

    Raises:
        RefusedError: If the phrase cannot be understood, or means nobody.
    """
    asked = Asked(standing=standing, now=now)
    said = " ".join(phrase.split())
    head = _HEAD.match(said)
    if head is None:
        raise RefusedError("it says for nobody", _sayable(asked.record))
    found = set(_named(asked.record, head[1]))
    rest = said[head.end() :]
    while rest:
        among, rest = _condition(asked, rest)
        found &= among
        rest = _JOINT.sub("", rest, count=1)
    if not found:
        raise RefusedError(
            f"{quoted(said)} means nobody just now", "nobody is written to"
        )
    return tuple(sorted(found, key=lambda one: asked.record.people[one].id))


def _named(record: Record, head: str) -> Iterator[PersonId]:
    """Yield who is named before any condition."""
    roles = _roles(record)
    ids = {one.id: one.person for one in record.participants}
    for name in filter(None, _NAMES.split(head)):
        if name.lower() in roles:
            yield from roles[name.lower()]
        elif name in ids:
            yield ids[name]
        else:
            guess = nearest(name, (*roles, *ids))
            meant = f"; did you mean {quoted(guess)}?" if guess else ""
            problem = f"nobody who takes part is called {quoted(name)}{meant}"
            raise RefusedError(problem, _sayable(record))


def _roles(record: Record) -> Mapping[str, tuple[PersonId, ...]]:
    """Return everybody who takes part, by the words for them."""
    words = {f"{role}s" for one in record.participants for role in one.roles}
    return {word: record.audience(word) for word in (EVERYONE, *sorted(words))}


def _condition(asked: Asked, rest: str) -> tuple[set[PersonId], str]:
    """Return for whom the first condition holds, and what stands after it."""
    for written, holds in CONDITIONS.items():
        pattern = re.sub("[A-Z]+$", r"([^\\s,]+)", written) + _ENDS
        if found := re.match(pattern, rest, re.IGNORECASE):
            name = found[1] if found.groups() else ""
            return set(holds(asked, name)), rest[found.end() :]
    if rest.startswith(_OF):
        return _department(asked.record, rest.removeprefix(_OF))
    problem = f"{quoted(rest)} says nothing about people"
    raise RefusedError(problem, _sayable(asked.record))


def _department(record: Record, rest: str) -> tuple[set[PersonId], str]:
    """Return who is of a department; of two that begin alike the longer is meant."""
    known = {one.department for one in record.participants if one.department}
    for name in sorted(known, key=len, reverse=True):
        if re.match(re.escape(name) + _ENDS, rest, re.IGNORECASE):
            theirs = (one for one in record.participants if one.department == name)
            return {one.person for one in theirs}, rest[len(name) :]
    remedy = f"known: {'; '.join(sorted(known)) or 'none'}"
    raise RefusedError(f"there is no department {quoted(rest)}", remedy)


def _sayable(record: Record) -> str:
    """Return all that can be said."""
    people = listed([*map(quoted, _roles(record)), "ids with commas"])
    conditions = listed([*map(quoted, (*CONDITIONS, f"{_OF}DEPARTMENT"))])
    return f"write {people}, and after it, where it is meant, {conditions}"
