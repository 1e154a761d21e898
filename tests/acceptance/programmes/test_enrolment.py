"""Enrolment in the shipped cohorts, whose deadline a break may move."""

from datetime import timedelta

import pytest

from engine.spec.activities import Nomination
from tests.acceptance.programmes.shipped import COHORTS, matched, spec

DAYS = {"week": 7, "month": 30}


@pytest.mark.parametrize("name", sorted(COHORTS))
def test_a_break_takes_a_week_of_enrolment_at_the_most(name: str) -> None:
    for _, activity in spec(name).activities():
        if isinstance(activity, Nomination):
            (one,) = matched(name).timeline.of(activity.slug)
            meant = activity.for_how_long.count * DAYS[activity.for_how_long.unit]

            assert one.ends - one.starts > timedelta(days=meant - 7)
