"""Spec files are found from wherever they are named, and never outside their folder."""

import shutil
from pathlib import Path

import pytest

from engine.spec.schema import schema_text
from flows.cli import app
from flows.loading import check, load, resolved_programme
from integrations.spec_files import cohort_files, read_programme

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "specs" / "aarhus-leadership"
VARIANT = """stafet: 1
programme: short
extends: aarhus-leadership
leave out: [evaluation good-start]
phases:
  - phase: meetings
    activities:
      - meeting: conversation
        lasts: 2 hours
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A folder with the shipped programme, a variant, and a cohort of each."""
    folder = tmp_path / "specs"
    shutil.copytree(SHIPPED, folder / "aarhus-leadership")
    short = folder / "short"
    shutil.copytree(SHIPPED / "cohorts", short / "cohorts")
    cohort = short / "cohorts" / "2027.yaml"
    text = cohort.read_text(encoding="utf-8")
    cohort.write_text(text.replace("aarhus-leadership", "short"), encoding="utf-8")
    (short / "programme.yaml").write_text(VARIANT, encoding="utf-8")
    return folder


def problems(path: Path) -> list[str]:
    return [fault.problem for fault in read_programme(path).faults]


def extends(folder: Path, name: str) -> Path:
    """Write a programme that extends another."""
    folder.mkdir()
    path = folder / "programme.yaml"
    text = f"stafet: 1\nprogramme: {folder.name}\nextends: {name}\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_variant_and_its_cohort_have_no_faults(specs: Path) -> None:
    assert check(specs / "short" / "programme.yaml") == ""
    assert check(specs / "short" / "cohorts" / "2027.yaml") == ""


def test_what_is_frozen_is_the_resolved_programme(specs: Path) -> None:
    cohort = specs / "short" / "cohorts" / "2027.yaml"
    frozen = load(cohort).frozen
    programme = specs / "short" / "programme.yaml"
    whole = resolved_programme(programme)

    programme.write_text(whole, encoding="utf-8")

    assert "extends" not in frozen.to_json()
    assert "leave out" not in frozen.to_json()
    assert load(cohort).frozen.to_json() == frozen.to_json()


def test_a_resolved_programme_has_no_faults(specs: Path) -> None:
    programme = specs / "short" / "programme.yaml"
    programme.write_text(resolved_programme(programme), encoding="utf-8")

    assert check(programme) == ""


@pytest.mark.parametrize("where", [".", "short", "short/cohorts"])
def test_files_are_found_from_any_folder(
    specs: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(specs / where)
    up = Path(*[".."] * len(Path(where).parts))
    programme = {
        ".": Path("short/programme.yaml"),
        "short": Path("programme.yaml"),
        "short/cohorts": Path("../programme.yaml"),
    }[where]
    cohort = {
        ".": Path("short/cohorts/2027.yaml"),
        "short": Path("cohorts/2027.yaml"),
        "short/cohorts": Path("2027.yaml"),
    }[where]

    assert (up / "short").is_dir()
    assert problems(programme) == []
    assert cohort_files(cohort).faults == ()


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "..",
        ".",
        "outside/../aarhus-leadership",
        "aarhus-leadership/cohorts",
        "/etc",
    ],
)
def test_a_path_is_not_the_name_of_a_programme(
    specs: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(specs / "aarhus-leadership", tmp_path / "outside")

    (told,) = problems(extends(specs / "other", f'"{name}"'))

    assert told.partition(";")[0] == f"there is no programme '{name}' beside this one"


@pytest.mark.parametrize("linked", ["folder", "file"])
def test_a_link_is_not_followed(specs: Path, tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(specs / "aarhus-leadership", outside)
    if linked == "folder":
        (specs / "linked").symlink_to(outside)
    else:
        (specs / "linked").mkdir()
        (specs / "linked" / "programme.yaml").symlink_to(outside / "programme.yaml")

    told = problems(extends(specs / "other", "linked"))

    assert told == ["'linked' is a link, which is not followed"]


def test_a_circle_of_three_is_told_once(specs: Path) -> None:
    first = extends(specs / "first", "second")
    extends(specs / "second", "third")
    extends(specs / "third", "first")

    assert problems(first) == [
        "this is a circle: 'first' extends 'second' extends 'third' extends 'first'"
    ]


def test_a_circle_further_on_is_told_once(specs: Path) -> None:
    first = extends(specs / "first", "second")
    extends(specs / "second", "third")
    extends(specs / "third", "second")

    assert problems(first) == [
        "this is a circle: 'second' extends 'third' extends 'second'"
    ]


def test_the_documented_example_of_a_variant_is_one(specs: Path) -> None:
    page = (ROOT / "docs" / "spec.md").read_text(encoding="utf-8")
    told = page.partition("### A variant of another programme")[2]
    folder = specs / "short-mentoring"
    folder.mkdir()
    example = told.partition("```yaml\n")[2].partition("```")[0]
    (folder / "programme.yaml").write_text(example, encoding="utf-8")

    assert check(folder / "programme.yaml") == ""


def test_check_shows_a_resolved_programme(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programme = specs / "short" / "programme.yaml"

    told = run("check", "--resolved", str(programme), capsys=capsys)

    assert told == resolved_programme(programme)


def test_a_new_programme_has_its_schemas_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "specs"
    run("new", "fresh", "--folder", str(folder), capsys=capsys)

    for file in sorted((folder / "fresh").glob("**/*.yaml")):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        schema = file.parent / first.partition("$schema=")[2]
        assert schema.resolve().parent == folder
        assert schema.read_text(encoding="utf-8") == schema_text(schema.name)
        assert check(file) == ""


def test_schemas_are_written_anew(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = specs / "cohort.schema.json"
    stale.write_text("{}", encoding="utf-8")

    run("schema", "--folder", str(specs), capsys=capsys)

    assert stale.read_text(encoding="utf-8") == schema_text(stale.name)


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command prints."""
    app(words, result_action="return_value")
    return capsys.readouterr().out
