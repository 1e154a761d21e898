"""What one file says otherwise than another, key by key, as it would be written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.people import Participant, Value
from engine.spec.members import Member, activities_of, phases_of
from engine.spec.positions import Document, Plain
from engine.spec.wording import listed, written

Kind = Literal["new", "gone", "moved", "changed"]

_PHASES = "phases"
_ACTIVITIES = "activities"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that the second of two files has otherwise than the first.

    Attributes:
        of: What it is said of: `phase intro`, `gathering workshop`, the id of a person;
            empty for the file itself.
        key: What was changed of it, such as `remind` or `venues: hall: name`.
        old, new: As they would be written; nothing where one says nothing. Of what has
            moved the phases, of whoever is new or gone the roles.
    """

    kind: Kind
    of: str = ""
    key: str = ""
    old: str | None = None
    new: str | None = None


def differences(old: Document, new: Document) -> tuple[Difference, ...]:
    """Return what differs between two files, those that they extend included.

    Phases are matched by name, activities by kind and name wherever they stand.
    """
    return (
        *_changed("", _without(old.plain, _PHASES), _without(new.plain, _PHASES)),
        *_of_phases(_by_label(phases_of(old)), _by_label(phases_of(new))),
        *_of_activities(_placed(old), _placed(new)),
        *_of_order(old, new),
    )


def people_differences(
    old: Sequence[Participant], new: Sequence[Participant]
) -> tuple[Difference, ...]:
    """Return who joins, who leaves, and of whom something else is told.

    People are known by their id, or else by their address.
    """
    ids = {one.id for one in old}
    at = {one.email.lower(): one.id for one in old}
    free = ids - {one.id for one in new}
    here = {_known(one, ids, at, free): one for one in new}
    before = {one.id: one for one in old}
    return (
        *(
            Difference(kind="new", of=one.id, new=listed(one.roles, last="and"))
            for id_, one in here.items()
            if id_ not in before
        ),
        *(
            Difference(kind="gone", of=id_, old=listed(one.roles, last="and"))
            for id_, one in before.items()
            if id_ not in here
        ),
        *(
            change
            for id_, one in here.items()
            if id_ in before
            for change in _changed(one.id, _row(before[id_]), _row(one))
        ),
    )


def _known(
    one: Participant, ids: set[str], at: Mapping[str, str], free: set[str]
) -> str:
    """Return under which id somebody was known before, or their own."""
    by_address = at.get(one.email.lower(), "")
    return by_address if one.id not in ids and by_address in free else one.id


def _row(one: Participant) -> dict[str, Plain]:
    """Return what a line of the participants file tells."""
    told: dict[str, Value] = {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "phone": one.phone,
        "language": one.language,
        "roles": one.roles,
        "department": one.department,
        "manager": one.manager,
        **one.values,
    }
    return {
        key: [*value] if isinstance(value, tuple) else value
        for key, value in told.items()
        if value not in ("", (), None)
    }


def _of_phases(
    old: Mapping[str, Member], new: Mapping[str, Member]
) -> Iterator[Difference]:
    for label, one in new.items():
        if label not in old:
            yield Difference(kind="new", of=label)
        else:
            was, now = (_without(each.plain, _ACTIVITIES) for each in (old[label], one))
            yield from _changed(label, was, now)
    for label in old:
        if label not in new:
            yield Difference(kind="gone", of=label)


Placed = Mapping[str, tuple[str, Member]]
"""Activities by kind and name, each with the name of its phase."""


def _of_activities(old: Placed, new: Placed) -> Iterator[Difference]:
    for label, (phase, one) in new.items():
        if label not in old:
            yield Difference(kind="new", of=label, new=phase)
            continue
        before, was = old[label]
        if before != phase:
            yield Difference(kind="moved", of=label, old=before, new=phase)
        yield from _changed(label, was.plain, one.plain)
    for label, (phase, _) in old.items():
        if label not in new:
            yield Difference(kind="gone", of=label, old=phase)


def _of_order(old: Document, new: Document) -> Iterator[Difference]:
    """Yield which lists name in another order what is in both."""
    yield from _reordered(
        "", _PHASES, [*_by_label(phases_of(old))], [*_by_label(phases_of(new))]
    )
    was, now = _in_phases(_placed(old)), _in_phases(_placed(new))
    for phase, labels in now.items():
        yield from _reordered(f"phase {phase}", _ACTIVITIES, was.get(phase, []), labels)


def _reordered(
    of: str, key: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[Difference]:
    was = [label for label in old if label in new]
    now = [label for label in new if label in old]
    if was != now:
        old_order, new_order = written(was), written(now)
        yield Difference(kind="changed", of=of, key=key, old=old_order, new=new_order)


def _in_phases(placed: Placed) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, (phase, _) in placed.items():
        found.setdefault(phase, []).append(label)
    return found


def _placed(document: Document) -> Placed:
    return {
        one.label: (phase.name, one)
        for phase in phases_of(document)
        for one in activities_of(document, phase)
    }


def _by_label(found: Iterator[Member]) -> Mapping[str, Member]:
    return {one.label: one for one in found}


def _without(plain: Mapping[str, Plain], key: str) -> dict[str, Plain]:
    return {name: value for name, value in plain.items() if name != key}


def _changed(
    of: str, old: Mapping[str, Plain], new: Mapping[str, Plain], within: str = ""
) -> Iterator[Difference]:
    """Yield what differs between two mappings, in the order of the second."""
    for key in dict.fromkeys((*new, *old)):
        path = f"{within}{key}"
        if key not in old or key not in new:
            was, now = (written(one[key]) if key in one else None for one in (old, new))
            yield Difference(kind="changed", of=of, key=path, old=was, new=now)
        else:
            yield from _differing(of, path, old[key], new[key])


def _differing(of: str, path: str, old: Plain, new: Plain) -> Iterator[Difference]:
    """Yield where two values differ: as deep inside as both are made alike."""
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _changed(of, old, new, within=f"{path}: ")
    elif len(was := _items(old)) == len(now := _items(new)) > 0:
        for number, pair in enumerate(zip(was, now, strict=True), start=1):
            yield from _differing(of, f"{path} {number}", *pair)
    else:
        yield Difference(
            kind="changed", of=of, key=path, old=written(old), new=written(new)
        )


def _items(value: Plain) -> Sequence[Plain]:
    """Return what a list of mappings holds, to be told apart; else nothing."""
    alike = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return value if alike and isinstance(value, list) else ()
