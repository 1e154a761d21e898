"""A cohort's files, read, checked and frozen: what every command begins with."""

from pathlib import Path

from engine.checks import check_cohort, check_programme
from engine.commands.apply import Files
from engine.frozen import freeze
from engine.people import Participant
from engine.spec.faults import Fault, SpecError
from engine.spec.programme import Programme
from engine.spec.reading import Reading
from engine.spec.rows import RowsError, participants
from integrations.people.csv_files import read_rows, render_faults
from integrations.spec_files import (
    CohortFiles,
    built_in_texts,
    cohort_files,
    is_cohort,
    read_programme,
)


class PeopleError(Exception):
    """A participants file with refused rows; nothing of it is used."""


def load(path: Path) -> Files:
    """Return a cohort's files, ready to be put into force.

    Raises:
        SpecError: With every fault of the spec files.
        PeopleError: With every refused row.
    """
    files = cohort_files(path)
    people, told = _people(files)
    faults = _checked(files, people)
    if told:
        raise PeopleError(
            "\n".join([*(str(SpecError(faults)) for _ in faults[:1]), told])
        )
    if faults:
        raise SpecError(faults)
    programme, cohort = files.programme.checked(), files.cohort.checked()
    return Files(
        id=files.id,
        frozen=freeze(programme, cohort, built_in_texts()),
        people=people or (),
    )


def check(path: Path) -> str:
    """Return everything that is wrong with a file, or nothing.

    Of a cohort file its programme and its people are looked at too.
    """
    try:
        if is_cohort(path):
            load(path)
            return ""
        reading = read_programme(path)
        faults = reading.faults or (*_wordless(reading), *check_programme(reading))
        return str(SpecError(faults)) if faults else ""
    except (SpecError, PeopleError) as error:
        return str(error)


def _checked(
    files: CohortFiles, people: tuple[Participant, ...] | None
) -> tuple[Fault, ...]:
    return (
        *_wordless(files.programme),
        *check_programme(files.programme),
        *check_cohort(files.cohort, files.programme, people),
    )


def _wordless(programme: Reading[Programme]) -> tuple[Fault, ...]:
    """Return a fault for each language that Stafet has no words in."""
    known = built_in_texts()
    return tuple(
        programme.document.fault(
            ("languages", index),
            f"mails cannot be written in {language!r} yet",
            f"known: {', '.join(known)}",
        )
        for index, language in enumerate(programme.checked().languages)
        if language not in known
    )


def _people(files: CohortFiles) -> tuple[tuple[Participant, ...] | None, str]:
    """Return the participants, or what is wrong with their rows."""
    try:
        rows = read_rows(files.people, source=files.people_source)
        return participants(rows, programme=files.programme.checked()), ""
    except RowsError as error:
        return None, render_faults(files.people_source, error.faults)
