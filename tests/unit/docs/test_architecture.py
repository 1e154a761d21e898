"""Does the page of the architecture name what the code has?"""

from typing import get_args

from engine.actions.model import Effect
from engine.spec.activities import ACTIVITIES
from engine.spec.keywords import keyword_of
from tests.unit.docs.pages import ROOT, code, page, rows, section

PAGE = page("docs/architecture.md")


def test_every_kind_of_activity_has_its_actions_told() -> None:
    table = rows(section(PAGE, "Actions and effects"))

    told = {word for row in table for word in code(row[0])}

    assert told == set(map(keyword_of, ACTIVITIES))


def test_every_effect_of_an_action_is_told() -> None:
    told = code(section(PAGE, "Actions and effects"))

    assert [one.__name__ for one in get_args(Effect) if one.__name__ not in told] == []


def test_every_package_of_ours_has_its_place_in_the_layout() -> None:
    layout = section(PAGE, "The layout, and who imports whom")
    packages = [
        path.parent.name
        for top in ("engine", "integrations", "flows")
        for path in sorted((ROOT / top).glob("*/__init__.py"))
    ]

    assert [name for name in packages if name not in layout] == []
