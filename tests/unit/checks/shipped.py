"""The shipped spec with a few edits, and all that is wrong with it then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.checks import check_cohort, check_programme
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.faults import Fault, in_order
from engine.spec.programme import Programme
from engine.spec.reading import Reading, read
from engine.spec.rows import RowsError, participants
from integrations.people import read_rows

FOLDER = Path(__file__).parents[3] / "specs" / "aarhus-leadership"
FILES = {
    "programme": "programme.yaml",
    "cohort": "cohorts/2027.yaml",
    "people": "cohorts/participants.csv",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A text to replace, wherever it stands in a file.

    Attributes:
        file: `programme`, `cohort` or `people`.
    """

    file: str
    old: str
    new: str


def shipped() -> dict[str, str]:
    """Return the text of each shipped file."""
    return {
        file: (FOLDER / path).read_text(encoding="utf-8")
        for file, path in FILES.items()
    }


def edited(edits: Sequence[Edit]) -> dict[str, str]:
    """Return the shipped files with the edits, each of which has to change them."""
    texts = shipped()
    for edit in edits:
        assert edit.old in texts[edit.file], edit
        texts[edit.file] = texts[edit.file].replace(edit.old, edit.new)
    return texts


def readings(texts: Mapping[str, str]) -> tuple[Reading[Programme], Reading[Cohort]]:
    """Return the two spec files as they are read."""
    folder = "aarhus-leadership"
    return (
        read(texts["programme"], source=f"{folder}/programme.yaml", model=Programme),
        read(texts["cohort"], source=f"{folder}/cohorts/2027.yaml", model=Cohort),
    )


def all_faults(texts: Mapping[str, str]) -> tuple[Fault, ...]:
    """Return what reading and checking find in the three files."""
    programme, cohort = readings(texts)
    people = enrolled(texts["people"], programme)
    checked = (
        *check_programme(programme),
        *check_cohort(cohort, programme, people),
    )
    assert len({(one.source, one.path, one.problem) for one in checked}) == len(checked)
    return in_order([*programme.faults, *cohort.faults, *checked])


def enrolled(
    text: str, programme: Reading[Programme]
) -> tuple[Participant, ...] | None:
    """Return who stands in a people file; None where it cannot be used."""
    if programme.mended.value is None:
        return None
    try:
        rows = read_rows(text.encode(), source="participants.csv")
        return participants(rows, programme=programme.mended.value)
    except RowsError:
        return None
