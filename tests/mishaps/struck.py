"""What goes wrong in any programme, whoever meets whom."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.people import Participant
from tests.acceptance.programmes.shipped import files
from tests.mishaps import acts
from tests.mishaps.before import Before
from tests.mishaps.life import Mishap
from tests.mishaps.telling import Told, each, nobody

STAND_IN, LATE = "vikar", "sen"


@dataclass(frozen=True, kw_only=True)
class Struck:
    """Who is struck in a programme.

    Attributes:
        later, relocated, off: What comes later, elsewhere, and not at all.
        ill: Somebody whose place in their match another takes.
        swapped: Two of two matches who change places.
        unreachable: Whose address refuses mail.
    """

    programme: str
    later: str
    relocated: str
    off: str
    leaver: str
    ill: str
    swapped: tuple[str, str]
    ended: str
    away: str
    unreachable: str
    renamed: str
    rehoused: str
    caller: str
    missing: str
    transferred: str

    def row(self, id_: str) -> Participant:
        """Return somebody as the people file tells of them first."""
        return next(one for one in files(self.programme).people if one.id == id_)


def come_late(
    one: Struck, *, days: int, tells: Callable[[Before], Told]
) -> tuple[Mishap, ...]:
    """Return that two rows come late, and that both start the day after."""
    stand_in = replace(
        one.row(one.ill), id=STAND_IN, name="Vera Vikar", email="vikar@example.org"
    )
    late = replace(
        one.row(one.leaver), id=LATE, name="Sara Sen", email="sen@example.org"
    )
    return (
        Mishap(
            what="two rows come late",
            days=days,
            does=acts.rows_come(stand_in, late),
            tells=tells,
        ),
        Mishap(
            what="the late start",
            days=days + 1,
            does=acts.both(acts.starts(STAND_IN), acts.starts(LATE)),
            tells=lambda _: each((LATE, STAND_IN), "letter welcome"),
        ),
    )


def rows_change(one: Struck, *, days: int) -> tuple[Mishap, ...]:
    """Return what is mended in the file from that day on, of which nobody hears."""
    address = one.row(one.unreachable).email
    mended = acts.row_changes(one.unreachable, email=f"ny.{address}")
    return (
        Mishap(
            what="the address that refused mail is mended",
            days=days,
            does=acts.both(mended, acts.seen_to("undelivered")),
            tells=nobody,
        ),
        Mishap(
            what="somebody has another name",
            days=days + 1,
            does=acts.row_changes(one.renamed, name="Nanna Nytnavn"),
            tells=nobody,
        ),
        Mishap(
            what="somebody has another department",
            days=days + 2,
            does=acts.row_changes(one.rehoused, department="Rådhuset"),
            tells=nobody,
        ),
    )


def row_is_missing(one: Struck, *, days: int, back: int) -> tuple[Mishap, ...]:
    """Return that a row is forgotten for some days, which is a question alone."""
    return (
        Mishap(
            what="a row is missing",
            days=days,
            does=acts.row_goes(one.missing),
            tells=nobody,
        ),
        Mishap(
            what="the row is back",
            days=back,
            does=acts.rows_come(one.row(one.missing)),
            tells=nobody,
        ),
    )


def asks_for_a_call(one: Struck, *, days: int) -> tuple[Mishap, ...]:
    """Return that somebody asks to be called, and is."""
    return (
        Mishap(
            what="somebody asks for a call",
            days=days,
            does=acts.wants_a_call(one.caller),
            tells=lambda before: each(before.office(one.caller), "letter call-me"),
        ),
        Mishap(
            what="they were called",
            days=days + 1,
            does=acts.seen_to("call-me"),
            tells=nobody,
        ),
    )
