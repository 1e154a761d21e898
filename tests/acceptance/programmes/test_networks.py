"""Two peer networks: the shipped programmes against what is told of them."""

from collections import Counter

import pytest

from tests.acceptance.programmes.shipped import (
    audience,
    matched,
    members,
    proposal,
    spec,
    times,
    told,
    with_roles,
)

DIGITAL, FACILITATED = "digital-network", "facilitated-network"
both = pytest.mark.parametrize("name", [DIGITAL, FACILITATED])


@both
def test_six_to_eight_people_are_in_a_network(name: str) -> None:
    sizes = [len(match["member"]) for match in members(name, "network")]

    assert sizes == [7, 7]
    assert str(spec(name).matches["network"].size) == "6 to 8 members"
    assert proposal(name, "network").unmatched == ()


@both
def test_a_network_is_across_employers(name: str) -> None:
    exceptions = 0
    for match in members(name, "network"):
        employers = Counter(one.department for one in match["member"])
        exceptions += sum(count - 1 for count in employers.values())

    assert exceptions <= 3


@both
def test_a_network_meets_every_five_weeks_for_eight_months(name: str) -> None:
    # The next would be on 4 May 2028, two days after the eight months.
    assert times(matched(name), "network-meeting") == [
        (f"{day} 09:00", f"{day} 12:00")
        for day in (
            "2027-10-07",
            "2027-11-11",
            "2027-12-16",
            "2028-01-20",
            "2028-02-24",
            "2028-03-30",
        )
    ]
    assert times(matched(name), "final")[0][0] == "2028-05-02 08:00"


@both
def test_nobody_is_a_mentor(name: str) -> None:
    assert with_roles(name, "mentor", "mentee") == set()
    assert spec(name).matches["network"].roles == ("member",)


def test_the_fixed_consultant_is_at_every_meeting() -> None:
    consultants = with_roles(FACILITATED, "consultant")

    met = audience(matched(FACILITATED), "network-meeting")

    assert [len(people & consultants) for people in met] == [1] * 12
    assert set.union(*met) == with_roles(FACILITATED, "consultant", "member")


def test_the_loosely_attached_consultant_is_on_call_and_at_no_meeting() -> None:
    met = audience(matched(DIGITAL), "network-meeting")

    assert set.union(*met) == with_roles(DIGITAL, "member")
    assert spec(DIGITAL).roles["consultant"].on_call_for == "network"
    assert spec(FACILITATED).roles["consultant"].on_call_for is None


def test_the_one_meets_on_screens_and_the_other_in_one_room() -> None:
    held = {
        (name, activity): told(name, activity).get("held", "in person")
        for name in (DIGITAL, FACILITATED)
        for activity in ("kick-off", "network-meeting")
    }

    assert held == {
        (DIGITAL, "kick-off"): "online",
        (DIGITAL, "network-meeting"): "online",
        (FACILITATED, "kick-off"): "in person",
        (FACILITATED, "network-meeting"): "in person",
    }
