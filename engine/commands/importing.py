"""What somebody has changed in the workbook of a cohort, as the commands that do it.

The sheets are those of `engine.sheets`. A row that is gone changes nothing, nor does an
empty cell about who came: nobody can be made not to have told.
"""

import datetime as dt
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TypeVar

from engine.commands.booking import book
from engine.commands.decision import Decision
from engine.commands.meetings import attend, met
from engine.commands.moving import reschedule
from engine.commands.reforming import Exchange, exchange
from engine.commands.standing import Standing
from engine.commands.unit import Decide, Unit
from engine.ids import MatchId, OccurrenceId, PersonId
from engine.sheets import AHEAD, ATTENDANCE, MATCHES, Cell, Sheet, sheets
from engine.spec.cells import ANSWERS
from engine.spec.rows import Row, RowFault, RowsError

Rows = Mapping[str, Sequence[Row]]
"""The rows of each sheet, by its name in lower case."""

T = TypeVar("T")
_Key = tuple[str, ...]
_ENDS = ("starts", "ends")


def edits(
    standing: Standing, rows: Rows, *, now: dt.datetime, anyway: bool = False
) -> tuple[Decide, ...]:
    """Return the commands that bring about what the sheets say otherwise.

    Args:
        standing: The cohort.
        rows: What the sheets say.
        now: When.
        anyway: Whether matches may break a rule by it; then that is a task.

    Raises:
        RowsError: With every row that cannot be understood, sheet by sheet.
    """
    reader = _Reader(standing, rows, now=now)
    matches = reader.matches(anyway=anyway)
    commands = (*reader.attendance(), *reader.ahead(), *matches)
    if reader.faults:
        raise RowsError(reader.faults)
    return commands


def in_turn(unit: Unit, commands: Sequence[Decide], *, now: dt.datetime) -> Decide:
    """Return one command that does them all, each where the one before it left off."""

    def decide(standing: Standing) -> Decision:
        done: list[Decision] = []
        for command in commands:
            decision = command(standing)
            done.append(decision)
            standing = unit.after(
                standing.record, decision, now=now, actor="coordinator"
            )
        return Decision(
            events=[event for one in done for event in one.events],
            mails=[mail for one in done for mail in one.mails],
            written=dict(ChainMap(*(dict(one.written) for one in reversed(done)))),
        )

    return decide


