"""What goes wrong where several meet on planned days, and who is told what of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.mishaps import acts
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


@dataclass(frozen=True, kw_only=True)
class Circles(Struck):
    """Who is struck in a programme of groups or networks.

    Attributes:
        role: Of those of whom there are many.
        moved: Which gatherings follow the kick-off, and for which roles each is.
        short: The days after which it is seen to that too few come to a meeting.
    """

    role: str
    moved: Mapping[str, Sequence[str]]
    short: int | None = None


def script(one: Circles) -> tuple[Mishap, ...]:
    """Return what goes wrong, in order of days."""
    every = [*_in_files(one), *_in_rows(one), *_in_matches(one), *_to_one(one)]
    if one.short is not None:
        too_few = acts.seen_to("too-few")
        what = "too few come to a meeting"
        every.append(Mishap(what=what, days=one.short, does=too_few, tells=nobody))
    return tuple(sorted(every, key=lambda mishap: mishap.days))


def _in_files(one: Circles) -> tuple[Mishap, ...]:
    return (
        Mishap(
            what="the kick-off moves by a week in the file",
            days=-30,
            does=acts.kick_off_moves(days=7),
            tells=lambda before: merged(
                *(
                    each(before.here(role), f"update {name}")
                    for name, roles in one.moved.items()
                    for role in roles
                )
            ),
        ),
        Mishap(
            what="something comes two hours later",
            days=26,
            does=acts.moves(one.later, hours=2),
            tells=lambda before: each(before.having(one.later), f"update {one.later}"),
        ),
        Mishap(
            what="the venue fails two hours before",
            before=one.relocated,
            does=acts.moves(one.relocated, place="Biblioteket"),
            tells=lambda before: each(
                before.having(one.relocated), f"update {one.relocated}"
            ),
        ),
        Mishap(
            what="something is called off",
            days=54,
            does=acts.is_off(one.off),
            tells=lambda before: each(
                before.having(one.off), f"cancellation {one.off}"
            ),
        ),
    )


def _in_rows(one: Circles) -> tuple[Mishap, ...]:
    return (
        *come_late(
            one,
            days=8,
            tells=lambda before: merged(
                {
                    who: about("invitation", before.coming(who, *one.row(like).roles))
                    for who, like in ((STAND_IN, one.ill), (LATE, one.leaver))
                }
            ),
        ),
        *rows_change(one, days=14),
        *row_is_missing(one, days=58, back=59),
        *asks_for_a_call(one, days=56),
    )


def _in_matches(one: Circles) -> tuple[Mishap, ...]:
    return (
        Mishap(
            what="one of many leaves, and is not replaced",
            days=10,
            does=acts.leaves(one.leaver),
            tells=lambda before: _left(before, one.leaver),
        ),
        Mishap(
            what="somebody falls ill, and another takes the place",
            days=20,
            does=acts.takes_the_place(STAND_IN, of=one.ill),
            tells=lambda before: _given(before, one.ill, STAND_IN),
        ),
        Mishap(
            what="two change places",
            days=36,
            does=acts.change_places(*one.swapped),
            tells=lambda before: merged(
                _given(before, one.swapped[0], one.swapped[1]),
                _given(before, one.swapped[1], one.swapped[0]),
            ),
        ),
        Mishap(
            what="a match ends without blame",
            days=70,
            does=acts.ends_for(one.ended),
            tells=lambda before: merged(
                each(
                    (one.ended, *before.others(one.ended)),
                    "letter match-ended",
                    *about("cancellation", before.meetings(one.ended)),
                ),
                each(("coordinator",), "letter find-match"),
            ),
        ),
        Mishap(
            what="there is no other match for them",
            days=71,
            does=acts.seen_to("find-match"),
            tells=nobody,
        ),
        Mishap(
            what="one goes over to the next cohort",
            days=75,
            does=acts.goes_over(one.transferred),
            tells=lambda before: merged(
                _left(before, one.transferred),
                each((one.transferred,), "letter welcome"),
            ),
        ),
    )


def _to_one(one: Circles) -> tuple[Mishap, ...]:
    words = {language: WORDS[language] for language in ("da", "en")}
    refused = one.row(one.unreachable).email
    return (
        Mishap(
            what="mail to one is refused for good",
            days=13,
            does=acts.both(acts.refuses(refused), acts.writes(f"{one.role}s", words)),
            tells=lambda before: merged(
                each({*before.here(one.role)} - {one.unreachable}, "message message-1"),
                each((one.unreachable,), "dead: message message-1"),
            ),
        ),
        Mishap(
            what="parental leave begins",
            days=22,
            does=acts.goes_away(one.away),
            tells=lambda before: merged(
                each((one.away,), "letter pausing"),
                each((one.away,), *about("cancellation", before.ahead(one.away))),
                each(before.others(one.away), "letter member-pauses"),
            ),
        ),
        Mishap(
            what="parental leave is over",
            days=50,
            does=acts.comes_back(one.away),
            tells=lambda before: _back(before, one.away),
        ),
    )


def _left(before: Before, id_: str) -> Told:
    return merged(
        each((id_,), "letter farewell", *about("cancellation", before.ahead(id_))),
        *(
            each((one,), "letter member-left", *_talks(before, id_, one))
            for one in before.others(id_)
        ),
    )


def _talks(before: Before, id_: str, other: str) -> tuple[str, ...]:
    """Return that what two have booked for themselves is off."""
    return about("cancellation", before.shared(id_, other))


def _given(before: Before, id_: str, new: str) -> Told:
    """Return what is told when a place is given; a planned day stays for the others."""
    meetings = before.meetings(id_)
    return merged(
        each((id_,), "letter place-given", *about("cancellation", meetings)),
        each((new,), "letter match-joined", *about("invitation", meetings)),
        each(before.others(id_), "letter match-changed"),
    )


def _back(before: Before, id_: str) -> Told:
    meetings = before.meetings(before.others(id_)[0])
    return merged(
        each((id_,), "letter welcome-back", *about("invitation", meetings)),
        each(before.others(id_), "letter partner-back"),
    )
