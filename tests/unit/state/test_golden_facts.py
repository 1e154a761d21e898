"""Histories of earlier releases, read and folded by today's code, for ever.

`tests/golden/facts` holds one file for each release that changed how facts are stored.
They are never written anew. A later history is added beside them by

    .venv/bin/python -m tests.unit.state.test_golden_facts facts-v3.jsonl
"""

import datetime as dt
import json
import sys
from functools import partial
from pathlib import Path

import pytest

from engine.commands.addressing import addressed
from engine.commands.calling import call_me
from engine.commands.messaging import message
from engine.commands.moving import call_off, reschedule
from engine.commands.tasks import settle
from engine.facts import Event, Fact, decode, kind_of, to_lines
from engine.ids import OccurrenceId
from engine.letters.texts import Wording
from engine.state import State, fold
from tests.fakes.changes import drop, end, join, pause, replace, resume, swap
from tests.fakes.cohorts import (
    KICK_OFF,
    PEOPLE,
    Live,
    begun,
    person,
    proposed,
    small_files,
)
from tests.fakes.histories import kept
from tests.fakes.nomination_files import nomination_files
from tests.fakes.nominations import opened
from tests.fakes.proposals import allows, vetoes

GOLDEN = Path(__file__).parents[2] / "golden" / "facts"


def read(path: Path) -> tuple[Fact, ...]:
    """Return the facts of a stored history."""
    loaded = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return tuple(
        Fact(
            cohort=line["cohort"],
            number=line["number"],
            at=dt.datetime.fromisoformat(line["at"]),
            actor=line["actor"],
            event=decode(line["kind"], line["version"], json.dumps(line["body"])),
        )
        for line in loaded
    )


def shown(state: State) -> str:
    """Return where a history ends, in the words that a release keeps."""
    lines = [
        f"{state.number} facts, revision {state.revision}",
        *(f"{one} is {', '.join(roles)}" for one, roles in state.enrolled.items()),
        *(
            f"{id_} of {one.activity or '-'} {one.series or '-'} {one.ordinal}"
            for id_, one in state.allocated.items()
        ),
        *(
            f"{id_} told r{one.told.revision} s{one.told.sequence} {one.told.stage} "
            f"{one.told.starts:%Y-%m-%dT%H:%M} {one.told.place or '-'} "
            f"{' '.join(one.told.audience)} off {' '.join(one.told.withdrawn) or '-'} "
            f"extra {dict(one.told.extra)}"
            f"{' cancelled' if one.told.cancelled else ''}"
            for id_, one in state.announced.items()
        ),
        *(f"{action} {outcome}" for action, outcome in state.done.items()),
        *(f"waiting {notice}" for notice in state.waiting),
        *(f"letters {one} {count}" for one, (count, _) in state.letters.items()),
        *(
            f"{id_} {dict(one.members)} agreed {one.agreed} dissolved {one.dissolved}"
            for id_, one in state.matches.items()
        ),
        *(
            f"{id_} booked {one.starts:%Y-%m-%dT%H:%M}"
            for id_, one in state.booked.items()
        ),
        *(f"{id_} lapsed" for id_ in state.lapsed),
        *(
            f"{id_} {kind_of(one)}, in the files on {one.filed:%Y-%m-%dT%H:%M}"
            for id_, one in state.moves.items()
        ),
        *(f"{id_} held {held}" for id_, (held, _) in state.held.items()),
        *(f"{id_} {one} came {came}" for (id_, one), came in state.attended.items()),
        *(f"{id_} {one} {said.answer}" for (id_, one), said in state.replies.items()),
        *(f"{id_} answered by {sorted(who)}" for id_, who in state.answered.items()),
        *(f"{id_} done by {sorted(who)}" for id_, who in state.completed.items()),
        *(
            f"{person} proposed in {one} by {nominee.by}, {nominee.place}"
            f"{f' in turn {nominee.turn}' if nominee.turn else ''}"
            for (one, person), nominee in state.nominees.items()
        ),
        *(f"{relation} {cohort}" for relation, cohort in state.linked.items()),
        *(f"task {task}" for task in state.tasks),
        *(f"{name} to {' '.join(people)}" for name, people in state.messages.items()),
        *(f"{one} left {at:%Y-%m-%d}" for one, at in state.presence.left.items()),
        *(
            f"{one} away until {away.until:%Y-%m-%d}"
            for one, away in state.presence.paused.items()
            if away.until
        ),
        *(f"{one} back {at:%Y-%m-%d}" for one, at in state.presence.back.items()),
        *(f"{one} late, {how.missed}" for one, how in state.presence.late.items()),
        *(
            f"{id_} had {dict(one.former)}"
            for id_, one in state.matches.items()
            if one.former
        ),
        *(f"{kind} never {' and '.join(two)}" for kind, two in state.vetoes),
    ]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob("*.jsonl")), ids=lambda path: path.stem
)
def test_a_history_of_an_earlier_release_ends_where_it_did(path: Path) -> None:
    facts = read(path)

    state = fold(State(), facts)

    assert shown(state) == path.with_suffix(".txt").read_text("utf-8")
    assert [fact.number for fact in facts] == list(range(1, len(facts) + 1))


