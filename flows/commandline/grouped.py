"""What is shown of groups: tables, the rows of a file, and what programs read."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.documents import Document
from engine.spec.wording import listed
from flows.commandline.terminal import say, table

if TYPE_CHECKING:
    from engine.matching.workshops import Advice, Grouping, Workshop

COLUMNS = ("day", "date", "group", "id", "name", "department")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What is asked and what there is to choose from; choices count from 1."""

    workshop: "Workshop"
    dates: Sequence[dt.date]
    front: Sequence["Grouping"]
    choice: int
    advice: "Advice | None"

    @property
    def chosen(self) -> "Grouping":
        """The answer that is shown."""
        return self.front[self.choice - 1]


def show(found: Choices) -> None:
    """Print the groups of each day, the choices and the advice."""
    ids = {one.person: one.id for one in found.workshop.participants}
    for number, day in enumerate(found.chosen.days, start=1):
        lines = [
            (str(group), " ".join(ids[one] for one in those))
            for group, those in enumerate(day, start=1)
        ]
        table(("group", "people"), lines, title=_day(found, number))
    _show_choices(found)
    _show_worth(found.chosen)
    say(_advised(found))


def _day(found: Choices, number: int) -> str:
    date = f", {found.dates[number - 1]:%a %Y-%m-%d}" if found.dates else ""
    return f"day {number}{date}"


def _show_choices(found: Choices) -> None:
    balanced = tuple(found.workshop.balance)
    lines = [
        (
            f"{number} (shown)" if number == found.choice else f"{number}",
            str(one.repeats),
            *(str(one.imbalance[column]) for column in balanced),
        )
        for number, one in enumerate(found.front, start=1)
    ]
    headings = ("choice", "meet again", *(f"{one} out of place" for one in balanced))
    table(headings, lines)


def _show_worth(one: "Grouping") -> None:
    least = f"; less than {one.least} cannot be" if one.least else ""
    proof = ", which cannot be less" if one.proven else least
    say(f"Meet again: {one.repeats}{proof}.")
    if one.imbalance:
        uneven = [f"{column} {many}" for column, many in one.imbalance.items()]
        say(f"Out of place: {listed(uneven, last='and')}.")
    if one.together:
        say(f"[red]Together though they should be apart: {one.together}.[/]")


def _advised(found: Choices) -> str:
    told = found.advice
    if told is None:
        return "One group more or fewer would not do much better."
    return (
        f"Better {told.groups} groups than {found.workshop.groups}: "
        f"{told.then.repeats} meet again instead of {told.now.repeats}, "
        f"{told.then.out_of_place} are out of place instead of {told.now.out_of_place}."
    )


def rows(found: Choices) -> Iterator[Mapping[str, str]]:
    """Yield a row for each person on each day; nothing in it may not be handed out."""
    people = {one.person: one for one in found.workshop.participants}
    for number, day in enumerate(found.chosen.days, start=1):
        date = f"{found.dates[number - 1]}" if found.dates else ""
        for group, those in enumerate(day, start=1):
            for one in (people[person] for person in those):
                cells = (str(number), date, str(group), one.id, one.name)
                yield dict(zip(COLUMNS, (*cells, one.department), strict=True))


def document_of(found: Choices) -> Document:
    """Return the groups as plain values, people by id."""
    ids = {one.person: one.id for one in found.workshop.participants}
    told = found.advice
    return {
        "days": [
            {
                "date": f"{found.dates[number]}" if found.dates else None,
                "groups": [[ids[one] for one in group] for group in day],
            }
            for number, day in enumerate(found.chosen.days)
        ],
        "choice": found.choice,
        "choices": [_worth(one) for one in found.front],
        "least": found.chosen.least,
        "advice": told
        and {
            "groups": told.groups,
            "now": _worth(told.now),
            "then": _worth(told.then),
        },
    }


def _worth(one: "Grouping") -> Document:
    return {
        "repeats": one.repeats,
        "imbalance": dict(one.imbalance),
        "together": one.together,
    }
