"""A cohort's files, read, checked and frozen: what every command begins with."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.checks import (
    Sound,
    check_cohort,
    check_programme,
    check_several,
    rows_to_tell,
)
from engine.checks.advice import advice
from engine.commands.apply import Files
from engine.frozen import freeze
from engine.people import Participant
from engine.spec.faults import SpecError, render
from engine.spec.resolving import resolved_text
from engine.spec.rows import RowsError, participants
from engine.spec.twos import recorded
from integrations.people import read_rows, render_faults
from integrations.spec_files import (
    CohortFiles,
    built_in_texts,
    cohort_files,
    is_cohort,
    read_programme,
)


class PeopleError(Exception):
    """A participants file with refused rows; nothing of it is used."""


def load(path: Path, *, people: bytes | None = None) -> Files:
    """Return a cohort's files, ready to be put into force.

    Args:
        path: The cohort file.
        people: What would stand in its participants file; nothing for what does.

    Raises:
        SpecError: With every fault of the spec files.
        PeopleError: With every refused row, and what is wrong with the spec files.
    """
    files = cohort_files(path)
    files = files if people is None else replace(files, people=people)
    everyone, refused = _people(files)
    faults = (
        *files.faults,
        *check_programme(files.programme),
        *check_cohort(files.cohort, files.programme, everyone),
    )
    if refused:
        specs = [str(SpecError(faults)), ""] if faults else []
        raise PeopleError("\n".join([*specs, refused]))
    if faults:
        raise SpecError(faults)
    programme, cohort = files.programme.checked(), files.cohort.checked()
    known = recorded(cohort, everyone or ())
    return Files(
        id=files.id,
        frozen=freeze(programme, known, built_in_texts()),
        people=everyone or (),
    )


def check(path: Path) -> str:
    """Return everything that is wrong with a file, or nothing.

    Of a cohort file its programme and its people are looked at too.
    """
    try:
        if is_cohort(path):
            load(path)
            return ""
    except (SpecError, PeopleError) as error:
        return str(error)
    programme = read_programme(path)
    faults = (*programme.faults, *check_programme(programme))
    return str(SpecError(faults)) if faults else ""


def check_together(paths: Sequence[Path]) -> str:
    """Return what is wrong between cohorts that have no fault of their own, if any is.

    What is no cohort file is passed over, and so is a file that is named twice.
    """
    once = {path.resolve(): path for path in paths if is_cohort(path)}
    if len(once) == 1:
        return ""
    return render(check_several([_sound(path) for path in once.values()]))


def _sound(path: Path) -> Sound:
    files = cohort_files(path)
    people, _ = _people(files)
    return Sound(
        id=files.id,
        cohort=files.cohort,
        programme=files.programme.checked(),
        people=people or (),
    )


def resolved_programme(path: Path) -> str:
    """Return a programme as one file, with comments that say what comes from where.

    Of a cohort file it is that of its programme.
    """
    reading = cohort_files(path).programme if is_cohort(path) else read_programme(path)
    reading.checked()
    return resolved_text(reading.document)


def _people(files: CohortFiles) -> tuple[tuple[Participant, ...] | None, str]:
    """Return the participants if all are known, or what is wrong with their rows."""
    if files.people is None:
        return None, ""
    mended = files.programme.mended
    try:
        rows = read_rows(files.people, source=files.people_source)
        if mended.value is None:
            return None, ""
        return participants(rows, programme=mended.value), ""
    except RowsError as error:
        told = rows_to_tell(error.faults, mended)
        return None, render_faults(files.people_source, told)


def advice_on(path: Path) -> tuple[str, ...]:
    """Return what guides ask of the programme of a file without faults."""
    programme = path.parents[1] / "programme.yaml" if is_cohort(path) else path
    reading = read_programme(programme)
    return tuple(one.shown(str(programme)) for one in advice(reading.checked()))