def test_the_histories_have_a_fact_of_every_kind() -> None:
    kinds = {
        kind_of(fact.event) for path in GOLDEN.glob("*.jsonl") for fact in read(path)
    }

    every: set[str] = {kind.__name__.lower() for kind in Event.__args__}
    assert kinds == every


def nominated() -> Live:
    """Return a cohort into which people came by being nominated, and some did not."""
    consent = {"answer within": "consent: manager\n        answer within"}
    here = opened(nomination_files({**consent, "places: 3": "places: 2"}))
    for by, name, gender, manager in (
        ("ravn", "anna", "woman", "chef"),
        ("ravn", "bo", "man", ""),
        ("svale", "cleo", "woman", "chef"),
        ("svale", "dag", "man", ""),
    ):
        here.nominate(by, name, gender, manager=manager)
    here.later(1)
    here.consent("anna")
    here.consent("cleo", agrees=False)
    for name in ("dag", "bo", "anna"):
        here.says(name)
    here.says("dag", yes=False)
    here.nominate("svale", "eva", manager="")
    here.later(2)
    here.refuse("eva")
    here.later(10)
    return here.live


def written_to() -> Live:
    """Return a cohort whose coordinator wrote to some, and called somebody back."""
    live = begun()
    words = {"en": Wording(subject="Another room", text="We meet in room 7, {name}.")}
    people = addressed(live.standing, "mentees without a booked meeting", now=live.now)
    live.do(partial(message, people=people, words=words, now=live.now))
    live.do(partial(call_me, person=live.person("alk")))
    live.attend("kick-off-1", alk=True, ugle=False)
    live.until(live.now + dt.timedelta(days=14))
    live.do(partial(settle, task=f"call-me/{live.person('alk')}"))
    return live


def changed() -> Live:
    """Return a cohort in which people left, came, were away, and changed places."""
    live = begun()
    live.apply(small_files(people=(*PEOPLE, person("krage"))))
    live.book("alk", KICK_OFF + dt.timedelta(days=5))
    join(live, "krage")
    replace(live, "pair-2", "ugle", "krage")
    join(live, "ugle")
    swap(live, ("pair-2", "krage"), ("pair-1", "falk"))
    pause(live, "alk", until=live.now + dt.timedelta(days=30))
    live.until(live.now + dt.timedelta(days=2))
    resume(live, "alk")
    drop(live, "krage", reason="new job")
    end(live, "pair-2")
    pause(live, "mejse", until=live.now + dt.timedelta(days=60))
    live.until(live.now + dt.timedelta(days=2))
    return live


def rearranged() -> Live:
    """Return a cohort whose coordinator moved a workshop and called another off."""
    live = begun()
    second, third = OccurrenceId("workshop-2"), OccurrenceId("workshop-3")
    for days, place in ((7, None), (14, "at the harbour")):
        starts = live.standing.timeline.occurrences[second].starts
        later = starts + dt.timedelta(days=days)
        live.do(
            partial(
                reschedule, occurrence=second, starts=later, place=place, now=live.now
            )
        )
    live.do(partial(call_off, occurrence=third, now=live.now))
    return live


def vetoed() -> Live:
    """Return a cohort whose coordinator kept some apart, and took one of them back."""
    live = proposed()
    for pair in (("ugle", "alk"), ("ugle", "mejse")):
        vetoes(live, pair)
    allows(live, "ugle", "alk")
    live.approve()
    live.until(live.now + dt.timedelta(days=2))
    return live


LIVED = {
    "facts-v3.jsonl": nominated,
    "facts-v4.jsonl": changed,
    "facts-v5.jsonl": rearranged,
    "facts-v6.jsonl": written_to,
    "facts-v7.jsonl": vetoed,
}
"""By the name of a history, what was lived through to write it."""


if __name__ == "__main__":
    lived = LIVED[sys.argv[1]]()
    told = lived.history()
    target = GOLDEN / sys.argv[1]
    target.write_text(to_lines(told), "utf-8")
    revisions = lived.memory.cohorts[lived.cohort].frozen
    beside = kept(lived.unit.store, lived.cohort, revisions)
    target.with_suffix(".kept.json").write_text(json.dumps(beside), "utf-8")
    target.with_suffix(".txt").write_text(shown(fold(State(), told)), "utf-8")
