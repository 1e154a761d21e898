"""What goes wrong where people meet in pairs, and who is told what of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.mishaps import acts, partings
from tests.mishaps.before import Before
from tests.mishaps.life import Mishap
from tests.mishaps.struck import (
    LATE,
    STAND_IN,
    Struck,
    asks_for_a_call,
    come_late,
    row_is_missing,
    rows_change,
)
from tests.mishaps.telling import WORDS, Told, about, each, merged, nobody

TEN_DAYS = dt.timedelta(days=10)


@dataclass(frozen=True, kw_only=True)
class Pairs(Struck):
    """Who is struck in a programme of pairs.

    Attributes:
        gatherings: For which roles each is.
        moved: Which have another date once the kick-off has.
        unbooked: Who else has no meeting booked when they are written to.
        role: Of who is mentored.
        brief: Who is away for ten days from the middle of the year.
        exits: Whether it is one of a pair who ends it, as their programme allows.
        kinds: In so many kinds of match; who lost theirs is matched again, or not.
    """

    languages: Sequence[str]
    gatherings: Mapping[str, Sequence[str]]
    moved: Sequence[str]
    unbooked: Sequence[str]
    brief: str
    role: str = "mentee"
    kinds: int = 1
    again: bool = True
    exits: bool = False


def script(one: Pairs) -> tuple[Mishap, ...]:
    """Return what goes wrong, in order of days."""
    every = (*_in_files(one), *_in_rows(one), *_in_pairs(one), *_at_times(one))
    return tuple(sorted(every, key=lambda mishap: mishap.days))


def _in_files(one: Pairs) -> tuple[Mishap, ...]:
    return (
        Mishap(
            what="the kick-off moves by a week in the file",
            days=-35,
            does=acts.kick_off_moves(days=7),
            tells=lambda before: merged(
                *(_all(before, one, "update", name) for name in one.moved)
            ),
        ),
        Mishap(
            what="a gathering comes two hours later",
            days=60,
            does=acts.moves(one.later, hours=2),
            tells=lambda before: _all(before, one, "update", one.later),
        ),
        Mishap(
            what="the venue fails two hours before",
            before=one.relocated,
            does=acts.moves(one.relocated, place="Biblioteket"),
            tells=lambda before: _all(before, one, "update", one.relocated),
        ),
        Mishap(
            what="a gathering is called off",
            days=185,
            does=acts.is_off(one.off),
            tells=lambda before: _all(before, one, "cancellation", one.off),
        ),
    )


def _in_rows(one: Pairs) -> tuple[Mishap, ...]:
    return (
        *come_late(
            one,
            days=30,
            tells=lambda before: {
                STAND_IN: _of_role(before, "mentor", "invitation"),
                LATE: _of_role(before, one.role, "invitation"),
            },
        ),
        *rows_change(one, days=43),
        *row_is_missing(one, days=210, back=212),
        *asks_for_a_call(one, days=200),
    )


def _in_pairs(one: Pairs) -> tuple[Mishap, ...]:
    return (
        Mishap(
            what="a mentee leaves",
            days=36,
            does=acts.leaves(one.leaver),
            tells=lambda before: partings.left(before, one.leaver),
        ),
        Mishap(
            what="a mentor falls ill, and another takes the place",
            days=70,
            does=acts.takes_the_place(STAND_IN, of=one.ill),
            tells=lambda before: partings.replaced(before, one.ill, STAND_IN),
        ),
        Mishap(
            what="two change places",
            days=90,
            does=acts.change_places(*one.swapped),
            tells=lambda before: partings.swapped(before, *one.swapped),
        ),
        Mishap(
            what="one of a pair ends it" if one.exits else "a pair ends without blame",
            days=100,
            does=acts.ends_for(one.ended, asked=one.exits),
            tells=lambda before: partings.ended(before, one.ended),
        ),
        Mishap(
            what="one goes over to the next cohort",
            days=260,
            does=acts.goes_over(one.transferred),
            tells=lambda before: partings.transferred(before, one.transferred),
        ),
        Mishap(
            what="nobody is found for who is left",
            days=262,
            does=acts.seen_to("find-match"),
            tells=nobody,
        ),
    )


def _at_times(one: Pairs) -> tuple[Mishap, ...]:
    words = {language: WORDS[language] for language in one.languages}
    again = acts.both(acts.matches_anew, acts.seen_to("find-match"))
    approve = ["letter approve-matches"] * one.kinds
    return (
        Mishap(
            what="mail to one is refused for good",
            days=41,
            does=acts.both(
                acts.refuses(one.row(one.unreachable).email),
                acts.writes(f"{one.role}s without a booked meeting", words),
            ),
            tells=lambda _: merged(
                each(one.unbooked, "message message-1"),
                each((one.unreachable,), "dead: message message-1"),
            ),
        ),
        Mishap(
            what="who has no match is matched",
            days=46,
            does=again,
            tells=lambda _: {"coordinator": approve},
        ),
        Mishap(
            what="parental leave begins",
            days=80,
            does=acts.goes_away(one.away),
            tells=lambda before: partings.away(before, one.away),
        ),
        Mishap(
            what="parental leave is over",
            days=150,
            does=acts.comes_back(one.away),
            tells=lambda before: partings.back(before, one.away, one.role),
        ),
        Mishap(
            what="an illness of ten days",
            days=160,
            does=acts.goes_away(one.brief, until=TEN_DAYS),
            tells=lambda before: partings.away(before, one.brief, until=TEN_DAYS),
        ),
        Mishap(
            what="who lost their match is matched",
            days=220,
            does=again if one.again else acts.seen_to("find-match"),
            tells=lambda _: {"coordinator": approve if one.again else ()},
        ),
    )


def _all(before: Before, one: Pairs, kind: str, gathering: str) -> Told:
    """Return that everybody for whom a gathering is gets a mail about it."""
    return merged(
        *(
            each(before.here(role), f"{kind} {gathering}")
            for role in one.gatherings[gathering]
        )
    )


def _of_role(before: Before, role: str, kind: str, id_: str = "") -> tuple[str, ...]:
    return tuple(sorted(about(kind, before.coming(id_, role))))
