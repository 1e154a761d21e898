"""Programme, cohort and participants, read from the files that coordinators edit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from engine.ids import CohortId
from engine.letters.texts import Wording, flatten
from engine.spec.cohort import Cohort
from engine.spec.faults import Fault
from engine.spec.moments import NAME
from engine.spec.positions import Document, Sheet
from engine.spec.programme import Programme
from engine.spec.reading import Reading, document_of, reading_of
from engine.spec.variants import Base, NoBaseError, resolved
from engine.spec.wording import listed, nearest, quoted

PROGRAMME_FILE = "programme.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortFiles:
    """The files of one cohort, as far as they can be read.

    Attributes:
        people: The participants file's bytes; nothing if it cannot be found.
        people_file: Where it is, or should be.
        people_source: Its name, as the coordinator knows it.
        faults: What is wrong with the form of the spec files, and which are missing.
    """

    programme: Reading[Programme]
    cohort: Reading[Cohort]
    people: bytes | None
    people_file: Path
    people_source: str
    faults: tuple[Fault, ...] = ()

    @property
    def id(self) -> CohortId:
        """The cohort as the files name it."""
        cohort = self.cohort.checked()
        return CohortId(f"{cohort.programme}/{cohort.cohort}")


def read_programme(path: Path, *, below: Sequence[str] = ()) -> Reading[Programme]:
    """Return a programme file with what it extends, and with the faults of both.

    `below` are the programmes that extend it, the one that is asked for first.
    """
    document = _document(path)
    own = path.resolve().parent.name

    def find(name: str) -> Base:
        chain = (*below, own)
        base = read_programme(_beside(path, name, chain), below=chain)
        return base.mended, base.faults

    return reading_of(resolved(document, find), Programme)


def read_cohort(path: Path) -> Reading[Cohort]:
    """Return a cohort file with its faults."""
    return reading_of(_document(path), Cohort)


def cohort_files(path: Path) -> CohortFiles:
    """Return the files of a cohort, with all that is wrong with their form."""
    cohort = read_cohort(path)
    programme = read_programme(_above(path.parent) / PROGRAMME_FILE)
    faults = [*programme.faults, *cohort.faults]
    people, told = path.parent, cohort.mended
    if told.value is not None and not told.is_invented(("people",)):
        people /= told.value.people
        if not people.is_file():
            problem = f"there is no file {told.value.people}"
            remedy = "write, for example, `people: participants.csv`"
            faults.append(told.document.fault(("people",), problem, remedy))
    return CohortFiles(
        programme=programme,
        cohort=cohort,
        people=people.read_bytes() if people.is_file() else None,
        people_file=people,
        people_source=_shown(people),
        faults=tuple(faults),
    )


class AnswersError(Exception):
    """A file of answers that cannot be read as `question: answer`."""


class MessageError(Exception):
    """A file of words that cannot be read as a subject and a text a language."""


def read_answers(path: Path) -> Mapping[str, str | int]:
    """Return the answers of a file: a question's name and the answer on each line.

    Raises:
        AnswersError: If it is anything else.
    """
    loaded = _loaded(path, AnswersError)
    if isinstance(loaded, dict) and all(
        isinstance(name, str) and isinstance(given, str | int)
        for name, given in loaded.items()
    ):
        return loaded
    raise AnswersError(f"{path}: write one answer a line, such as useful: 4")


def read_message(path: Path, subject: str = "") -> Mapping[str, Wording]:
    """Return the words of a message by language: a subject and a text in each.

    With a subject for all of them, a language has nothing but its text.

    Raises:
        MessageError: If it is anything else.
    """
    loaded = _loaded(path, MessageError)
    words = loaded if isinstance(loaded, dict) else {}
    found = {one: _wording(told, subject) for one, told in words.items()}
    good = {str(one): told for one, told in found.items() if told is not None}
    if not found or len(good) < len(found):
        remedy = "write a text a language, such as en: {subject: …, text: …}"
        raise MessageError(f"{path}: {remedy}")
    return good


def _wording(told: object, subject: str) -> Wording | None:
    match told:
        case {"subject": str(own), "text": str(text)}:
            return Wording(subject=subject or own.strip(), text=text)
        case {"text": str(text)} | str(text) if subject:
            return Wording(subject=subject, text=text)
        case _:
            return None


def _loaded(path: Path, error: type[AnswersError | MessageError]) -> object:
    if not path.is_file():
        raise error(f"{path}: there is no such file")
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        raise error(f"{path}: cannot be read: {wrong}") from wrong


def is_cohort(path: Path) -> bool:
    """Return whether a spec file tells a cohort, and not a programme."""
    return path.name != PROGRAMME_FILE


@cache
def built_in_texts() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of every mail, by language and name."""
    folder = resources.files("integrations") / "texts"
    return {
        file.name.removesuffix(".yaml"): dict(
            flatten(
                yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            )
        )
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    }


def _document(path: Path) -> Document:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unreadable(path, "the file is not UTF-8", "save it as UTF-8")
    except FileNotFoundError:
        remedy = f"{PROGRAMME_FILE} stands above the folder of its cohorts"
        return _unreadable(path, "there is no such file", remedy)
    return document_of(text, source=_shown(path))


def _unreadable(path: Path, problem: str, remedy: str) -> Document:
    source = _shown(path)
    fault = Fault(source=source, line=1, column=1, problem=problem, remedy=remedy)
    return Document(Sheet(source, ""), plain={}, faults=(fault,))


def _beside(path: Path, name: str, chain: Sequence[str]) -> Path:
    """Return the file of another programme in the folder of all programmes.

    Raises:
        NoBaseError: If there is none, or it is reached by a link or in a circle.
    """
    folder = _above(path.parent)
    found = folder / name / PROGRAMME_FILE
    known = sorted(one.parent.name for one in folder.glob(f"*/{PROGRAMME_FILE}"))
    others = [one for one in known if one not in chain]
    remedy = f"known: {listed(others, last='and')}" if others else "there is no other"
    if name in chain:
        if len(chain) == 1:
            raise NoBaseError("a programme cannot extend itself", remedy)
        circle = " extends ".join(map(quoted, (*chain[chain.index(name) :], name)))
        raise NoBaseError(
            f"this is a circle: {circle}", "take `extends` out of one of them"
        )
    if not re.fullmatch(NAME, name) or not found.is_file():
        problem = f"there is no programme {quoted(name)} beside this one"
        if guess := nearest(name, others):
            raise NoBaseError(
                f"{problem}; did you mean {quoted(guess)}?", f"write `{guess}`"
            )
        raise NoBaseError(problem, remedy)
    if found.is_symlink() or found.parent.is_symlink():
        problem = f"{quoted(name)} is a link, which is not followed"
        raise NoBaseError(problem, "keep the programme itself in this folder")
    return found


def _above(folder: Path) -> Path:
    """Return the folder that holds a folder, also of `.`."""
    return folder / ".." if folder.name in ("", "..") else folder.parent


def _shown(path: Path) -> str:
    return str(path)
