"""Of a variant each fault is told once, in the file that has it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.checks import check_programme
from engine.spec.faults import Fault, in_order
from engine.spec.programme import Programme
from engine.spec.reading import document_of, read, reading_of
from engine.spec.variants import Base, resolved
from tests.unit.checks.test_mended import KEY, WRONG
from tests.unit.spec.test_golden_variants import GOLDEN

BASE = (GOLDEN / "base.yaml").read_text(encoding="utf-8")
VARIANT = """stafet: 1
programme: short
extends: base
leave out: [change of questions of evaluation final, column strengths, match pair,
  phase intro, meeting conversation]
title: {en: Short}
people:
  wishes: {type: people}
phases:
  - phase: meetings
    from: kick-off
    activities:
      - gathering: kick-off
        lasts: 4 hours
      - gathering: lunch
        after: kick-off
        title: {da: Frokost, en: Lunch}
        when: 3 months after kick-off
        starts: 12:00
        lasts: 1 hour
  - phase: closing
    activities:
      - evaluation: final
        open for: 7 days
        questions:
          more:
            ask: {da: Mere?, en: More?}
            words: free
"""


def lines(text: str) -> list[int]:
    """Return which lines of a file have a key."""
    return [n for n, line in enumerate(text.splitlines()) if KEY.fullmatch(line)]


def changed(text: str, number: int, replacement: str) -> str:
    """Return a file with another key or value in a line."""
    all_ = text.splitlines()
    all_[number] = KEY.sub(replacement, all_[number])
    return "\n".join(all_) + "\n"


def faults(variant: str, base: str) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """Return what is wrong with the form of a variant, and everything."""

    def find(name: str) -> Base:
        reading = read(base, source=name, model=Programme)
        return reading.mended, reading.faults

    document = resolved(document_of(variant, source="short"), find)
    reading = reading_of(document, Programme)
    checked = check_programme(reading)
    return reading.faults, in_order([*reading.faults, *checked])


def test_the_variant_has_no_fault() -> None:
    assert faults(VARIANT, BASE) == ((), ())


@given(st.sampled_from(lines(BASE)), st.sampled_from(WRONG))
def test_a_wrong_value_of_the_base_is_told_there_alone(number: int, value: str) -> None:
    base = changed(BASE, number, rf"\1\2: {value}")
    of_base = read(base, source="base", model=Programme).faults

    of_form, everything = faults(VARIANT, base)

    if of_base:
        assert of_form == everything == of_base


@given(st.sampled_from(lines(VARIANT)[3:]), st.sampled_from(WRONG))
def test_a_wrong_value_of_the_variant_is_told_there(number: int, value: str) -> None:
    # What is new and incomplete may have a bad name too.
    assume(value != "qq qq" or "- " not in VARIANT.splitlines()[number])
    variant = changed(VARIANT, number, rf"\1\2: {value}")

    of_form, everything = faults(variant, BASE)

    assert {fault.source for fault in of_form} <= {"short"}
    if of_form:
        assert everything == of_form
