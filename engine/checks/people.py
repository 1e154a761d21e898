"""Which faults of a participants file are its own, and not those of its programme."""

from collections.abc import Iterable

from engine.checks.columns import FIXED
from engine.checks.grounds import LANGUAGES, NO_GROUNDS, Grounds, columns, roles
from engine.spec.cells import folded
from engine.spec.mending import Mended
from engine.spec.programme import Programme
from engine.spec.rows import RowFault


def rows_to_tell(
    faults: Iterable[RowFault], programme: Mended[Programme]
) -> tuple[RowFault, ...]:
    """Return the faults that do not only follow from how a programme was mended."""
    return tuple(
        one
        for one in faults
        if programme.value is None
        or not _grounds(one.column, programme.value).are_doubtful(programme)
    )


def _grounds(column: str, programme: Programme) -> Grounds:
    """Return what it hangs on how a column is read, and that there is one."""
    if column == "roles":
        return roles(programme)
    if column == "language":
        return LANGUAGES
    if not column or folded(column) in FIXED:
        return NO_GROUNDS
    declared = [name for name in programme.columns if folded(name) == folded(column)]
    own = Grounds(values=tuple(("people", name) for name in declared))
    return own if declared else columns(programme)
