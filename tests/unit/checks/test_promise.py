"""What passes the checks has a year."""

from hypothesis import given
from hypothesis import strategies as st

from engine.checks.years import NOWHERE
from engine.frozen import freeze
from engine.ids import CohortId
from engine.record import Record
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read
from engine.state import State
from engine.timeline.kinds import compile_timeline
from engine.timeline.model import Timeline
from tests.unit.checks.shipped import all_faults, shipped

MOMENTS = [
    "kick-off",
    "closing",
    "the cohort's closing",
    "3 months after kick-off",
    "1 week before closing",
    "2 hours after workshop 3",
    "3 days after workshop 4",
    "2 weeks before workshop",
    "3 days after each workshop",
    "1 day after each after-workshop",
    "1 week after the 2nd held conversation",
    "4 weeks after pair",
    "2 weeks after mentees",
    "1 day after final",
    "1 day after handover",
    "30 months after closing",
]
SPANS = ["2 days", "5 weeks", "2 months", "1 year", "0 days", "20 hours"]
EDITS = [
    *(
        (f"{key}: ", f"{key}: {moment}")
        for key in ("when", "from", "until", "open", "ask")
        for moment in MOMENTS
    ),
    *(
        (f"{key}: ", f"{key}: {span}")
        for key in ("lasts", "about every", "open for", "then every", "for how long")
        for span in SPANS
    ),
    *(("first: ", f"first: within 3 weeks of {moment}") for moment in MOMENTS[:2]),
]


def year_of(texts: dict[str, str]) -> Timeline:
    programme = read(texts["programme"], source="", model=Programme).checked()
    cohort = read(texts["cohort"], source="", model=Cohort).checked()
    record = Record(
        id=CohortId(""),
        installation=NOWHERE,
        frozen=freeze(programme, cohort, {}),
        people={},
        state=State(),
    )
    return compile_timeline(record)


@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 20)), min_size=1, max_size=3
    )
)
def test_a_spec_without_a_fault_has_a_year(
    edits: list[tuple[tuple[str, str], int]],
) -> None:
    texts = shipped()
    for (old, new), which in edits:
        lines = texts["programme"].splitlines()
        places = [n for n, line in enumerate(lines) if line.strip("- ").startswith(old)]
        place = places[which % len(places)]
        lines[place] = lines[place].partition(old)[0] + new
        texts["programme"] = "\n".join(lines)

    if not all_faults(texts):
        assert year_of(texts).occurrences
