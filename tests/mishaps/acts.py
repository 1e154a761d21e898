"""What a coordinator does about a mishap, by command or in the files."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from engine.commands.addressing import addressed
from engine.commands.apply import Files, apply
from engine.commands.calling import call_me
from engine.commands.ending import end
from engine.commands.leaving import drop
from engine.commands.messaging import message
from engine.commands.moving import call_off, reschedule
from engine.commands.pausing import pause, resume
from engine.commands.proposing import rematch
from engine.commands.reforming import replace as put_in
from engine.commands.reforming import swap
from engine.commands.starting import join
from engine.commands.tasks import settle
from engine.commands.transferring import receive
from engine.frozen import freeze
from engine.ids import CohortId, OccurrenceId, PersonId
from engine.letters.texts import Wording
from engine.people import Participant
from engine.spec.moments import LocalDate
from tests.mishaps.life import Life

Act = Callable[[Life], None]

REASON = "workload"


def both(*acts: Act) -> Act:
    """Return that one thing is done after the other, at the same moment."""

    def act(life: Life) -> None:
        for one in acts:
            one(life)

    return act


def kick_off_moves(*, days: int) -> Act:
    """Return that the file of the cohort has another kick-off."""

    def act(life: Life) -> None:
        frozen = life.files.frozen
        known = frozen.cohort.dates["kick-off"]
        later = LocalDate(known.date + dt.timedelta(days=days), known.time)
        cohort = frozen.cohort.model_copy(update={"dates": {"kick-off": later}})
        edited = freeze(frozen.programme, cohort, frozen.texts)
        life.put_into_force(replace(life.files, frozen=edited))

    return act


def rows_come(*people: Participant) -> Act:
    """Return that the people file gets more rows."""
    return lambda life: life.put_into_force(
        replace(life.files, people=(*life.files.people, *people))
    )


def row_goes(id_: str) -> Act:
    """Return that the people file leaves somebody out."""

    def act(life: Life) -> None:
        rest = tuple(one for one in life.files.people if one.id != id_)
        life.put_into_force(replace(life.files, people=rest))

    return act


def row_changes(id_: str, **changes: str) -> Act:
    """Return that the people file tells otherwise of somebody."""

    def act(life: Life) -> None:
        rows = tuple(
            replace(one, **changes) if one.id == id_ else one  # type: ignore[arg-type]
            for one in life.files.people
        )
        life.put_into_force(replace(life.files, people=rows))

    return act


def leaves(id_: str, *, reason: str = REASON) -> Act:
    """Return that somebody leaves."""
    return lambda life: life.do(
        partial(drop, person=who(life, id_), now=life.clock.now(), reason=reason)
    )


def starts(id_: str) -> Act:
    """Return that somebody starts."""
    return lambda life: life.do(
        partial(join, person=who(life, id_), now=life.clock.now())
    )


def goes_away(id_: str, *, until: dt.timedelta | None = None) -> Act:
    """Return that somebody goes on leave, for so long or nobody knows for how long."""

    def act(life: Life) -> None:
        now = life.clock.now()
        back = now + until if until else None
        life.do(partial(pause, person=who(life, id_), until=back, now=now))

    return act


def comes_back(id_: str) -> Act:
    """Return that somebody is back from leave."""
    return lambda life: life.do(
        partial(resume, person=who(life, id_), now=life.clock.now())
    )


def ends_for(id_: str, *, asked: bool = False) -> Act:
    """Return that the match of somebody ends, and nobody is to blame."""

    def act(life: Life) -> None:
        match = life.before().match(id_)
        by = who(life, id_) if asked else None
        life.do(partial(end, match=match, person=by, now=life.clock.now()))

    return act


def takes_the_place(new: str, *, of: str) -> Act:
    """Return that somebody takes another's place in their match."""
    return lambda life: life.do(
        partial(
            put_in,
            match=life.before().match(of),
            old=who(life, of),
            new=who(life, new),
            now=life.clock.now(),
        )
    )


def change_places(one: str, other: str) -> Act:
    """Return that two of two matches change places."""

    def act(life: Life) -> None:
        places = [(life.before().match(id_), who(life, id_)) for id_ in (one, other)]
        now = life.clock.now()
        life.do(partial(swap, one=places[0], other=places[1], now=now))

    return act


def matches_anew(life: Life) -> None:
    """Propose matches for those who have none."""
    life.do(rematch)


def moves(occurrence: str, *, place: str | None = None, hours: int = 0) -> Act:
    """Return that a gathering is moved by command."""

    def act(life: Life) -> None:
        one = OccurrenceId(occurrence)
        known = life.standing.timeline.occurrences[one]
        starts_at = known.starts + dt.timedelta(hours=hours)
        command = partial(reschedule, occurrence=one, starts=starts_at, place=place)
        life.do(partial(command, now=life.clock.now()))

    return act


def is_off(occurrence: str) -> Act:
    """Return that a gathering is called off by command."""
    return lambda life: life.do(
        partial(call_off, occurrence=OccurrenceId(occurrence), now=life.clock.now())
    )


def wants_a_call(id_: str) -> Act:
    """Return that somebody asks for a call."""
    return lambda life: life.do(partial(call_me, person=who(life, id_)))


def seen_to(wording: str) -> Act:
    """Return that the coordinator has seen to all tasks of a kind."""

    def act(life: Life) -> None:
        tasks = life.standing.record.state.tasks
        found = [name for name, one in tasks.items() if one.raised.wording == wording]
        assert found, f"nothing of {wording}: {list(tasks)}"
        for name in found:
            life.do(partial(settle, task=name))

    return act


def writes(phrase: str, words: Mapping[str, Wording]) -> Act:
    """Return that the coordinator writes to some of the cohort."""

    def act(life: Life) -> None:
        now = life.clock.now()
        people = addressed(life.standing, phrase, now=now)
        life.do(partial(message, people=people, words=words, now=now))

    return act


def refuses(address: str) -> Act:
    """Return that an address is unknown where mail for it arrives."""
    return lambda life: life.refused.add(address)


def goes_over(id_: str) -> Act:
    """Return that somebody goes over to the next cohort, which nobody is in yet."""

    def act(life: Life) -> None:
        now, one = life.clock.now(), life.standing.record.people[who(life, id_)]
        next_ = following(life.files)
        apply(life.app.unit, next_, now=now)
        life.others.append(next_.id)
        life.do(partial(drop, person=one.person, now=now))
        life.app.unit.perform(next_.id, partial(receive, one=one, now=now), now=now)

    return act


def following(files: Files) -> Files:
    """Return the files of a cohort that begins a year after another."""
    frozen = files.frozen
    known = frozen.cohort.dates["kick-off"]
    later = LocalDate(known.date + dt.timedelta(days=364), known.time)
    name = str(int(frozen.cohort.cohort) + 1)
    told = {"cohort": name, "dates": {"kick-off": later}}
    cohort = frozen.cohort.model_copy(update=told)
    id_ = CohortId(f"{frozen.programme.programme}/{name}")
    frozen = freeze(frozen.programme, cohort, frozen.texts)
    return Files(id=id_, frozen=frozen, people=())


def who(life: Life, id_: str) -> PersonId:
    """Return somebody's surrogate."""
    return life.before().person(id_)
