"""Who of a gathering is put into groups, on which days, and who is kept apart."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Members
from engine.grouping import apart_of, balance_of, coming, dates_of
from engine.ids import OccurrenceId
from engine.record import Record
from tests.fakes.cohorts import Live, matched, proposed, recorded, small_files

KICK_OFF = OccurrenceId("kick-off-1")
KIND = ("pair",)
LASTING = {"lasts: 3 hours": "lasts: 3 days\n        ends: 16:00"}


def having(live: Live, members: Members) -> Record:
    """Return the same with one match, of these people."""
    match = next(iter(live.state.matches.values()))
    only = {match.id: replace(match, members=members, dissolved=False)}
    return replace(live.record, state=replace(live.state, matches=only))


def ids(live: Live, *roles: str) -> list[str]:
    """Return who comes to the kick-off, by id."""
    standing = live.standing
    found = coming(standing.record, standing.timeline, KICK_OFF, roles=roles)
    return sorted(one.id for one in found)


def test_whoever_has_declined_is_in_no_group() -> None:
    live = recorded()
    before = ids(live)
    live.until(dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC))

    live.accept("kick-off-1", "ugle", "declined")

    assert "ugle" in before
    assert ids(live) == [one for one in before if one != "ugle"]


def test_with_roles_only_who_has_one_of_them_is_in_a_group() -> None:
    live = recorded()

    mentors, mentees = ids(live, "mentors"), ids(live, "mentees")

    assert mentors == sorted(
        one.id for one in live.record.participants if "mentor" in one.roles
    )
    assert ids(live, "mentors", "mentees") == sorted({*mentors, *mentees})
    assert ids(live, "everyone") == ids(live)


def test_a_role_that_nobody_has_is_refused() -> None:
    with pytest.raises(RefusedError, match='did you mean "mentors"'):
        ids(recorded(), "mentor s")


def test_the_days_are_those_that_the_gathering_lasts() -> None:
    standing = recorded(small_files(LASTING)).standing

    found = dates_of(standing.record, standing.timeline, KICK_OFF)

    assert len(found) == 3
    assert found[0] == standing.timeline.occurrences[KICK_OFF].starts.date()


def test_columns_count_once_or_as_often_as_is_told() -> None:
    record = recorded().record

    assert balance_of(record, ["department", "language = 2"]) == {
        "department": 1,
        "language": 2,
    }


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("departmnt", "there is no column 'departmnt'; did you mean \"department\"?"),
        ("department=0", "'0' is no weight; write, for example, department=2"),
        (
            "wishes",
            "a cell of wishes may hold several, nothing can balance it; leave it out",
        ),
    ],
)
def test_a_column_that_cannot_be_balanced_is_refused(
    written: str, problem: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        balance_of(recorded().record, [written])

    assert str(refused.value) == problem


def test_the_mentor_and_the_mentee_of_a_match_are_kept_apart() -> None:
    live = matched()

    found = apart_of(live.record, ["pair"])

    assert found == {frozenset(one.people) for one in live.state.matches.values()}


def test_nobody_can_be_kept_apart_before_there_are_matches() -> None:
    with pytest.raises(RefusedError, match="there is no pair yet"):
        apart_of(proposed().record, ["pair"])


def test_of_a_group_its_mentor_sits_apart_and_the_mentees_may_sit_together() -> None:
    live = matched()
    mentor, *mentees = (one.person for one in live.record.participants)

    found = apart_of(
        having(live, {"mentor": (mentor,), "mentee": tuple(mentees)}), KIND
    )

    assert found == {frozenset((mentor, one)) for one in mentees}


def test_buddies_sit_apart_though_they_have_one_role() -> None:
    live = matched()
    one, other, *_ = (each.person for each in live.record.participants)

    found = apart_of(having(live, {"mentor": (one, other)}), KIND)

    assert found == {frozenset((one, other))}
