"""Does the lock hold exactly what pyproject.toml allows?"""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]


def test_the_lock_holds_names_and_exact_versions_and_nothing_else() -> None:
    strange = [line for line in LOCK if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]

    assert strange == []


def test_every_requirement_is_locked_to_a_version_that_it_allows() -> None:
    locked = {
        canonicalize_name(name): version
        for name, version in (line.split("==") for line in LOCK)
    }
    extras = PROJECT["optional-dependencies"].values()
    wanted = [
        Requirement(text)
        for text in [*PROJECT["dependencies"], *(text for e in extras for text in e)]
    ]

    refused = [
        str(requirement)
        for requirement in wanted
        if locked.get(canonicalize_name(requirement.name), "none")
        not in requirement.specifier
    ]

    assert refused == []
