"""What is told of somebody who is proposed, read as a participants file is."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.people import Mailbox, Value
from engine.spec.activities import Nomination
from engine.spec.cells import CellError, address, cleaned, name, parsers
from engine.spec.programme import TRACK, Programme

NAME, EMAIL, MANAGER, MANAGER_EMAIL = "name", "email", "manager", "manager email"
COLUMN = "column."
"""What precedes the name of a column among the fields of a proposal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Somebody as they are proposed.

    Attributes:
        values: Of every column that the programme declares.
        manager: Their nearest manager; None where that is who proposes them.
    """

    name: str
    email: str
    values: Mapping[str, Value]
    manager: Mailbox | None = None


def quota_column(nomination: Nomination, programme: Programme) -> str | None:
    """Return the scale by which people are counted; None where anybody counts."""
    kinds = set(nomination.each.kinds) if nomination.each else set()
    found = (
        column
        for column, part in programme.columns.items()
        if part.type == "scale" and kinds <= set(part.values)
    )
    return next(found, None) if kinds else None


def columns_asked(nomination: Nomination, programme: Programme) -> tuple[str, ...]:
    """Return the columns that whoever proposes fills in, in order."""
    first = quota_column(nomination, programme)
    return tuple(dict.fromkeys([*([first] if first else []), *nomination.asks_for]))


def read_proposal(
    fields: Mapping[str, str], nomination: Nomination, programme: Programme
) -> tuple[Proposal | None, Mapping[str, CellError]]:
    """Return what fields tell, or what is wrong with them, by field.

    A column by which people are counted has to be told; the others may be empty.
    """
    faults: dict[str, CellError] = {}
    found: dict[str, str] = {}
    for field, parse in ((NAME, name), (EMAIL, address)):
        try:
            found[field] = parse(cleaned(fields.get(field, "")))
        except CellError as error:
            faults[field] = error
    values = _values(fields, nomination, programme, faults)
    manager = _manager(fields, faults)
    if faults:
        return None, faults
    proposal = Proposal(
        name=found[NAME], email=found[EMAIL], values=values, manager=manager
    )
    return proposal, {}


def _values(
    fields: Mapping[str, str],
    nomination: Nomination,
    programme: Programme,
    faults: dict[str, CellError],
) -> dict[str, Value]:
    parse_by, counted = parsers(programme), quota_column(nomination, programme)
    asked = columns_asked(nomination, programme)
    values: dict[str, Value] = {}
    for column in programme.columns:
        written = fields.get(COLUMN + column, "") if column in asked else ""
        if column == TRACK and nomination.track is not None:
            written = nomination.track
        try:
            values[column] = parse_by[column](cleaned(written))
        except CellError as error:
            faults[COLUMN + column] = error
        else:
            if column == counted and values[column] not in _kinds(nomination):
                kinds = " or ".join(_kinds(nomination))
                faults[COLUMN + column] = CellError("it is not told", f"write {kinds}")
    return values


def _kinds(nomination: Nomination) -> tuple[str, ...]:
    return nomination.each.kinds if nomination.each else ()


def _manager(fields: Mapping[str, str], faults: dict[str, CellError]) -> Mailbox | None:
    """Return the manager that is told: both name and address, or neither."""
    whose, where = fields.get(MANAGER, ""), fields.get(MANAGER_EMAIL, "")
    if not whose.strip() and not where.strip():
        return None
    try:
        told = name(cleaned(whose))
    except CellError as error:
        faults[MANAGER] = error
        return None
    try:
        return Mailbox(name=told, address=address(cleaned(where)))
    except CellError as error:
        faults[MANAGER_EMAIL] = error
        return None