class _Reader:
    """Finds what sheets say otherwise, and every fault in them."""

    def __init__(self, standing: Standing, rows: Rows, *, now: dt.datetime) -> None:
        self.faults: list[RowFault] = []
        self._standing = standing
        self._rows = rows
        self._now = now
        self._sheets = {one.name: one for one in sheets(standing, now=now)}

    def attendance(self) -> Iterator[Decide]:
        """Yield who came, occurrence by occurrence, and which meetings were held."""
        told = sorted(
            self._changed(ATTENDANCE, ("occurrence", "person"), "came", self._answer),
            key=lambda one: one[0],
        )
        for occurrence, those in groupby(told, key=lambda one: one[0][0]):
            id_, came = OccurrenceId(occurrence), {who: yes for (_, who), yes in those}
            if "" in came:
                yield partial(met, occurrence=id_, held=came[""], now=self._now)
                continue
            here = {self._person(who): yes for who, yes in came.items()}
            yield partial(attend, occurrence=id_, came=here, now=self._now)

    def ahead(self) -> Iterator[Decide]:
        """Yield what takes place at another time or place."""
        timeline = self._standing.timeline.occurrences
        times = dict(self._changed(AHEAD, ("occurrence",), "starts", self._time))
        places = dict(self._changed(AHEAD, ("occurrence",), "place", _same))
        self._refuse_lengths()
        for (id_,) in dict.fromkeys((*times, *places)):
            one = timeline[OccurrenceId(id_)]
            record = self._standing.record
            starts = times.get((id_,), one.starts)
            place = places.get((id_,), record.place(one.slot.place))
            if one.id in record.state.booked:
                move = partial(book, series=one.slot.series, place=place)
            else:
                move = partial(reschedule, occurrence=one.id, place=place)
            yield partial(move, starts=starts, now=self._now)

    def matches(self, *, anyway: bool) -> Iterator[Decide]:
        """Yield one exchange of all who are in a match instead of somebody else."""
        exchanges = tuple(self._exchanges())
        if exchanges:
            yield partial(exchange, exchanges=exchanges, now=self._now, anyway=anyway)

    def _exchanges(self) -> Iterator[Exchange]:
        was, becomes = (
            self._members(self._known(MATCHES)),
            self._members(
                [(row.line, row.cells) for row in self._rows.get(MATCHES, ())]
            ),
        )
        for (match, role), (line, now) in becomes.items():
            if (match, role) not in was:
                problem = f"{match} is no match that goes on, or has no {role}"
                remedy = "delete its rows, or begin with a new stafet export"
                self._fault(line, f"{MATCHES}: match", problem, remedy)
                continue
            _, before = was[(match, role)]
            gone = [one for one in before if one not in now]
            new = [one for one in now if one not in before]
            if len(gone) != len(new):
                self._fault(
                    line,
                    f"{MATCHES}: person",
                    f"{match} would have {len(now)} as {role}, not {len(before)}",
                    "put one in another's place; use stafet drop where somebody leaves",
                )
                continue
            for old, other in zip(gone, new, strict=True):
                people = [self._known_person(line, one) for one in (old, other)]
                if None not in people:
                    one, two = (who for who in people if who is not None)
                    yield MatchId(match), one, two

    def _members(
        self, rows: Sequence[tuple[int, Mapping[str, str]]]
    ) -> dict[_Key, tuple[int, tuple[str, ...]]]:
        found: dict[_Key, tuple[int, tuple[str, ...]]] = {}
        for line, cells in rows:
            key = cells.get("match", ""), cells.get("role", "")
            _, members = found.get(key, (line, ()))
            found[key] = line, (*members, cells.get("person", "").strip())
        return found

    def _changed(
        self,
        name: str,
        keys: Sequence[str],
        column: str,
        parse: Callable[[int, str], T | None],
    ) -> Iterator[tuple[_Key, T]]:
        """Yield what a column of a sheet says otherwise, by the row's key."""
        known = {_key(cells, keys): cells[column] for _, cells in self._known(name)}
        for row in self._rows.get(name, ()):
            self.faults += row.faults
            key, text = _key(row.cells, keys), row.cells.get(column, "").strip()
            if key not in known:
                told = " of ".join(part for part in reversed(key) if part)
                remedy = "change the cells of rows that stafet export wrote"
                self._fault(
                    row.line, f"{name}: {keys[0]}", f"{told} is unknown", remedy
                )
            elif text != known[key]:
                value = parse(row.line, text)
                if value is not None and value != parse(row.line, known[key]):
                    yield key, value

    def _known(self, name: str) -> list[tuple[int, Mapping[str, str]]]:
        """Return the rows of a sheet as they would be written now."""
        sheet: Sheet = self._sheets[name]
        return [
            (line, dict(zip(sheet.columns, map(_text, row), strict=True)))
            for line, row in enumerate(sheet.rows, start=2)
        ]

    def _answer(self, line: int, text: str) -> bool | None:
        if text and text.lower() not in ANSWERS:
            self._fault(
                line,
                f"{ATTENDANCE}: came",
                f"{text!r} is no answer",
                "write yes or no",
            )
        return ANSWERS.get(text.lower())

    def _time(self, line: int, text: str) -> dt.datetime | None:
        local = _moment(text)
        if local is None:
            remedy = "write it as 2027-11-17 13:00"
            self._fault(line, f"{AHEAD}: starts", f"{text!r} is no time", remedy)
            return None
        zone = self._standing.record.days.zone
        return zone.at(local.date(), local.time())

    def _refuse_lengths(self) -> None:
        """Refuse another length: that is for the spec to say."""
        timeline = self._standing.timeline.occurrences
        for row in self._rows.get(AHEAD, ()):
            one = timeline.get(OccurrenceId(row.cells.get("occurrence", "").strip()))
            starts, ends = (_moment(row.cells.get(name, "")) for name in _ENDS)
            # An end before the start is left from before the start was changed.
            if not (one and starts and ends and starts < ends):
                continue
            if ends - starts != one.ends - one.starts:
                remedy = "change when it starts; it lasts as long as the spec says"
                self._fault(row.line, f"{AHEAD}: ends", "another length", remedy)

    def _person(self, id_: str) -> PersonId:
        found = self._standing.record.participant(id_)
        if found is None:
            raise AssertionError(id_)
        return found.person

    def _known_person(self, line: int, id_: str) -> PersonId | None:
        found = self._standing.record.participant(id_)
        if found is None:
            problem = f"nobody has the id {id_!r}"
            self._fault(line, f"{MATCHES}: person", problem, "spell it right")
        return found.person if found else None

    def _fault(self, line: int, column: str, problem: str, remedy: str) -> None:
        fault = RowFault(line=line, column=column, problem=problem, remedy=remedy)
        self.faults.append(fault)


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _key(cells: Mapping[str, str], keys: Sequence[str]) -> _Key:
    return tuple(cells.get(key, "").strip() for key in keys)


def _same(_line: int, text: str) -> str:
    return text


def _text(cell: Cell) -> str:
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)
