"""What was changed in a cohort's tables, as commands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from engine.commands.decision import RefusedError
from engine.commands.importing import Rows, edits, in_turn
from engine.facts import Raised, Rescheduled
from engine.sheets import Cell, Sheet, sheets
from engine.spec.rows import Row, RowsError
from tests.fakes.changes import end
from tests.fakes.cohorts import KICK_OFF, Live, begun
from tests.unit.commands.test_reforming import groups

DAY = dt.timedelta(days=1)


def rows(live: Live, **changes: tuple[int, str, str]) -> Rows:
    """Return the tables of a cohort, one cell of some sheets another one."""
    return {
        one.name: _rows(one, changes.get(one.name))
        for one in sheets(live.standing, now=live.now)
    }


def _rows(sheet: Sheet, change: tuple[int, str, str] | None) -> Sequence[Row]:
    found = []
    for line, row in enumerate(sheet.rows, start=2):
        cells = dict(zip(sheet.columns, map(_text, row), strict=True))
        if change and change[0] == line:
            cells[change[1]] = change[2]
        found.append(Row(line=line, cells=cells))
    return found


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def do(live: Live, given: Rows) -> None:
    """Carry out what the tables say otherwise."""
    live.do(in_turn(live.unit, edits(live.standing, given, now=live.now), now=live.now))


def swapped(live: Live) -> Rows:
    """Return the tables of groups, where a mentee of each is in the other."""
    given = rows(live)
    first: dict[str, str] = {}
    for row in given["matches"]:
        if row.cells["role"] == "mentee":
            first.setdefault(row.cells["match"], row.cells["person"])
    one, other = first.values()
    become = {one: other, other: one}
    there = [
        replace(
            row,
            cells={
                **row.cells,
                "person": become.get(row.cells["person"], row.cells["person"]),
            },
        )
        for row in given["matches"]
    ]
    return {**given, "matches": there}


def members(live: Live) -> list[list[str]]:
    return [
        [live.record.people[one].id for one in match.people]
        for match in live.state.matches.values()
    ]


def test_tables_that_nobody_changed_come_to_nothing() -> None:
    live = begun()

    assert edits(live.standing, rows(live), now=live.now) == ()


def test_two_who_changed_places_are_swapped_at_once() -> None:
    live = begun()
    given = rows(live)
    swapped = {"alk": "mejse", "mejse": "alk"}
    there = [
        Row(
            line=row.line,
            cells={
                **row.cells,
                "person": swapped.get(row.cells["person"], row.cells["person"]),
            },
        )
        for row in given["matches"]
    ]

    do(live, {**given, "matches": there})

    assert members(live) == [["falk", "alk"], ["ugle", "mejse"]]


def test_somebody_in_a_place_where_a_rule_forbids_them_is_refused() -> None:
    live = begun()
    given = rows(live, matches=(3, "person", "alk"))

    with pytest.raises(RefusedError, match="matched more than once"):
        do(live, given)

    assert members(live) == [["falk", "mejse"], ["ugle", "alk"]]


def test_a_match_cannot_grow_or_shrink_in_a_table() -> None:
    live = begun()
    given = rows(live)
    more = Row(line=9, cells={**given["matches"][1].cells, "person": "alk"})

    with pytest.raises(RowsError) as refused:
        edits(live.standing, {"matches": [*given["matches"], more]}, now=live.now)

    assert str(refused.value) == (
        "9: matches: person: pair-1 would have 2 as mentee, not 1; put one in"
        " another's place; use stafet drop where somebody leaves"
    )


def test_a_match_that_has_ended_since_is_told_to_be_no_more() -> None:
    live = begun()
    given = rows(live)
    end(live, "pair-1")

    with pytest.raises(RowsError) as refused:
        edits(live.standing, given, now=live.now)

    assert str(refused.value).splitlines() == [
        f"{line}: matches: match: pair-1 is no match that goes on, or has no {role};"
        " delete its rows, or begin with a new stafet export"
        for line, role in ((2, "mentor"), (3, "mentee"))
    ]


def test_a_gathering_is_moved_to_another_time_and_place() -> None:
    live = begun()
    given = rows(live, ahead=(2, "starts", "2027-05-12 10:00"))

    do(live, given)

    (moved,) = live.facts(Rescheduled)
    assert moved.starts == dt.datetime(2027, 5, 12, 8, tzinfo=dt.UTC)


def test_a_booked_meeting_is_booked_anew_and_told_to_have_been_held() -> None:
    live = begun()
    live.until(KICK_OFF + DAY * 3)
    live.book("alk", KICK_OFF + DAY * 8)
    given = rows(live)
    line = next(row.line for row in given["ahead"] if row.cells["kind"] == "meeting")

    do(live, rows(live, ahead=(line, "starts", "2027-03-12 10:00")))

    (booked,) = live.state.booked.values()
    assert booked.starts == dt.datetime(2027, 3, 12, 9, tzinfo=dt.UTC)
    live.until(KICK_OFF + DAY * 12)
    line = next(
        row.line
        for row in rows(live)["attendance"]
        if row.cells["occurrence"] == booked.occurrence
    )
    do(live, rows(live, attendance=(line, "came", "ja")))
    assert live.state.held[booked.occurrence][0]


def test_a_row_that_was_never_there_is_refused() -> None:
    live = begun()
    given = rows(live, attendance=(2, "person", "gog"))

    with pytest.raises(RowsError) as refused:
        edits(live.standing, given, now=live.now)

    assert str(refused.value) == (
        "2: attendance: occurrence: gog of kick-off-1 is unknown; change the cells of"
        " rows that stafet export wrote"
    )


def test_what_breaks_a_rule_is_refused_and_done_where_it_was_asked_for_anyway() -> None:
    live = groups()
    given = swapped(live)
    refused, done = (
        edits(live.standing, given, now=live.now, anyway=anyway)
        for anyway in (False, True)
    )

    with pytest.raises(RefusedError, match="or do it with --anyway"):
        live.do(in_turn(live.unit, refused, now=live.now))
    live.do(in_turn(live.unit, done, now=live.now))

    assert edits(live.standing, given, now=live.now) == ()
    raised = [one.wording for one in live.facts(Raised)]
    assert raised.count("rule-broken") == 2
