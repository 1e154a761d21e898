"""When people are asked to be at two things at once, in one cohort or in two."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.commands.apply import Files, apply, prepare
from engine.commands.elsewhere import clashes_elsewhere
from engine.commands.sketch import sketch
from engine.ids import CohortId
from engine.timeline.clashes import (
    Clash,
    clashes_between,
    clashes_within,
    engagements,
)
from tests.fakes.circle_files import on_track as on_their_track
from tests.fakes.cohort_files import KICK_OFF, Edits
from tests.fakes.cohorts import Live, matched, recorded, small_files

LUNCH = """\
      - gathering: lunch
        when: {when}
        starts: {starts}
        lasts: 2 hours
        for: {whom}
"""
WALK = """\
      - meeting: walk
        with: pair
        from: kick-off
        every: 2 months
        times: 3
        on: Wednesday
        starts: 14:00
        lasts: 1 hour
"""
AT_HAND = "      - message: read-up\n"
TRACKS = {"matches:\n": "tracks: [north, south]\nmatches:\n"}
Told = tuple[str, str, list[str], int]
"""The first two that are at once, who is asked to both, and how often."""


def with_activity(activity: str, cohort: Edits | None = None) -> Files:
    return small_files({AT_HAND: activity + AT_HAND}, cohort)


def told(clashes: tuple[Clash, ...]) -> list[Told]:
    return [
        (
            clash.one.name,
            clash.other.name,
            sorted(address.partition("@")[0] for address in clash.people),
            clash.times,
        )
        for clash in clashes
    ]


def within(files: Files) -> list[Told]:
    year = sketch(files)
    occurrences = year.timeline.occurrences.values()
    return told(clashes_within(engagements(year.record, occurrences)))


def between(one: Files, other: Files) -> list[Told]:
    years = [sketch(files) for files in (one, other)]
    return told(
        clashes_between(
            *(engagements(it.record, it.timeline.occurrences.values()) for it in years)
        )
    )


@pytest.mark.parametrize(
    ("when", "starts", "whom", "expected"),
    [
        ("closing", "12:00", "mentors", ["falk", "ugle"]),
        ("closing", "16:59", "mentees", ["alk", "mejse"]),
        ("closing", "17:00", "everyone", []),
        ("closing", "11:00", "everyone", []),
        ("8 months after kick-off", "13:00", "everyone", []),
    ],
)
def test_who_is_asked_to_two_things_that_overlap_is_found(
    when: str, starts: str, whom: str, expected: list[str]
) -> None:
    files = with_activity(LUNCH.format(when=when, starts=starts, whom=whom))

    found = within(files)

    assert found == ([("closing", "lunch", expected, 1)] if expected else [])


def test_those_who_have_nobody_in_common_may_be_at_once() -> None:
    # The second workshop is for mentees.
    at = {"  kick-off: 2027": "  lunch: 2027-06-30\n  kick-off: 2027"}

    mentors, mentees = (
        LUNCH.format(when="4 months after kick-off", starts="13:00", whom=whom)
        for whom in ("mentors", "mentees")
    )

    assert within(with_activity(mentors, at)) == []
    assert within(with_activity(mentees, at)) == [
        ("lunch", "workshop 2", ["alk", "mejse"], 1)
    ]


def test_two_activities_are_told_once_however_often_they_are_at_once() -> None:
    found = within(with_activity(WALK))

    everyone = ["alk", "falk", "mejse", "ugle"]
    assert found == [
        ("kick-off", "walk 1", everyone, 1),
        ("walk 2", "workshop 1", everyone, 2),
    ]


def test_people_of_two_tracks_may_be_at_once_and_those_of_none_are_of_both() -> None:
    at = {
        "  kick-off: 2027": "  lunch: 2027-06-29\n  snack: 2027-06-29\n  kick-off: 2027"
    }
    lunches = "".join(
        LUNCH.format(when="kick-off", starts="9:00", whom="mentors").replace(
            "gathering: lunch", f"gathering: {name}\n        track: {track}"
        )
        for name, track in (("lunch", "north"), ("snack", "south"))
    )
    files = small_files({**TRACKS, AT_HAND: lunches + AT_HAND}, at)

    on_track = replace(files, people=tuple(map(on_their_track, files.people)))

    assert within(on_track) == []
    assert within(files) == [("lunch", "snack", ["falk", "ugle"], 1)]


MORE_MATCHES = """\
matches:
  circle:
    shape: groups
    size: 1 to 2 {placed}s to 1 mentor
    roles: [mentor, {placed}]
