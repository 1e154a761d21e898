"""What holds for the shipped programme with other people, another day and country."""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.proposing import solution_for
from engine.commands.sketch import sketch
from tests.acceptance.programmes.own_calendar import (
    DAY,
    is_open,
    last_open,
    months,
    next_open,
    weeks,
)
from tests.acceptance.programmes.perturbed import (
    CAPACITY,
    DAY_ONE,
    IN_COUNTRY,
    MENTEES,
    MENTORS,
    Other,
)
from tests.acceptance.programmes.shipped import Times, audience, times
from tests.acceptance.programmes.test_moved import aarhus
from tests.acceptance.programmes.test_names import NAMES


def expected(kick_off: dt.date, country: str) -> Mapping[str, list[Times]]:
    """Return when everything is that has a date, worked out from what the spec says."""
    workshops, (closing,) = aarhus(kick_off, country).values()

    def opened(day: dt.date, open_for: dt.timedelta) -> Times:
        """Return what opens in the morning and closes on a working day."""
        day = next_open(day, country)
        return f"{day} 08:00", f"{last_open(day + open_for, country)} 23:59"

    def morning(day: dt.date) -> Times:
        at = f"{next_open(day, country)} 08:00"
        return at, at

    return {
        "mentees": [opened(months(kick_off, -4), 42 * DAY)],
        "pair-matching": [morning(weeks(kick_off, -4))],
        "other-department": [morning(weeks(kick_off, -1))],
        "kick-off": [(f"{kick_off} 13:00", f"{kick_off} 16:00")],
        "workshop": [(f"{day} 13:00", f"{day} 16:00") for day in workshops],
        # Two hours after four o'clock, nobody is written to before the next morning.
        "after-workshop": [opened(day + DAY, 10 * DAY) for day in workshops],
        "handover": [opened(weeks(closing, -10), 21 * DAY)],
        "closing": [(f"{closing} 13:00", f"{closing} 17:00")],
        "final": [opened(closing + DAY, 14 * DAY)],
    }


@st.composite
def others(draw: st.DrawFn) -> Other:
    """Draw names in any script, and a day of the kick-off that is open."""
    country = draw(st.sampled_from(sorted(IN_COUNTRY)))
    moved = DAY_ONE + DAY * draw(st.integers(-1500, 1500))
    return Other(
        names=draw(st.lists(NAMES, min_size=5, max_size=12)),
        kick_off=next_open(moved, country),
        country=country,
    )


@settings(max_examples=60)
@given(other=others())
def test_every_date_is_where_the_spec_says_for_other_people_days_and_countries(
    other: Other,
) -> None:
    files = other.load()

    year = sketch(files)

    told = expected(other.kick_off, other.country)
    assert {name: times(year, name) for name in told} == told
    assert all(
        is_open(dt.date.fromisoformat(start[:10]), other.country)
        for found in told.values()
        for start, _ in found
    )
    mentors = {f"m{number}" for number in range(MENTORS)}
    mentees = {f"t{number}" for number in range(MENTEES)}
    assert (
        audience(year, "closing") == audience(year, "kick-off") == [mentors | mentees]
    )
    workshops = [mentors | mentees, mentees, mentors]
    assert audience(year, "workshop") == workshops[: len(told["workshop"])]
    assert {one.id: one.name for one in files.people} == {
        row["id"]: unicodedata.normalize("NFC", row["name"]).strip()
        for row in other.rows()
    }


@settings(max_examples=3)
@given(names=st.lists(NAMES, min_size=5, max_size=12))
def test_forty_mentees_have_a_mentor_each_whatever_their_names(
    names: list[str],
) -> None:
    other = Other(names=names, kick_off=DAY_ONE, country="NO")
    record = sketch(other.load()).record

    solution = solution_for(record, "pair")

    pairs = [
        [
            record.people[one]
            for role in ("mentor", "mentee")
            for one in match.members[role]
        ]
        for match in solution.matches
    ]
    taken = Counter(mentor.id for mentor, _ in pairs)
    plain = Other(names=["Nn Nn"], kick_off=DAY_ONE, country="NO")
    assert sorted(mentee.id for _, mentee in pairs) == sorted(
        f"t{number}" for number in range(MENTEES)
    )
    assert all(mentor.department != mentee.department for mentor, mentee in pairs)
    assert max(taken.values()) <= CAPACITY
    assert solution == solution_for(sketch(plain.load()).record, "pair")
