"""What a text says as YAML 1.2, and where its values stand."""

import json
import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.composing import compose
from engine.spec.positions import Document, Mark, Plain
from engine.spec.refusals import LARGEST

GOLDEN = Path(__file__).parents[2] / "golden" / "faults"

SPEC = """\
# The first line.
stafet: 1
title: {da: Forløb, en: Course}
phases:
  - phase: "kick-off"
    until:
    text: |
      Dear all
      again
  -
"""

LOOKALIKES = """no yes on off NO y 10:30 2027-11-17 2027-11-17T13:00
    1_000 0b1 0o8 0x 1.2.3 -x + . e3 nan tRUE =x"""

printable = st.characters(
    exclude_categories=["C", "Zl", "Zp"], exclude_characters="\xa0"
)
words = st.text(printable, max_size=20)
keys = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=20)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
    | st.sampled_from(["no", "yes", "on", "10:30", "2027-11-17", "0o7", "1e3", "~"])
)
values = st.recursive(
    scalars, lambda of: st.lists(of, max_size=5) | st.dictionaries(keys, of, max_size=5)
)
paths = st.lists(
    st.sampled_from(["stafet", "title", "da", "phases", "phase", "until", "text"])
    | st.integers(min_value=-1, max_value=3),
    max_size=4,
).map(tuple)


class Quoting(yaml.SafeDumper):
    """Dumps every text in quotes, so that no version of YAML reads it as more."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


Quoting.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, '"'),
)


def document(text: str) -> Document:
    return compose(text, source="a.yaml")


def plain(text: str) -> Plain:
    read = document(f"value: {text}")
    assert read.faults == ()
    return read.plain["value"]


@pytest.mark.parametrize("text", LOOKALIKES.split())
def test_what_only_looks_like_another_value_is_text(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("False", False),
        ("", None),
        ("~", None),
        ("NULL", None),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("010", 10),
        ("0o10", 8),
        ("0xfF", 255),
        ("1.", 1.0),
        (".5", 0.5),
        ("-1.5e-3", -0.0015),
        ("1e3", 1000.0),
        ("-.inf", -math.inf),
    ],
)
def test_words_have_the_values_of_yaml_1_2(text: str, expected: Plain) -> None:
    found = plain(text)

    assert (found, type(found)) == (expected, type(expected))


def test_not_a_number_is_a_number() -> None:
    found = plain(".nan")

    assert isinstance(found, float)
    assert math.isnan(found)


def test_digits_without_end_are_text() -> None:
    assert plain("9" * 5000) == "9" * 5000


def test_what_is_in_quotes_is_text() -> None:
    assert plain("\"1\"\nother: '~'") == "1"


def test_a_key_is_text_whatever_it_looks_like() -> None:
    read = document("2027: a\ntrue: b\nno: c\n1.50: d\n")

    assert read.plain == {"2027": "a", "true": "b", "no": "c", "1.50": "d"}


def test_a_byte_order_mark_before_the_text_is_nothing() -> None:
    read = document("\ufeffa: 1\n")

    assert (read.plain, read.locate(("a",))) == ({"a": 1}, Mark(1, 4, 1))


def test_a_file_that_is_too_large_is_refused() -> None:
    read = document("a: 1\n#" + "a" * LARGEST)

    assert [fault.problem for fault in read.faults] == ["the file is larger than 1 MB"]


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ((), Mark(2, 1, 6)),
        (("stafet",), Mark(2, 9, 1)),
        (("title",), Mark(3, 8, 24)),
        (("title", "en"), Mark(3, 25, 6)),
        (("phases",), Mark(5, 3, 19)),
        (("phases", 0), Mark(5, 5, 5)),
        (("phases", 0, "phase"), Mark(5, 12, 10)),
        (("phases", 0, "until"), Mark(6, 5, 5)),
        (("phases", 0, "text"), Mark(7, 11, 1)),
        (("phases", 1), Mark(10, 3, 1)),
    ],
)
def test_a_value_stands_where_it_is_written(
    path: tuple[str | int, ...], mark: Mark
) -> None:
    assert document(SPEC).locate(path) == mark


def test_a_key_stands_before_its_value() -> None:
    assert document(SPEC).locate(("title", "en"), key=True) == Mark(3, 21, 2)


def test_of_a_path_too_long_the_nearest_value_is_meant() -> None:
    assert document(SPEC).locate(("title", "nb", 3), key=True) == Mark(3, 8, 24)


def test_a_value_is_known_as_the_file_has_it() -> None:
    read = document(SPEC)

    assert read.written(("phases", 0, "phase")) == '"kick-off"'
    assert read.value(("phases", 0, "phase")) == "kick-off"
    assert read.value(("phases", 7, "phase")) is None


def test_a_later_check_tells_its_fault_at_the_key() -> None:
    fault = document(SPEC).fault(("title", "en"), "no", "write nb", key=True)

    assert (fault.line, fault.column, fault.width) == (3, 21, 2)
    assert fault.excerpt == "title: {da: Forløb, en: Course}"


@given(values)
def test_what_is_dumped_as_json_reads_back_the_same(value: Plain) -> None:
    text = json.dumps({"value": value}, ensure_ascii=False)

    read = document(text)

    assert (read.faults, read.plain) == ((), {"value": value})


@given(values)
def test_what_is_dumped_as_yaml_reads_back_the_same(value: Plain) -> None:
    text = yaml.dump({"value": value}, Dumper=Quoting, allow_unicode=True)

    read = document(text.replace("!!int ", "").replace("!!float ", ""))

    assert (read.faults, read.plain) == ((), {"value": value})


@given(path=paths, key=st.booleans(), cut=st.integers(0, len(SPEC)))
def test_every_place_is_inside_the_text(
    path: tuple[str | int, ...],
    key: bool,  # noqa: FBT001 - hypothesis passes it by name.
    cut: int,
) -> None:
    read = document(SPEC[:cut])

    mark = read.locate(path, key=key)

    assert 1 <= mark.line <= len(read.sheet.lines)
    assert 1 <= mark.column <= mark.column + mark.width - 1
    assert mark.column + mark.width - 1 <= max(1, len(read.sheet.lines[mark.line - 1]))


@pytest.mark.parametrize("case", sorted(GOLDEN.iterdir()), ids=lambda case: case.name)
def test_the_parser_in_python_reads_the_same(case: Path) -> None:
    text = (case / "input.yaml").read_bytes().decode()

    in_c = document(text)
    in_python = compose(text, source="a.yaml", loader=yaml.SafeLoader)

    assert (in_python.plain, in_python.faults) == (in_c.plain, in_c.faults)