"""


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ("guest", []),
        ("mentee", [("talk", "walk 1", ["alk", "mejse"], 1)]),
    ],
)
def test_a_mentor_may_be_in_matches_of_one_kind_only(
    placed: str, expected: list[Told]
) -> None:
    talk = """\
      - meeting: talk
        with: circle
        when: kick-off
        starts: 14:00
        lasts: 1 hour
"""
    dated = {
        "  kick-off: 2027": "  talk: 2027-03-09\n  walk 1: 2027-03-09\n  kick-off: 2027"
    }
    kinds = {"matches:\n": MORE_MATCHES.format(placed=placed)}

    files = small_files({**kinds, AT_HAND: WALK + talk + AT_HAND}, dated)

    assert [one for one in within(files) if "talk" in one] == expected


def other_cohort(
    cohort: Edits | None = None, *, addresses: Mapping[str, str] | None = None
) -> Files:
    """Return a cohort of the same programme, with the same people by default."""
    files = small_files(cohort={"cohort: 2027": "cohort: 2028", **(cohort or {})})
    people = tuple(
        replace(
            one,
            id=f"x{one.id}",
            email=(addresses or {}).get(one.id, one.email).upper(),
            values={**one.values, "wishes": ()},
        )
        for one in files.people
    )
    return replace(files, people=people)


STRANGERS = {who: f"{who}@elsewhere.example" for who in ("falk", "alk", "mejse")}


def test_a_person_of_two_cohorts_is_known_by_address_whatever_its_case() -> None:
    found = between(small_files(), other_cohort(addresses=STRANGERS))

    assert found == [
        ("kick-off", "kick-off", ["ugle"], 1),
        ("workshop 1", "workshop 1", ["ugle"], 2),
        ("closing", "closing", ["ugle"], 1),
    ]


def test_a_closing_that_is_the_next_kick_off_is_one_gathering() -> None:
    moved = {"2027-03-03": "2027-12-01"}
    follows = {**moved, "programme: relay\n": "programme: relay\nfollows: 2027\n"}

    assert between(small_files(), other_cohort(moved)) == [
        ("closing", "kick-off", ["alk", "falk", "mejse", "ugle"], 1)
    ]
    assert between(small_files(), other_cohort(follows)) == []


def elsewhere(live: Live, files: Files, *, now: dt.datetime) -> dict[str, list[Told]]:
    found = prepare(live.unit, files, now=now)
    clashes = clashes_elsewhere(live.unit, found, now=now)
    return {cohort: told(those) for cohort, those in clashes.items()}


def test_what_is_to_be_applied_is_held_against_what_is_recorded() -> None:
    live = recorded()

    found = elsewhere(live, other_cohort(addresses=STRANGERS), now=live.now)

    assert found == {
        "relay/2027": [
            ("kick-off", "kick-off", ["ugle"], 1),
            ("workshop 1", "workshop 1", ["ugle"], 2),
            ("closing", "closing", ["ugle"], 1),
        ]
    }


def test_a_cohort_is_not_held_against_itself_nor_against_strangers() -> None:
    live = recorded()
    nobody = {one.id: f"{one.id}@elsewhere.example" for one in small_files().people}

    assert elsewhere(live, small_files(), now=live.now) == {}
    assert elsewhere(live, other_cohort(addresses=nobody), now=live.now) == {}


def test_what_is_over_is_no_clash_any_more() -> None:
    live = recorded()
    apply(live.unit, other_cohort(addresses=STRANGERS), now=live.now)

    found = elsewhere(live, small_files(), now=KICK_OFF + dt.timedelta(days=1))

    assert list(found) == [CohortId("relay/2028")]
    assert [one for one, *_ in found["relay/2028"]] == ["workshop 1", "closing"]


def test_a_meeting_that_a_match_booked_counts_too() -> None:
    live = matched()
    live.until(KICK_OFF + dt.timedelta(days=1))
    live.book("alk", starts=dt.datetime(2027, 3, 10, 12, 30, tzinfo=dt.UTC))

    kick_off = {"2027-03-03": "2027-03-10"}
    found = elsewhere(live, other_cohort(kick_off), now=live.now)

    assert found["relay/2027"][0] == (
        "kick-off",
        "conversation 1",
        ["alk", "ugle"],
        1,
    )
