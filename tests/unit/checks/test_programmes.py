"""Checks of programmes that are unlike the shipped one."""

from pathlib import PurePosixPath

import pytest

from engine.checks import check_programme
from engine.spec.faults import render
from engine.spec.programme import Programme
from engine.spec.reading import read

WALKS = """\
stafet: 1
programme: walks
title: {en: Walks}
timezone: Europe/Oslo
languages: [en]
phases:
  - phase: all of it
    activities:
      - gathering: start
        when: the cohort's start
        lasts: 2 hours
      - gathering: walk
        when: 6 weeks after start
        lasts: 90 minutes
        for: participants
      - evaluation: afterwards
        when: 1 day after walk
        open for: 1 week
        questions: {fun: {ask: {en: Was it fun?}, scale: 1-5}}
      - handover: to whoever walks next
        ask: 2 weeks after walk
        open for: 1 week
        question: {en: Which way should they go?}
"""


def told(text: str, *, source: str = "walks/programme.yaml") -> str:
    reading = read(text, source=source, model=Programme)
    return render([*reading.faults, *check_programme(reading)])


def test_a_programme_without_matches_or_phase_edges_has_no_fault() -> None:
    assert told(WALKS) == ""


@pytest.mark.parametrize(
    "source", ["programme.yaml", "../programme.yaml", "<text>", "other/walks.yaml"]
)
def test_a_file_whose_folder_is_not_known_may_have_any_name(source: str) -> None:
    assert PurePosixPath(source).parent.name != "walks"
    assert told(WALKS, source=source) == ""


def test_a_handover_may_be_counted_from_by_its_keyword() -> None:
    text = WALKS.replace("1 day after walk", "1 day after handover")

    assert told(text) == ""


def test_two_handovers_are_one_too_many() -> None:
    _, bar, handover = WALKS.rpartition("      - handover")

    assert "the handover above is called 'handover'" in told(WALKS + bar + handover)


@pytest.mark.parametrize("text", ["stafet: 1\n", "", "a: ["])
def test_of_a_programme_that_says_nothing_nothing_is_checked(text: str) -> None:
    reading = read(text, source="programme.yaml", model=Programme)

    assert check_programme(reading) == ()
