"""What the rows of a participants file become."""

from collections.abc import Mapping, Sequence
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ids import PersonId
from engine.people import Participant, Value
from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.spec.rows import Row, RowsError, participants

SPEC = """
stafet: 1
programme: birds
title: {en: Birds}
timezone: Europe/Copenhagen
languages: [da, en]
people:
  level:   {type: scale, values: [talent, head of office, director]}
  goals:   {type: tags, up to: 2}
  wishes:  {type: people, up to: 3}
  years:   {type: number}
  remote:  {type: yes or no}
  office:  {type: text}
matches:
  pair: {shape: pairs}
phases: []
"""
PROGRAMME = read(SPEC, source="birds.yaml", model=Programme).checked()
WITHOUT_MATCHES = PROGRAMME.model_copy(update={"matches": {}})

UNTOLD: Mapping[str, Value] = {
    "level": None,
    "goals": (),
    "wishes": (),
    "years": None,
    "remote": None,
    "office": None,
}
COLUMNS = (
    "id",
    "name",
    "email",
    "phone",
    "language",
    "roles",
    "department",
    "manager",
    *UNTOLD,
)
UGLE = {
    "id": "ugle",
    "name": "Ulla Ugle",
    "email": "ulla@example.org",
    "roles": "mentor",
}
FALK = {
    "id": "falk",
    "name": "Frederik Falk",
    "email": "falk@example.org",
    "roles": "mentee",
}
GRAN = {**UGLE, "id": "gran", "email": "gran@example.org"}


def row(line: int, cells: Mapping[str, str], **changes: str) -> Row:
    return Row(line=line, cells={**dict.fromkeys(COLUMNS, ""), **cells, **changes})


def someone(cells: Mapping[str, str], **changes: Value) -> Participant:
    values = {name: changes.pop(name, untold) for name, untold in UNTOLD.items()}
    fields = {"language": "da", **cells, "roles": (cells["roles"],), **changes}
    return Participant(person=PersonId(""), values=values, **fields)  # type: ignore[arg-type]


def read_rows(*rows: Row, programme: Programme = PROGRAMME) -> Sequence[Participant]:
    return participants(rows, programme=programme)


def told(*rows: Row) -> Sequence[str]:
    with pytest.raises(RowsError) as refused:
        read_rows(*rows)
    return [str(fault) for fault in refused.value.faults]


def test_only_an_id_a_name_an_address_and_a_role_must_be_told() -> None:
    assert read_rows(row(2, UGLE)) == (someone(UGLE),)


def test_every_type_of_column_has_its_value() -> None:
    told = row(
        2,
        UGLE,
        phone="+45 00 00 00 01",
        language="en",
        roles="mentor|mentee",
        department="Kultur",
        manager="falk",
        level="director",
        goals="career|cross-department work",
        wishes="falk",
        years="12",
        remote="yes",
        office="Dokk1, 3. sal",
    )

    ugle, _ = read_rows(told, row(3, FALK))

    assert ugle == someone(
        UGLE,
        phone="+45 00 00 00 01",
        language="en",
        roles=("mentor", "mentee"),
        department="Kultur",
        manager="falk",
        level="director",
        goals=("career", "cross-department work"),
        wishes=("falk",),
        years=12,
        remote=True,
        office="Dokk1, 3. sal",
    )


@pytest.mark.parametrize(
    "written",
    [
        "mentor|mentee",
        "mentor, mentee",
        "mentor;mentee",
        "mentor+mentee",
        "mentor mentee",
        "Mentor | mentee | mentor",
    ],
)
def test_roles_are_separated_in_any_usual_way(written: str) -> None:
    (ugle,) = read_rows(row(2, UGLE, roles=written))

    assert ugle.roles == ("mentor", "mentee")


@pytest.mark.parametrize(
    "written",
    ["career|change", "career, change", "; career;change;", "career|change|Career"],
)
def test_tags_count_once_in_the_order_written(written: str) -> None:
    (ugle,) = read_rows(row(2, UGLE, goals=written))

    assert ugle.values["goals"] == ("career", "change")


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("ja", True),
        ("Yes", True),
        ("nej", False),
        ("nei", False),
        ("NO", False),
        ("", None),
    ],
)
def test_yes_and_no_are_told_in_three_languages(
    written: str, *, means: bool | None
) -> None:
    (ugle,) = read_rows(row(2, UGLE, remote=written))

    assert ugle.values["remote"] is means


def test_cells_lose_the_space_around_them_and_are_composed() -> None:
    (ugle,) = read_rows(row(2, UGLE, name="\u00a0Ulla A\u030angstro\u0308m \t"))

    assert ugle.name == "Ulla Ångström"


def test_case_does_not_matter_in_the_header_and_where_words_are_known() -> None:
    cells = {**row(2, UGLE).cells, "level": " Head  of Office", "language": "EN"}
    shouted = Row(line=2, cells={name.upper(): cells[name] for name in cells})

    assert read_rows(shouted) == (someone(UGLE, level="head of office", language="en"),)


@pytest.mark.parametrize(
    ("written", "manager"),
    [
        ("Bo Bøg <bo@example.org>", "Bo Bøg <bo@example.org>"),
        (' "Bøg, Bo"  <bo@example.org>', '"Bøg, Bo" <bo@example.org>'),
        ("Bøg, Bo<bo@example.org>", '"Bøg, Bo" <bo@example.org>'),
        ("Frede <FALK@example.org>", "falk"),
        ("falk", "falk"),
        ("", ""),
    ],
)
def test_a_manager_is_an_id_or_a_name_with_an_address(
    written: str, manager: str
) -> None:
    ugle, _ = read_rows(row(2, UGLE, manager=written), row(3, FALK))

    assert ugle.manager == manager


@given(name=st.text(min_size=1))
def test_the_address_of_any_accepted_manager_can_be_read_again(name: str) -> None:
    try:
        (ugle,) = read_rows(row(2, UGLE, manager=f"{name} <bo@example.org>"))
    except RowsError:
        return

    assert parseaddr(ugle.manager)[1] == "bo@example.org"


def test_without_matches_everybody_is_a_participant() -> None:
    alone = row(2, UGLE, roles="participant")

    assert read_rows(alone, programme=WITHOUT_MATCHES) == (
        someone({**UGLE, "roles": "participant"}),
    )


cells = st.text(max_size=12) | st.sampled_from(
    ["ugle", "falk", "mentor", "en", "a@b.dk", "Bo <a@b.dk>", "2", "ja", "|,;"]
)


@given(st.lists(st.lists(cells, min_size=14, max_size=14), max_size=4))
def test_whatever_stands_in_the_cells_is_read_or_told(table: list[list[str]]) -> None:
    rows = [
        Row(line=line, cells=dict(zip(COLUMNS, of, strict=True)))
        for line, of in enumerate(table, start=2)
    ]

    try:
        accepted = len(read_rows(*rows))
        report = ""
    except RowsError as refused:
        accepted = 0
        report = str(refused)

    assert report.replace("\n", "").isprintable()
    assert accepted == len(rows) or report


@given(st.permutations([UGLE, FALK, GRAN]))
def test_the_order_of_the_rows_changes_only_that_of_the_people(
    order: list[Mapping[str, str]],
) -> None:
    rows = [row(line, of, wishes="") for line, of in enumerate(order, start=2)]

    assert read_rows(*rows) == tuple(someone(of) for of in order)
