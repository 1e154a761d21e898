"""Who of a match meets, as the series of their meetings says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.company import Company, companies, company_of
from engine.ids import MatchId, PersonId
from engine.matches import Match
from engine.state import State

MENTOR, MENTEES = PersonId("p1"), tuple(PersonId(f"p{n}") for n in (2, 3, 12))
GROUP = Match(
    id=MatchId("group-1"),
    kind="group",
    members={"mentor": (MENTOR,), "mentee": MENTEES},
    points=0,
    approved=dt.datetime(2027, 2, 3, tzinfo=dt.UTC),
)
STATE = State(matches={GROUP.id: GROUP})


def test_all_of_a_match_meet_in_its_own_series() -> None:
    (company,) = companies(GROUP, None)

    assert company.series == "group-1"
    assert company.people == (MENTOR, *MENTEES)
    assert company.members == GROUP.members
    assert company_of(STATE, "group-1") == company


def test_one_by_one_each_meets_those_of_the_other_roles_alone() -> None:
    found = companies(GROUP, "mentee")

    assert [one.series for one in found] == ["group-1/p2", "group-1/p3", "group-1/p12"]
    assert [one.people for one in found] == [(MENTOR, one) for one in MENTEES]
    assert found[2].members == {"mentor": (MENTOR,), "mentee": (MENTEES[2],)}
    assert found[0].without(MENTEES[0]) == (MENTOR,)


@given(role=st.sampled_from(["mentor", "mentee", None]))
def test_a_series_leads_back_to_who_meets_in_it(role: str | None) -> None:
    for company in companies(GROUP, role):
        assert company_of(STATE, company.series) == company
        assert company_of(STATE, company.series, match=GROUP.id) == company


@pytest.mark.parametrize(
    "series", ["", "group-2", "workshop-1", "group-1/p9", "group-2/p2", "group-1/p2/p3"]
)
def test_what_is_no_series_of_a_match_has_no_company(series: str) -> None:
    assert company_of(STATE, series) is None


@pytest.mark.parametrize("series", ["", "group-meeting-2"])
def test_work_between_two_meetings_is_for_all_of_its_match(series: str) -> None:
    assert company_of(STATE, series, match=GROUP.id) == Company(match=GROUP)
