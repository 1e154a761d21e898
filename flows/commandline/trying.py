"""How matches are shown beside other ones: what differs, and what it costs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rich.markup import escape

from engine.documents import solution_documents
from flows.commandline.terminal import plain, refuse, say, table

if TYPE_CHECKING:
    from engine.matching import Match, Solution
    from engine.matching.result import Members
    from engine.record import Record
    from engine.trials import Scored, Tried


def show_tried(record: "Record", found: "Tried", *, as_json: bool) -> None:
    """Print what would change and what it would cost, or give it to a program."""
    from engine.trials import moved

    language = record.frozen.programme.languages[0]
    if as_json:
        solutions = {"now": found.now, "then": found.then}
        both = {
            name: {
                "matches": solution_documents(record, one, language=language),
                "total": one.total,
                "worst": one.worst,
                "status": one.status,
            }
            for name, one in solutions.items()
        }
        plain(json.dumps(both, ensure_ascii=False, indent=1))
        return
    gone, new = moved(found.now.matches, found.then.matches)
    show_difference(record, gone, new, columns=("now", "then"))
    say(f"{price(found.now, found.then)}; {found.then.status}")
    placed = found.asked.placed
    left = [one.person for one in found.then.unmatched if one.role == placed]
    if left:
        say(f"without a match: {', '.join(record.people[one].id for one in left)}")


def show_scored(record: "Record", kind: str, file: Path) -> None:
    """Print what matches made by hand are worth beside the best ones."""
    from engine.matching import word_breach
    from engine.trials import moved, scored

    found = scored(record, kind, handmade(record, kind, file))
    names = {person: one.id for person, one in record.people.items()}
    say(f"[bold]{kind}[/]: {_worth(found)}")
    for breach in found.breaches:
        say(f"[red]wrong:[/] {escape(word_breach(breach, 'en', names=names))}")
    if left := [names[person] for person in found.left]:
        say(f"[yellow]in no match:[/] {', '.join(left)}")
    gone, new = moved(found.matches, found.best.matches)
    if not (gone or new or found.breaches):
        say("There are no better ones.")
        return
    if gone or new:
        show_difference(record, gone, new, columns=("yours", "the best"))
    say(f"the best: {_worth(found.best)}")


def handmade(record: "Record", kind: str, file: Path) -> "Sequence[Members]":
    """Return the matches in a file, or tell what is wrong with it."""
    from engine.handmade import read_matches
    from engine.spec.rows import RowsError
    from integrations.people import read_rows, render_faults

    if not file.is_file():
        raise refuse(f"{file}: there is no such file")
    try:
        rows = read_rows(file.read_bytes(), source=str(file), alone=True)
    except RowsError as error:
        raise refuse(render_faults(str(file), error.faults)) from None
    return read_matches(record, kind, rows)


def _worth(found: "Scored | Solution") -> str:
    worst = "none" if found.worst is None else found.worst
    return f"{len(found.matches)} matches, total {found.total}, worst {worst}"


def show_difference(
    record: "Record",
    gone: Sequence["Match"],
    new: Sequence["Match"],
    *,
    columns: tuple[str, str],
) -> None:
    """Print matches that differ, in two columns that need not go together."""
    if not (gone or new):
        say("Nothing changes.")
        return
    left, right = ([_line(record, one) for one in those] for those in (gone, new))
    longest = max(len(left), len(right))
    rows = [
        tuple(side[line] if line < len(side) else "" for side in (left, right))
        for line in range(longest)
    ]
    table(columns, rows)


def _line(record: "Record", match_: "Match") -> str:
    members = "; ".join(
        f"{role}: {', '.join(record.people[one].id for one in those)}"
        for role, those in match_.members.items()
    )
    return f"{members} ({match_.points})"


class Worth(Protocol):
    """Matches, and what they come to."""

    @property
    def matches(self) -> "Sequence[Match]":
        """All of them."""

    @property
    def total(self) -> int:
        """Points of all of them."""

    @property
    def worst(self) -> int | None:
        """Points of the worst of them."""


def price(now: Worth, then: Worth) -> str:
    """Return what matches come to, and by how much that is more or less than now."""
    told = (
        ("matches", len(now.matches), len(then.matches)),
        ("total", now.total, then.total),
        ("worst", now.worst, then.worst),
    )
    return ", ".join(f"{name} {_change(was, becomes)}" for name, was, becomes in told)


def _change(was: int | None, becomes: int | None) -> str:
    before, after = ("none" if one is None else one for one in (was, becomes))
    if was == becomes:
        return f"{after} as now"
    if was is None or becomes is None:
        return f"{after} (now {before})"
    return f"{becomes} ({becomes - was:+})"
