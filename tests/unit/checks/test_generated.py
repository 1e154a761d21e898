"""What is told of any programme and its people: each fault once, no clash missed."""

import re
from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings

from engine.checks import check_cohort, check_programme
from engine.commands.sketch import sketch
from engine.spec.activities import Gathering
from engine.spec.cohort import Cohort
from engine.spec.faults import Fault
from engine.spec.programme import Programme
from engine.spec.reading import read
from tests.fakes.generated import Told, as_text, cohorts

_AT_ONCE = re.compile(r"at '([^']+)' and at '([^']+)' at once")
Pair = frozenset[str]


def faults(told: Told) -> Sequence[Fault]:
    source = "generated/programme.yaml"
    programme = read(as_text(told.programme), source=source, model=Programme)
    cohort = read(as_text(told.cohort), source="2027.yaml", model=Cohort)
    return (
        *check_programme(programme),
        *check_cohort(cohort, programme, told.people),
    )


def at_once(told: Told) -> set[Pair]:
    """Return each two activities between which somebody would have to choose."""
    year = sketch(told.files())
    programme = year.record.frozen.programme
    dated = [
        one
        for one in year.timeline.occurrences.values()
        if isinstance(programme.activity(one.slot.activity), Gathering)
    ]
    return {
        frozenset((one.slot.activity, other.slot.activity))
        for one, other in combinations(dated, 2)
        if max(one.starts, other.starts) < min(one.ends, other.ends)
        and set(one.slot.audience).intersection(other.slot.audience)
        and one.slot.activity != other.slot.activity
    }


@settings(max_examples=60)
@given(told=cohorts())
def test_whoever_would_be_at_two_things_at_once_is_told_of_once(told: Told) -> None:
    found = faults(told)

    clashes = [
        frozenset(name.rpartition(" ")[0] or name for name in names)
        for fault in found
        for names in _AT_ONCE.findall(fault.problem)
    ]
    apart = [pair for pair in clashes if len(pair) > 1]
    assert len({(one.source, one.path, one.problem) for one in found}) == len(found)
    assert len(apart) == len(set(apart))
    assert set(apart) == at_once(told)
