"""Does the page of the spec language say what the models do?"""

import pytest

from engine.letters.texts import OWN_PLACEHOLDERS
from engine.matching import AIMS
from engine.spec.model import LANGUAGES, SpecPart
from engine.spec.spans import Written
from tests.unit.docs.pages import code, page, section
from tests.unit.docs.reference import SPEC, parts, phrases, rewritten, table, title_of

AGAIN = "write the tables anew: python -m tests.unit.docs.reference"


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_every_key_is_documented_with_type_default_and_meaning(
    part: type[SpecPart],
) -> None:
    told = section(page(SPEC), title_of(part))

    assert table(part) in told, AGAIN


def test_writing_the_tables_anew_changes_nothing() -> None:
    assert rewritten(page(SPEC)) == page(SPEC), AGAIN


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.__name__)
def test_every_kind_of_phrase_has_examples_that_are_understood(
    phrase: type[Written],
) -> None:
    examples = code(section(page(SPEC), title_of(phrase)))

    understood = [phrase.parse(" ".join(one.split())) for one in examples]

    assert understood != []


def test_every_aim_language_and_placeholder_is_told() -> None:
    words = [*AIMS, *LANGUAGES, *(f"{{{name}}}" for name in OWN_PLACEHOLDERS)]

    assert [word for word in words if f"`{word}`" not in page(SPEC)] == []
