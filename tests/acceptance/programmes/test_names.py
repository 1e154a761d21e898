"""The people of the shipped programmes under names in any script."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.apply import Files
from engine.commands.proposing import solution_for
from engine.commands.sketch import sketch
from flows.rehearsal.year import beginning, rehearse
from tests.acceptance.conftest import parsed
from tests.acceptance.programmes.shipped import files, kinds, proposal

LETTERS = st.characters(categories=("L", "M", "Nd"))
WORDS = st.text(LETTERS, min_size=1, max_size=30)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
SCRIPTS = (
    "Øystein Ærlig",
    "Ķērst Łukasz-Ñandú",
    "Αγγελική Παπαδοπούλου",
    "Владимир Ильич",
    "محمد عبد الله",
    "שרה כהן",
    "王小明",
    "ゆうこ サトウ",
    "अनिता शर्मा",
    "Nguyễn Thị Phương",
    "𐐔𐐯𐑅𐐨𐑉𐐯𐐻 Ωmega",
    'Anna "Bo" O\'Hara, Jr.',
)


@pytest.mark.parametrize("name", ["aalborg-leaders", "group-mentoring"])
@settings(max_examples=15)
@given(told=st.lists(NAMES, min_size=30, max_size=30))
def test_a_name_changes_nobodys_match(name: str, told: list[str]) -> None:
    record = sketch(named(files(name), told)).record

    for kind in kinds(record):
        assert solution_for(record, kind) == proposal(name, kind)


def test_mail_carries_names_in_every_script(tmp_path: Path) -> None:
    cohort = named(files("aalborg-leaders"), SCRIPTS * 2)
    began = beginning(cohort)

    rehearse(cohort, mail=tmp_path, seed=1, until=began)

    messages = [parsed(path.read_bytes()) for path in tmp_path.iterdir()]
    told = {
        one.display_name
        for message in messages
        for one in message["To"].addresses
        if one.addr_spec != cohort.frozen.cohort.coordinator.email
    }
    assert told == set(SCRIPTS)
    texts = [text_of(message) for message in messages]
    for name in SCRIPTS:
        assert any(name.split()[0] in text for text in texts), name


def named(told: Files, names: tuple[str, ...] | list[str]) -> Files:
    """Return the same people under other names, in their order."""
    people = [
        replace(one, name=name) for one, name in zip(told.people, names, strict=False)
    ]
    return replace(told, people=(*people, *told.people[len(people) :]))


def text_of(message: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
