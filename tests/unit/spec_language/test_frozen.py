"""Files frozen at apply: stored, read back, and the same for the same content."""

import datetime as dt

import pytest
from pydantic import ValidationError

from engine.commands.apply import Files
from engine.frozen import Frozen, digest, freeze
from engine.spec.activities import Evaluation, Gathering
from engine.spec.programme import Programme
from engine.timeline.zone import UnknownZoneError
from tests.fakes.cohorts import shipped_files, small_files


@pytest.mark.parametrize(
    "files", [small_files(), shipped_files()], ids=["small", "shipped"]
)
def test_what_is_frozen_reads_back_as_the_same(files: Files) -> None:
    stored = files.frozen.to_json()

    again = Frozen.from_json(stored)

    assert again == files.frozen
    assert again.to_json() == stored
    assert again.days == files.frozen.days


def test_the_same_files_have_the_same_digest_and_others_another() -> None:
    digests = [
        digest(files.frozen.to_json())
        for files in (
            small_files(),
            small_files(),
            small_files({"lasts: 4 hours": "lasts: 5 hours"}),
            small_files(cohort={"Town hall": "City hall"}),
        )
    ]

    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_the_calendar_of_a_cohort_covers_the_years_around_its_dates() -> None:
    closed = small_files().frozen.closed

    assert (min(closed).year, max(closed).year) == (2026, 2031)
    assert closed[dt.date(2027, 5, 6)] == "Kristi himmelfartsdag"


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownZoneError):
        small_files({"Europe/Copenhagen": "Europe/Aarhus"})


def test_only_the_texts_of_the_programmes_languages_are_frozen() -> None:
    frozen = small_files().frozen
    texts = {"da": {"a": "b"}, "en": {"a": "c"}, "nb": {"a": "d"}}

    again = freeze(frozen.programme, frozen.cohort, texts)

    assert again.texts == {"da": {"a": "b"}, "en": {"a": "c"}}


def test_an_activity_is_found_by_its_name_and_by_its_slug() -> None:
    programme = shipped_files().frozen.programme

    found = [
        programme.activity(name)
        for name in ("handover", "to the next cohort", "pair-matching", "nothing")
    ]

    assert found[0] is found[1] is not None
    assert found[2] is programme.matching("pair")
    assert found[3] is None


def test_a_programme_is_dumped_as_its_coordinator_wrote_it() -> None:
    programme = shipped_files().frozen.programme

    dumped = programme.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    closing = dumped["phases"][-1]["activities"][1]
    assert closing == {
        "gathering": "closing",
        "title": {"da": "Afslutningsseminar", "en": "Closing seminar"},
        "when": "12 months after kick-off",
        "on": "Wednesday",
        "starts": "13:00",
        "lasts": "4 hours",
        "hold the date": "at once",
        "together with": "kick-off of the next cohort",
    }
    assert Programme.model_validate(dumped) == programme


@pytest.mark.parametrize(
    "gathering",
    [
        {"lasts": "1 hour"},
        {"lasts": "1 hour", "when": "kick-off", "about every": "1 month"},
        {"lasts": "1 hour", "about every": "1 month"},
    ],
    ids=["neither", "both", "a series without an end"],
)
def test_a_gathering_is_one_or_a_series_with_an_end(gathering: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"once or as a series|no end"):
        Gathering.model_validate({"kind": "gathering", "name": "talk", **gathering})


@pytest.mark.parametrize("answer", [{}, {"scale": "1-5", "words": "free"}])
def test_a_question_is_answered_in_one_way(answer: dict[str, str]) -> None:
    asked = {"kind": "evaluation", "name": "final", "when": "closing"}

    with pytest.raises(ValidationError, match="one way"):
        Evaluation.model_validate(
            {
                **asked,
                "open for": "1 week",
                "questions": {"fit": {"ask": {"en": "Fit?"}, **answer}},
            }
        )
