"""Histories of earlier releases, read and folded by today's code, for ever.

`tests/golden/facts` holds one file for each release that changed how facts are stored.
They are never written anew. A later history is added beside them by

    .venv/bin/python -m tests.unit.state.test_golden_facts facts-v3.jsonl
"""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from engine.facts import Event, Fact, decode, kind_of, to_lines
from engine.state import State, fold
from tests.fakes.cohorts import Live
from tests.fakes.histories import kept
from tests.fakes.nomination_files import nomination_files
from tests.fakes.nominations import opened

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


if __name__ == "__main__":
    lived = nominated()
    told = lived.history()
    target = GOLDEN / sys.argv[1]
    target.write_text(to_lines(told), "utf-8")
    revisions = lived.memory.cohorts[lived.cohort].frozen
    beside = kept(lived.unit.store, lived.cohort, revisions)
    target.with_suffix(".kept.json").write_text(json.dumps(beside), "utf-8")
    target.with_suffix(".txt").write_text(shown(fold(State(), told)), "utf-8")
