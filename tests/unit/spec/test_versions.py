"""A file in a version of the spec language that is not known is not guessed at."""

import pytest

from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read

UNKNOWN_KEYS = "programe: x\nphases: 5\n"


@pytest.mark.parametrize("model", [Programme, Cohort])
def test_of_a_file_in_a_later_version_only_that_is_told(
    model: type[Programme] | type[Cohort],
) -> None:
    faults = read(f"stafet: 2\n{UNKNOWN_KEYS}", source="x", model=model).faults

    assert [(one.line, one.column, one.problem, one.remedy) for one in faults] == [
        (
            1,
            9,
            "version 2 of the spec language is not known here",
            "install a later Stafet; or write `stafet: 1` if the file is in version 1",
        )
    ]


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("0", "the number 0"),
        ("-1", "the number -1"),
        ("1.1", "the number 1.1"),
        ("1.0", "the number 1.0"),
        ('"1.1"', "text '1.1'"),
        ('"1"', "text '1'"),
        ("one", "text 'one'"),
        ("true", "true"),
        ("", "nothing"),
        ("[1]", "a list"),
    ],
)
def test_what_is_no_version_is_told_with_what_to_write(
    version: str, found: str
) -> None:
    faults = read(f"stafet: {version}\n", source="x", model=Programme).faults

    (told,) = (one for one in faults if one.path == ("stafet",))
    assert (told.problem, told.remedy) == (
        f"expected the version of the spec language, found {found}",
        "write `stafet: 1`; a version is a whole number, without quotes",
    )


def test_a_file_without_a_version_is_told_what_to_write() -> None:
    faults = read("programme: x\n", source="x", model=Programme).faults

    told = [one.remedy for one in faults if one.problem == "missing `stafet`"]
    assert told == ["write, for example, `stafet: 1`"]
