"""The files of a small cohort of groups whose mentees each have a talk of their own."""

from collections.abc import Mapping
from functools import cache

from engine.commands.apply import Files
from engine.frozen import freeze
from engine.ids import CohortId
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read
from integrations.spec_files import built_in_texts
from tests.fakes.cohort_files import COHORT, edited
from tests.fakes.companies import MATCHES, PEOPLE, PROGRAMME

TALK = {
    "        then every: 4 to 6 weeks\n": (
        "        times: 1\n        one by one: mentee\n        remind: [after 5 days]\n"
    ),
    "BOOKER": "mentee",
}


def talk_files(edits: Mapping[str, str] | None = None, shape: str = "groups") -> Files:
    """Return the files, with edits of the programme."""
    return _files(tuple((edits or {}).items()), shape)


@cache
def _files(edits: tuple[tuple[str, str], ...], shape: str) -> Files:
    text = edited(PROGRAMME, {"MATCH\n": MATCHES[shape], **TALK})
    text = edited(text, dict(edits))
    programme = read(text, source="programme.yaml", model=Programme).checked()
    cohort = read(COHORT, source="cohort.yaml", model=Cohort).checked()
    return Files(
        id=CohortId("relay/2027"),
        frozen=freeze(programme, cohort, built_in_texts()),
        people=PEOPLE[shape],
    )
