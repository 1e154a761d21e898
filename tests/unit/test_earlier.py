"""What people had in the cohorts before, and what that means for their matches."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from engine.commands.proposing import solution_for
from engine.matching import word
from engine.problems import problem
from engine.record import Record
from engine.state import State
from tests.fakes.cohorts import PEOPLE, Live, matched, person, recorded, small_files

TWICE = "      - mentor: at most 2 years running\n"
REQUIRE = "    require:\n"
NOW = dt.datetime(2027, 2, 20, 9, tzinfo=dt.UTC)


def record(earlier: Sequence[State], *, rule: str = TWICE, **years: int) -> Record:
    """Return the small cohort before its matches, after others."""
    people = [
        replace(
            one, values={**one.values, "years running as mentor": years.get(one.id)}
        )
        for one in PEOPLE
    ]
    head = "  capacity: {type: number}\n"
    told = {
        REQUIRE: REQUIRE + rule,
        head: head + "  years running as mentor: {type: number}\n",
    }
    of = recorded(small_files(told, people=people)).record
    return replace(of, earlier=tuple(earlier))


def pairs(of: Record) -> list[tuple[str, ...]]:
    """Return the ids of each pair that would be proposed."""
    return [
        tuple(of.people[one].id for those in match.members.values() for one in those)
        for match in solution_for(of, "pair").matches
    ]


def with_only(state: State, mentor: str) -> State:
    """Return the state in which nobody else was a mentor."""
    kept = {id_: one for id_, one in state.matches.items() if mentor in one.people}
    return replace(state, matches=kept)


@pytest.fixture(scope="module")
def last() -> State:
    """Return where a cohort stands in which all had a match."""
    return matched().state


def test_nobody_is_a_mentor_for_a_third_year_running(last: State) -> None:
    falk = matched().person("falk")

    assert pairs(record([last])) == [("falk", "mejse"), ("ugle", "alk")]
    of = record([last, with_only(last, falk)])
    assert pairs(of) == [("ugle", "alk"), ("ugle", "mejse")]
    (left,) = solution_for(of, "pair").unmatched
    assert (of.people[left.person].id, left.cause) == ("falk", "nobody allowed")


def test_a_year_of_rest_begins_anew(last: State) -> None:
    none = replace(last, matches={})

    assert len(pairs(record([none, last, last]))) == 2
    assert pairs(record([last, none, last])) == [("falk", "mejse"), ("ugle", "alk")]


def test_a_column_of_the_participants_file_tells_the_years_where_it_has_them(
    last: State,
) -> None:
    of = record([last, last], falk=2)

    assert pairs(of) == [("falk", "mejse")]


def test_the_reason_says_which_year_it_is(last: State) -> None:
    of = record([last])

    told = [
        word(reason, language)
        for language in ("en", "da", "nb")
        for reason in solution_for(of, "pair").matches[0].reasons
        if reason.clause.sentence == "at most 2 years running"
    ]
    assert told == [
        "year 2 running as mentor",
        "2. år i træk som mentor",
        "2. år på rad som mentor",
    ]


def test_a_match_that_came_to_nothing_was_no_year(last: State) -> None:
    live = matched()
    alk = live.match_of("alk")
    unconfirmed = replace(alk, confirmed={}, dissolved=True)
    ended = replace(alk, dissolved=True, ended=NOW)

    for kept, waits in ((unconfirmed, {live.person("alk")}), (ended, set())):
        state = replace(last, matches={**last.matches, alk.id: kept})
        assert problem(record([state]), "pair").waited == waits


def test_whoever_was_left_out_last_time_goes_first_where_the_spec_says_so(
    last: State,
) -> None:
    mejse = matched().match_of("mejse").id
    state = replace(
        last, matches={id_: one for id_, one in last.matches.items() if id_ != mejse}
    )
    aim = "    confirm: mentor first, then mentee\n"
    first = {aim: "    aim: [everyone matched, left out last time first]\n" + aim}
    for told, chosen in (({}, "alk"), (first, "mejse")):
        people = [
            person("ugle", values={"wishes": (), "capacity": 1}),
            person("falk", values={"wishes": (), "capacity": 0}),
            *PEOPLE[2:],
        ]
        of = recorded(small_files(told, people=people)).record
        of = replace(of, earlier=(state,))
        waited = problem(of, "pair").waited

        assert waited == {matched().person("mejse")}
        assert pairs(of) == [("ugle", chosen)]


def test_whoever_left_last_time_was_not_left_out(last: State) -> None:
    mejse = matched().person("mejse")
    state = replace(
        last,
        matches={},
        enrolled={**last.enrolled, mejse: ()},
    )
    some = replace(state, matches={one.id: one for one in [matched().match_of("alk")]})

    assert problem(record([state]), "pair").waited == frozenset()
    assert problem(record([some]), "pair").waited == frozenset()


def test_a_cohort_knows_all_those_before_it_by_who_follows_whom() -> None:
    live = matched()
    for year in (2028, 2029):
        told = {
            "cohort: 2027": f"cohort: {year}\nfollows: {year - 1}",
            "2027-03-03": f"{year}-03-01",
        }
        alone = {"        together with: kick-off of the next cohort\n": ""}
        files = small_files(alone, told)
        live = Live(
            memory=live.memory,
            unit=live.unit,
            renderer=live.renderer,
            now=live.now,
            cohort=files.id,
        )
        live.apply(files)

    assert [len(one.matches) for one in live.record.earlier] == [0, 2]
    assert live.record.previous is live.record.earlier[0]
