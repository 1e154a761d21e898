"""Matches as one page for a coordinator: who is with whom, why, who else could be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engine.documents import Document
from engine.ids import PersonId
from engine.letters.outgoing import words_for
from engine.letters.texts import Words
from engine.matching import (
    ALIKE,
    Partner,
    Problem,
    grid,
    partners,
    twosomes,
    word_barrier,
    word_value,
)
from engine.matching.scoring import Table, flipped
from engine.people import Value
from engine.problems import problem
from engine.record import Record
from engine.spec.model import text_in
from engine.spec.programme import ColumnPart
from flows.templating import page

WIDEST = 40
"""So many people of a side are shown against everyone; of more, the best of each."""

_BEST = 5
_SHADES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Square:
    """Two people in the table.

    Attributes:
        shade: From 0, without a point, to the most points that any two have.
        why: What forbids them; empty where nothing does.
    """

    points: int
    shade: int
    chosen: bool
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """People of a role with the best whom each could be with."""

    role: str
    rows: Sequence[tuple[str, Sequence[tuple[str, Partner]]]]


def matchpage(record: Record, kind: str, document: Document) -> str:
    """Return the page in the coordinator's language.

    Args:
        record: The cohort.
        kind: The kind of match.
        document: Its matches and their summary, as other programs read them.
    """
    words = words_for(record, record.coordinator.person)
    matching = record.frozen.programme.matching(kind)
    slug = matching.slug if matching else kind
    matches = [one for one in document["matches"] if one["kind"] == kind]
    summary = document["summary"][kind]
    names = {one.id: one.name for one in record.participants}
    asked = problem(record, kind, ignore_matches=True)
    return page(
        "matches.html.j2",
        words=words,
        programme=record.title(words.language),
        title=record.activity_title(slug, words.language),
        cohort=str(record.id),
        roles=record.frozen.programme.matches[kind].everybody,
        matches=matches,
        names=names,
        summary=_of_all(summary, matches),
        points=[one["score"] for one in matches],
        both=[" + ".join(names[one] for one in two) for two in summary["blocking"]],
        left=sum(one["role"] == asked.placed for one in summary["unmatched"]),
        portions=_portions(record, words, summary),
        **_everyone(record, asked, matches, words.language),
    )


def _of_all(
    summary: Mapping[str, Any], matches: Sequence[Document]
) -> Mapping[str, Any]:
    """Return a summary that counts what runs; without a status where nothing else does.

    What is proven is so of matches that are proposed, beside those that run.
    """
    running = [one["score"] for one in matches if one["id"] is not None]
    alone = bool(running) and len(running) == len(matches)
    return {
        **summary,
        "status": "" if alone else summary["status"],
        "bound": summary["bound"] + sum(running),
    }


def _everyone(
    record: Record, asked: Problem, matches: Sequence[Document], language: str
) -> Mapping[str, Sequence[object]]:
    """Return everyone against everyone, or the best of each where that is too wide."""
    table, chosen = grid(asked), twosomes([_people(record, one) for one in matches])
    small = max(len(table.firsts), len(table.seconds)) <= WIDEST
    return {
        "heads": [one.name for one in table.firsts],
        "squares": _squares(table, chosen, language) if small else (),
        "sides": () if small else tuple(_sides(record, asked.sides, table, chosen)),
    }


def _people(
    record: Record, match: Mapping[str, Any]
) -> Mapping[str, Sequence[PersonId]]:
    found = {
        role: [record.participant(one) for one in those]
        for role, those in match["members"].items()
    }
    return {
        role: [one.person for one in those if one is not None]
        for role, those in found.items()
    }


def _portions(
    record: Record, words: Words, summary: Mapping[str, Any]
) -> Sequence[tuple[str, str, Sequence[tuple[str, int, int]]]]:
    """Return by role and column: what they have, how many, how many matched."""
    columns = record.frozen.programme.columns
    grouped = groupby(
        summary["distribution"], key=lambda one: (one["role"], one["column"])
    )
    return [
        (
            role,
            _title(columns.get(column), column, words),
            [
                (
                    _shown(columns.get(column), one["value"], words),
                    one["people"],
                    one["matched"],
                )
                for one in those
            ],
        )
        for (role, column), those in grouped
    ]


def _title(part: ColumnPart | None, column: str, words: Words) -> str:
    """Return what a column is called; the department is no column of a spec."""
    if part is None:
        return words.get("matchtable.department")
    return text_in(part.title, words.language) if part.title else column


def _shown(part: ColumnPart | None, value: Value, words: Words) -> str:
    if value is None:
        return words.get("matchtable.untold")
    said = word_value(value, words.language)
    return said if part is None else part.shown(said, words.language)


def _squares(
    table: Table, chosen: frozenset[frozenset[PersonId]], language: str
) -> Sequence[tuple[str, Sequence[Square]]]:
    """Return a row for each of the second side, with a square for each of the first."""
    highest = max((max(row, default=0) for row in table.points), default=0)

    def square(row: int, column: int) -> Square:
        barriers = table.barriers.get((row, column), ())
        points = table.points[row][column]
        two = frozenset((table.firsts[row].person, table.seconds[column].person))
        return Square(
            points=points,
            shade=_SHADES * points // highest if highest else 0,
            chosen=two in chosen,
            why="; ".join(word_barrier(one, language) for one in barriers),
        )

    return [
        (second.name, [square(row, column) for row in range(len(table.firsts))])
        for column, second in enumerate(table.seconds)
    ]


def _sides(
    record: Record,
    roles: tuple[str, str],
    table: Table,
    chosen: frozenset[frozenset[PersonId]],
) -> Iterator[Side]:
    """Yield each side with whom its people could be; one alone where all are alike."""
    first, second = roles
    yield _side(record, "" if roles == ALIKE else second, table, chosen)
    if roles != ALIKE:
        yield _side(record, first, flipped(table), chosen)


def _side(
    record: Record,
    role: str,
    table: Table,
    chosen: frozenset[frozenset[PersonId]],
) -> Side:
    found = partners(table, chosen, most=_BEST)
    return Side(
        role=role,
        rows=[
            (
                record.people[one].name,
                [(record.people[other.person].name, other) for other in those],
            )
            for one, those in found.items()
        ],
    )
