"""Does the page of the outputs say what a rehearsal really writes?"""

import ast
import datetime as dt
import inspect
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from engine import documents
from engine.commands.apply import prepare
from engine.distribution import Portion
from engine.facts import Event, Pairing
from engine.plan_document import plan_document
from engine.spec.activities import ACTIVITIES
from engine.spec.keywords import keyword_of
from flows.loading import load
from flows.rehearsal.outputs import OUTPUTS, write_outputs
from flows.rehearsal.year import beginning, rehearse
from flows.starter import write_starter
from tests.fakes.cohorts import APPLIED, recorded, small_files
from tests.unit.docs.pages import code, headings, keys, page, rows, section

PAGE = page("docs/outputs.md")
TODAY = dt.date(2027, 8, 2)


@dataclass(frozen=True)
class Written:
    """What a small rehearsal wrote."""

    folder: Path

    def json(self, name: str) -> Any:  # noqa: ANN401  # What JSON may hold.
        """Return a document."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Rehearse the first weeks of the starter, until its matches are approved."""
    folder = tmp_path_factory.mktemp("rehearsal")
    _, cohort, *_ = write_starter(folder / "specs", "small", today=TODAY)
    files = load(cohort)
    until = beginning(files) + dt.timedelta(days=30)
    rehearsed = rehearse(files, mail=folder / "out" / "mail", seed=1, until=until)
    write_outputs(rehearsed, folder / "out")
    return Written(folder / "out")


def test_every_file_that_is_written_is_documented(written: Written) -> None:
    named = (code(words) for level, words in headings(PAGE) if level == 2)
    told = [words[0] for words in named if words]

    assert set(told) == set(OUTPUTS)
    assert set(keys(PAGE)) == set(OUTPUTS)
    assert {path.name for path in written.folder.iterdir()} <= set(OUTPUTS)


def test_every_key_of_the_timeline_is_documented(written: Written) -> None:
    first, *_ = written.json("timeline.json")

    assert list(first) == keys(section(PAGE, "`timeline.json`"))


def test_every_key_of_the_matches_is_documented(written: Written) -> None:
    document = written.json("matches.json")
    match, *_ = document["matches"]

    assert list(document) == keys(section(PAGE, "`matches.json`"))
    assert list(match) == keys(section(PAGE, "Match"))
    assert list(document["summary"]["pair"]) == keys(section(PAGE, "Summary"))


def test_every_key_of_the_distribution_is_documented() -> None:
    assert [one.name for one in fields(Portion)] == keys(section(PAGE, "Distribution"))


def test_every_key_of_somebody_without_a_match_is_documented() -> None:
    source = ast.parse(inspect.getsource(documents._summary))  # noqa: SLF001
    comprehensions = (n for n in ast.walk(source) if isinstance(n, ast.ListComp))
    (element,) = (n.elt for n in comprehensions if isinstance(n.elt, ast.Dict))
    found = [key.value for key in element.keys if isinstance(key, ast.Constant)]

    assert found == keys(section(PAGE, "Unmatched"))


def test_mails_and_calendars_are_called_as_documented(written: Written) -> None:
    kinds = {path.name.split("-")[1] for path in (written.folder / "mail").iterdir()}
    feeds = {path.name for path in (written.folder / "calendars").iterdir()}

    assert kinds <= set(keys(section(PAGE, "`mail`")))
    assert (written.folder / "mail" / "0001-invitation-ash.eml").exists()
    assert "ash.ics" in feeds


def test_every_key_of_the_envelope_is_documented(written: Written) -> None:
    lines = (written.folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    told = {kind: set(body) for kind, body in documented_kinds()}

    facts = [json.loads(line) for line in lines]

    assert list(facts[0]) == keys(section(PAGE, "Envelope"))
    assert [one for one in facts if set(one["body"]) != told[one["kind"]]] == []


def test_every_kind_of_fact_is_documented_with_its_fields() -> None:
    assert documented_kinds() == [
        (kind.__name__.lower(), [field.name for field in fields(kind)])
        for kind in Event.__args__
    ]


def test_what_a_proposed_match_holds_is_documented() -> None:
    table = rows(section(PAGE, "Kinds"))
    (told,) = (row[2] for row in table if code(row[0]) == ["proposed"])

    assert [field.name for field in fields(Pairing)] == code(told)[1:]


def test_every_status_that_the_code_gives_is_documented() -> None:
    source = ast.parse(inspect.getsource(documents))
    functions = [
        node
        for node in ast.walk(source)
        if isinstance(node, ast.FunctionDef)
        and node.name in {"status_of", "_meeting_status"}
    ]
    given = {
        leaf.value
        for function in functions
        for statement in ast.walk(function)
        if isinstance(statement, ast.Return)
        for leaf in _results(statement.value)
    }

    assert given == set(keys(section(PAGE, "Status")))


def test_every_keyword_of_an_activity_is_a_documented_kind() -> None:
    (told,) = (
        row[1]
        for row in rows(section(PAGE, "`timeline.json`"))
        if code(row[0]) == ["kind"]
    )

    assert code(told) == list(dict.fromkeys(map(keyword_of, ACTIVITIES)))


def test_every_stage_and_answer_of_a_fact_is_told() -> None:
    choices = {
        choice
        for kind in Event.__args__
        for annotation in inspect.get_annotations(kind).values()
        if getattr(annotation, "__origin__", None) is Literal
        for choice in get_args(annotation)
    }

    assert choices <= set(code(section(PAGE, "Kinds")))


def documented_kinds() -> list[tuple[str, list[str]]]:
    """Return each kind of fact on the page with the fields of its body."""
    table = rows(section(PAGE, "Kinds"))
    return [(code(kind)[0], code(body)) for kind, body, _ in table]


def _results(value: ast.expr | None) -> list[ast.Constant]:
    """Return what an expression may come to, where it chooses between constants."""
    if isinstance(value, ast.IfExp):
        return [*_results(value.body), *_results(value.orelse)]
    return [value] if isinstance(value, ast.Constant) else []


def test_every_key_of_a_plan_is_documented() -> None:
    live = recorded()
    live.until(APPLIED + dt.timedelta(days=1))
    later = {"starts: 13:00\n        lasts: 3": "starts: 14:00\n        lasts: 3"}
    found = prepare(live.unit, small_files(later), now=live.now)

    document = plan_document(found.after.record, found.plan, now=live.now)

    told = section(PAGE, "A plan")
    (people,) = (row[1] for row in rows(told) if code(row[0]) == ["people"])
    assert list(document) == keys(told)
    assert list(document["changes"][0]) == keys(section(PAGE, "Change"))
    assert list(document["mails"][0]) == keys(section(PAGE, "Planned mail"))
    assert list(document["people"][0]) == code(people)
