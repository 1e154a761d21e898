"""The schemas by which editors complete: current, described, and never too strict."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from engine.spec.cohort import Cohort
from engine.spec.composing import compose
from engine.spec.phrasebook import PATTERNS, pattern_of
from engine.spec.positions import Document
from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.spec.schema import SCHEMAS, Schema, programme_schema, schema_of, schema_text
from engine.spec.shapes import example_of
from engine.spec.spans import Written
from tests.unit.checks.shipped import edited
from tests.unit.checks.test_golden_checks import CASES as CHECKS
from tests.unit.checks.test_golden_checks import edits
from tests.unit.docs.reference import parts
from tests.unit.spec.test_golden_faults import CASES as FAULTS
from tests.unit.spec.test_golden_faults import Programme as Small
from tests.unit.spec.test_golden_variants import CASES as VARIANTS
from tests.unit.spec.test_golden_variants import GOLDEN

ROOT = Path(__file__).parents[3]
SPECS = ROOT / "specs"
COHORT, PROGRAMME = schema_of(Cohort), programme_schema()

UNSEEN = {
    "fault-of-a-validator",
    "wide-characters-and-a-long-line",
    "wide-characters-and-tabs",
    "word-or-phrase",
}
"""Cases whose values only a validator refuses, of which a schema knows nothing."""


def refused(schema: Schema, document: Document) -> bool:
    """Return whether editors of either generation underline something."""
    told = [
        not validator(schema).is_valid(document.plain)
        for validator in (Draft7Validator, Draft202012Validator)
    ]
    assert told[0] == told[1]
    return told[0]


def schemas(within: Any) -> Iterator[Schema]:  # noqa: ANN401 - any part of JSON.
    """Yield every schema that describes a mapping."""
    for inner in within.values() if isinstance(within, dict) else within:
        if isinstance(inner, dict | list):
            yield from schemas(inner)
    if isinstance(within, dict) and "properties" in within:
        yield within


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_beside_the_specs_is_current(name: str) -> None:
    there = (SPECS / name).read_text(encoding="utf-8")

    assert there == schema_text(name), "write it anew: stafet schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_description(name: str) -> None:
    bare = [
        key
        for schema in schemas(SCHEMAS[name]())
        for key, of in schema["properties"].items()
        if not of.get("description")
    ]

    assert bare == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_itself_is_one(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name]())
    Draft202012Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("path", sorted(SPECS.glob("**/*.yaml")), ids=str)
def test_a_shipped_file_names_its_schema_and_is_accepted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    modeline = re.fullmatch(
        r"# yaml-language-server: \$schema=(\S+)", text.splitlines()[0]
    )
    assert modeline
    schema = json.loads((path.parent / modeline[1]).read_text(encoding="utf-8"))

    assert not refused(schema, compose(text, source=str(path)))


@pytest.mark.parametrize("case", sorted(CHECKS.iterdir()), ids=lambda case: case.name)
def test_no_file_is_refused_that_can_be_read(case: Path) -> None:
    texts = edited(edits(case))
    models: Mapping[str, tuple[type[BaseModel], Schema]] = {
        "programme": (Programme, PROGRAMME),
        "cohort": (Cohort, COHORT),
    }

    for file, (model, schema) in models.items():
        reading = read(texts[file], source=file, model=model)
        if not reading.faults:
            assert not refused(schema, reading.document)


@pytest.mark.parametrize("case", sorted(FAULTS.iterdir()), ids=lambda case: case.name)
def test_a_fault_of_form_is_refused_unless_the_form_is_that_of_the_yaml(
    case: Path,
) -> None:
    text = (case / "input.yaml").read_bytes().decode()
    reading = read(text, source="programme.yaml", model=Small)
    of_meaning = set(reading.faults) - set(reading.document.faults)

    if of_meaning:
        seen = refused(schema_of(Small), reading.document)
        assert seen is (case.name not in UNSEEN)


@pytest.mark.parametrize("case", VARIANTS, ids=lambda case: case.name)
def test_a_variant_need_not_repeat_anything(case: Path) -> None:
    document = compose((case / "programme.yaml").read_text("utf-8"), source=case.name)
    if document.faults:
        return

    # What is refused in them is told by the schema or only by `stafet check`.
    of_form = {
        "after-without-a-base",
        "base-of-no-name",
        "faults-in-both",
        "items-that-are-no-phases",
        "key-of-an-inherited-value-misspelt",
        "key-of-extends-misspelt",
        "keyword-of-an-inherited-activity-misspelt",
        "kinds-of-value-that-cannot-merge",
        "left-out-in-words",
        "left-out-of-nothing",
        "left-out-that-is-not-there",
        "no-name-of-its-own",
    }
    assert refused(PROGRAMME, document) is (case.name in of_form)


def test_the_common_base_of_variants_is_accepted() -> None:
    text = (GOLDEN / "base.yaml").read_text(encoding="utf-8")

    assert not refused(PROGRAMME, compose(text, source="base"))


def phrases() -> dict[str, type[Written]]:
    """Return every kind of phrase that the files know, by name."""
    found: dict[str, type[Written]] = {}
    waiting = Written.__subclasses__()
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting += kind.__subclasses__()
    return found


def known_phrases() -> list[str]:
    """Return every text of the shipped specs and of the examples of the models."""
    texts: list[str] = []
    for path in sorted(SPECS.glob("**/*.yaml")):
        texts += _texts(compose(path.read_text(encoding="utf-8"), source="x").plain)
    for part in parts():
        texts += _texts([example_of(field) for field in part.model_fields.values()])
    page = (ROOT / "docs" / "spec.md").read_text(encoding="utf-8")
    return sorted({*texts, *re.findall(r"`([^`\n]+)`", page)})


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for of in value.values() for text in _texts(of)]
    if isinstance(value, list | tuple):
        return [text for of in value for text in _texts(of)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_refuses_no_phrase_that_is_understood(name: str) -> None:
    kind, pattern = phrases()[name], pattern_of(name)
    assert pattern
    understood = []
    for phrase in known_phrases():
        try:
            understood += [phrase, str(kind.parse(phrase)), f" {phrase}  "]
        except PydanticCustomError:
            continue

    assert understood
    assert [one for one in understood if not re.search(pattern, one)] == []


@given(
    st.sampled_from(("a", "an", "one", "12", "twelve", "3")),
    st.sampled_from(("minute", "hours", "day", "weeks", "months", "year")),
    st.sampled_from(("{}", "{} to 12 weeks", "about {}", "2 - {}", "{} before")),
)
def test_a_pattern_takes_every_way_to_count(count: str, unit: str, form: str) -> None:
    phrase = form.format(f"{count} {unit}")

    for name, kind in phrases().items():
        pattern = pattern_of(name)
        try:
            kind.parse(phrase)
        except PydanticCustomError:
            continue
        assert pattern is None or re.search(pattern, phrase), name
