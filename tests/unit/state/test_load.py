"""How much somebody has taken on, year by year."""

import datetime as dt

from engine.load import Load, loads
from tests.fakes.changes import confirm_in_turn, drop, rematch, replace
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import Live, begun, proposed, small_files

DAY = dt.timedelta(days=1)


def loaded(live: Live, id_: str) -> list[tuple[str, int]]:
    """Return the roles that somebody had, and in how many matches."""
    found = loads(live.record, live.person(id_), live.history())
    return [(one.role, one.matches) for one in found]


def test_a_match_counts_once_all_have_said_yes() -> None:
    asked, agreed = proposed(), begun()
    asked.approve()

    assert loaded(asked, "ugle") == [("mentor", 0)]
    assert list(loads(agreed.record, agreed.person("ugle"), agreed.history())) == [
        Load(cohort=agreed.cohort, year=2027, role="mentor", matches=1)
    ]


def test_a_match_that_was_given_up_counts_for_both_who_were_in_it() -> None:
    live = begun()
    live.apply(small_files(people=(*PEOPLE, person("krage"))))

    replace(live, live.match_of("alk").id, "ugle", "krage")

    assert loaded(live, "ugle") == loaded(live, "krage") == [("mentor", 1)]


def test_whoever_has_left_had_it_all_the_same_and_a_second_match_is_one_more() -> None:
    live = begun()
    spare = person("spurv", roles=("mentee",), department="Teknik")
    live.apply(small_files(people=(*PEOPLE, spare)))
    drop(live, "alk")
    rematch(live)
    live.approve()
    confirm_in_turn(live)

    assert loaded(live, "alk") == [("mentee", 1)]
    assert loaded(live, "spurv") == [("mentee", 1)]
    assert loaded(live, "ugle") == [("mentor", 2)]


def test_the_coordinator_has_no_load() -> None:
    assert loaded(begun(), "coordinator") == []
