"""Which matches somebody has made by hand, read from the rows of a table."""

import re
from collections.abc import Iterator, Sequence

from engine.commands.decision import RefusedError
from engine.matching import Problem
from engine.matching.result import Members
from engine.problems import problem
from engine.record import Record
from engine.spec.rows import Row
from engine.spec.wording import listed, nearest

_BETWEEN = re.compile(r"[|,;]")


def read_matches(record: Record, kind: str, rows: Sequence[Row]) -> tuple[Members, ...]:
    """Return the matches of a file with a column for each role, ids in its cells.

    Several ids of a role stand in one cell, separated by `|`, `,` or `;`. A nearest
    manager need not be written down.

    Raises:
        RefusedError: With every column that is missing, or else with every line that
            cannot be read and every cell that names nobody.
    """
    asked = problem(record, kind)
    roles = record.frozen.programme.matches[kind].everybody
    _check_columns(rows, [role for role in roles if role != asked.given])
    faults = [one for row in rows for one in _faults(record, roles, row)]
    if faults:
        raise RefusedError(
            "\n".join(faults), f"write ids of the people file under {', '.join(roles)}"
        )
    found = (_members(record, roles, row) for row in rows)
    return tuple(_with_manager(asked, one) for one in found)


def _check_columns(rows: Sequence[Row], roles: Sequence[str]) -> None:
    if not rows:
        raise RefusedError("there is no match in it", "write each on a line of its own")
    columns = [*_cells(rows[0])]
    missing = [role for role in roles if role.lower() not in columns]
    if missing:
        raise RefusedError(
            f"there is no column {listed(missing, last='and')}, only"
            f" {listed(columns, last='and')}",
            f"call the columns {listed(roles, last='and')}",
        )


def _faults(record: Record, roles: Sequence[str], row: Row) -> Iterator[str]:
    if row.faults:
        yield from (str(one) for one in row.faults)
        return
    for role in roles:
        for id_ in _ids(row, role):
            if record.participant(id_) is None:
                yield f"line {row.line}, {role}: {_nobody(record, id_)}"


def _nobody(record: Record, written: str) -> str:
    """Return that nobody is called so, with who may be meant: also by their name."""
    names = {one.name: one.id for one in record.participants}
    name = nearest(written, names)
    guess = names[name] if name else nearest(written, names.values())
    meant = f"; did you mean {guess}?" if guess else ""
    return f"nobody has the id {written!r}{meant}"


def _members(record: Record, roles: Sequence[str], row: Row) -> Members:
    found = {
        role: tuple(
            one.person for id_ in _ids(row, role) if (one := record.participant(id_))
        )
        for role in roles
    }
    return {role: those for role, those in found.items() if those}


def _ids(row: Row, role: str) -> Sequence[str]:
    """Return the ids in a cell, each once."""
    written = _BETWEEN.split(_cells(row).get(role.lower(), ""))
    return tuple(dict.fromkeys(id_ for one in written if (id_ := one.strip())))


def _cells(row: Row) -> dict[str, str]:
    return {name.strip().lower(): text for name, text in row.cells.items()}


def _with_manager(asked: Problem, members: Members) -> Members:
    """Return a trio with the nearest manager, whom nobody has to write down."""
    if not asked.given or asked.given in members:
        return members
    managers = [asked.managers.get(one) for one in members.get(asked.placed, ())]
    those = tuple(one.person for one in managers if one is not None)
    first, *others = members.items()
    return dict((first, (asked.given, those), *others)) if those else members
