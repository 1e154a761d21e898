"""The personal talks of a rehearsed run: one for each mentee, told to nobody else."""

import re
from collections import Counter

import pytest

from engine.facts import Booked, Noticed
from engine.ids import OccurrenceId
from engine.state import State
from tests.acceptance.conftest import RehearsedYear
from tests.fakes.calendars import calendars_in, event_in
from tests.programmes.conftest import Rehearsals

NAME, TALK = "group-three-plus-one", "personal-talk"


@pytest.fixture
def run(rehearsals: Rehearsals) -> RehearsedYear:
    """The whole run, from its introduction to its closing."""
    return rehearsals.of(NAME)


def talks(state: State) -> list[OccurrenceId]:
    """Return the talks that had a time."""
    return [one for one in state.booked if state.allocated[one].activity == TALK]


def took_place(state: State, one: OccurrenceId) -> bool:
    """Return whether a talk was held, as far as anybody told."""
    return state.held.get(one, (one not in state.lapsed, None))[0]


def test_each_mentee_has_had_one_talk_with_their_own_mentor(run: RehearsedYear) -> None:
    state = run.rehearsed.record.state
    had = Counter(
        frozenset(state.announced[one].told.audience)
        for one in talks(state)
        if took_place(state, one)
    )

    own = {
        frozenset((mentor, mentee)): 1
        for match in state.matches.values()
        for mentor in match.members["mentor"]
        for mentee in match.members["mentee"]
    }
    assert had == own
    assert len(own) == 18


def test_a_talk_that_was_not_held_was_booked_again(run: RehearsedYear) -> None:
    state = run.rehearsed.record.state
    failed = [one for one in talks(state) if not took_place(state, one)]

    again = {
        state.allocated[one].series: max(
            state.allocated[other].ordinal
            for other in talks(state)
            if state.allocated[other].series == state.allocated[one].series
        )
        for one in failed
    }

    assert failed
    assert all(
        again[state.allocated[one].series] > state.allocated[one].ordinal
        for one in failed
    )


def test_the_report_has_a_line_for_each_group_and_for_each_two(
    run: RehearsedYear,
) -> None:
    people, state = run.rehearsed.record.people, run.rehearsed.record.state
    page = (run.folder / "report.html").read_text(encoding="utf-8")
    rows = re.findall(
        r'role="rowheader" scope="row">([^<]*)</th>\s*<td[^>]*strip', page
    )

    two = {
        f"{people[mentor].name} &amp; {people[mentee].name}"
        for match in state.matches.values()
        for mentor in match.members["mentor"]
        for mentee in match.members["mentee"]
    }
    assert (len(rows), len(two), two - set(rows)) == (21, 18, set())


def test_the_mentees_booked_them_all(run: RehearsedYear) -> None:
    record = run.rehearsed.record
    asked = {
        fact.event.person
        for fact in run.rehearsed.facts
        if isinstance(fact.event, Noticed) and fact.event.wording == "book-meeting"
    }
    first: dict[OccurrenceId, str] = {}
    for fact in run.rehearsed.facts:
        if isinstance(fact.event, Booked):
            first.setdefault(fact.event.occurrence, fact.actor)

    assert {record.people[one].roles for one in asked} == {("mentee",)}
    assert len(asked) == 18
    assert set(first.values()) == set(asked)


def test_no_mail_of_a_talk_reaches_anybody_else_of_the_group(
    run: RehearsedYear,
) -> None:
    record = run.rehearsed.record
    invited = {
        record.uid(one): {
            record.people[who].email
            for who in record.state.announced[one].told.audience
        }
        for one in talks(record.state)
    }
    reached: dict[str, set[str]] = {uid: set() for uid in invited}
    for path, mail in run.mails.items():
        for calendar in calendars_in(path.read_bytes()):
            uid = str(event_in(calendar)["UID"])
            if uid in reached:
                reached[uid] |= {one.addr_spec for one in mail["To"].addresses}

    assert reached == invited


def test_nobodys_calendar_shows_a_talk_of_others(run: RehearsedYear) -> None:
    record = run.rehearsed.record
    of_talks = {record.uid(one): one for one in talks(record.state)}

    for path in (run.folder / "calendars").glob("*.ics"):
        text = path.read_text(encoding="utf-8").replace("\r\n ", "")
        shown = {
            of_talks[uid] for uid in re.findall(r"UID:(\S+)", text) if uid in of_talks
        }
        theirs = {
            one
            for one in of_talks.values()
            if path.stem
            in {record.people[w].id for w in record.state.announced[one].told.audience}
        }
        assert shown == theirs, path.stem
