"""Programme, cohort and participants, read from the files that coordinators edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from engine.ids import CohortId
from engine.letters.texts import flatten
from engine.spec.cohort import Cohort
from engine.spec.faults import Fault, SpecError
from engine.spec.programme import Programme
from engine.spec.reading import Reading, read

PROGRAMME_FILE = "programme.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortFiles:
    """The files of one cohort, read and without a fault of their own.

    Attributes:
        people: The participants file's bytes.
        people_source: Its name, as the coordinator knows it.
    """

    programme: Reading[Programme]
    cohort: Reading[Cohort]
    people: bytes
    people_source: str

    @property
    def id(self) -> CohortId:
        """The cohort as the files name it."""
        cohort = self.cohort.checked()
        return CohortId(f"{cohort.programme}/{cohort.cohort}")


def read_programme(path: Path) -> Reading[Programme]:
    """Return a programme file with its faults."""
    return read(_text(path), source=_shown(path), model=Programme)


def read_cohort(path: Path) -> Reading[Cohort]:
    """Return a cohort file with its faults."""
    return read(_text(path), source=_shown(path), model=Cohort)


def cohort_files(path: Path) -> CohortFiles:
    """Return the files of a cohort.

    Raises:
        SpecError: With every fault of the two spec files.
    """
    cohort = read_cohort(path)
    programme = read_programme(path.parent.parent / PROGRAMME_FILE)
    if faults := (*programme.faults, *cohort.faults):
        raise SpecError(faults)
    people = path.parent / cohort.checked().people
    if not people.is_file():
        fault = cohort.document.fault(
            ("people",), f"there is no file {people.name}", "people: participants.csv"
        )
        raise SpecError((fault,))
    return CohortFiles(
        programme=programme,
        cohort=cohort,
        people=people.read_bytes(),
        people_source=_shown(people),
    )


class AnswersError(Exception):
    """A file of answers that cannot be read as `question: answer`."""


def read_answers(path: Path) -> Mapping[str, str | int]:
    """Return the answers of a file: a question's name and the answer on each line.

    Raises:
        AnswersError: If it is anything else.
    """
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AnswersError(f"{path}: cannot be read: {error}") from error
    fits = isinstance(loaded, dict) and all(
        isinstance(name, str) and isinstance(given, str | int)
        for name, given in loaded.items()
    )
    if not fits:
        raise AnswersError(f"{path}: write one answer a line, such as useful: 4")
    return dict(loaded)


def is_cohort(path: Path) -> bool:
    """Return whether a spec file tells a cohort, and not a programme."""
    return path.name != PROGRAMME_FILE


@cache
def built_in_texts() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of every mail, by language and name."""
    folder = resources.files("integrations") / "texts"
    return {
        file.name.removesuffix(".yaml"): dict(
            flatten(yaml.safe_load(file.read_text(encoding="utf-8")))
        )
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    }


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault(
            source=_shown(path),
            line=1,
            column=1,
            problem="the file is not UTF-8",
            remedy="save it as UTF-8",
            excerpt="",
        )
        raise SpecError((fault,)) from None


def _shown(path: Path) -> str:
    return str(path)
