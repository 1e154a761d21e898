"""Does an editor complete and underline spec files by our schema?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.editor import Editor, Underlined, editor

SPECS = Path(__file__).parents[2] / "specs"
PROGRAMME = SPECS / "aarhus-leadership" / "programme.yaml"
COHORT = SPECS / "aarhus-leadership" / "cohorts" / "2027.yaml"
TEXT = PROGRAMME.read_text(encoding="utf-8")
MODELINE = TEXT.splitlines()[0]


@pytest.fixture(scope="module")
def opened() -> Iterator[Editor]:
    with editor() as one:
        yield one


def line_of(text: str, words: str) -> int:
    """Return the number of the first line with these words."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize("path", sorted(SPECS.glob("**/*.yaml")), ids=str)
def test_nothing_is_underlined_in_a_shipped_spec(opened: Editor, path: Path) -> None:
    assert opened.open(path, path.read_text(encoding="utf-8")) == ()


def test_faults_are_underlined_where_they_are(opened: Editor) -> None:
    broken = TEXT.replace("hold the date: at once", "hold the dat: at once", 1)
    broken = broken.replace("holidays: DK", "holidays: SE")
    broken = broken.replace("open for: 3 weeks", "open for: 3 weks")

    told = opened.open(PROGRAMME.with_name("broken.yaml"), broken)

    assert told == (
        Underlined(
            line_of(broken, "SE"), 'Value is not accepted. Valid values: "DK", "NO".'
        ),
        Underlined(
            line_of(broken, "the dat:"), "Property hold the dat is not allowed."
        ),
        Underlined(
            line_of(broken, "weks"),
            "Not as Stafet writes it. "
            "A length of time, such as `2 weeks`, `90 minutes` or `a month`.",
        ),
    )


def test_a_value_missing_in_a_cohort_is_underlined(opened: Editor) -> None:
    text = COHORT.read_text(encoding="utf-8").replace(
        "  name: Camilla Koordinator\n", ""
    )

    (told,) = opened.open(COHORT.with_name("broken.yaml"), text)

    assert told.why == 'Missing property "name".'


def test_the_keys_that_an_activity_still_lacks_are_offered(opened: Editor) -> None:
    path = PROGRAMME.with_name("typing.yaml")
    line = line_of(TEXT, "- gathering: kick-off") + 1
    lines = TEXT.splitlines()
    lines.insert(line - 1, "        ")
    opened.open(path, "\n".join(lines))

    offered = opened.offered(path, line=line, column=9)

    assert {"editions", "starts", "together with"} <= set(offered)
    assert {"lasts", "questions", "then every"}.isdisjoint(offered)


def test_the_words_that_a_key_may_hold_are_offered(opened: Editor) -> None:
    path = PROGRAMME.with_name("choosing.yaml")
    line = line_of(TEXT, "holidays: DK")
    opened.open(path, TEXT.replace("holidays: DK", "holidays: "))

    offered = opened.offered(path, line=line, column=len("  holidays: ") + 1)

    assert {"DK", "NO"} <= {word.strip('"') for word in offered}


def test_an_editor_shows_what_a_key_means(opened: Editor) -> None:
    opened.open(PROGRAMME, TEXT)

    shown = opened.shown(PROGRAMME, line=line_of(TEXT, "reply to"), column=4)

    assert "Who gets the answer to a mail" in shown


def test_a_variant_needs_not_repeat_what_it_extends(opened: Editor) -> None:
    text = f"""{MODELINE}
stafet: 1
programme: shorter
extends: aarhus-leadership
leave out: [evaluation good-start]
phases:
  - phase: meetings
    activities:
      - meeting: conversation
        then every: 8 weeks
        """
    path = SPECS / "shorter" / "programme.yaml"

    told = opened.open(path, text)
    offered = opened.offered(path, line=11, column=9)

    assert told == ()
    assert {"after", "lasts", "with"} <= set(offered)
