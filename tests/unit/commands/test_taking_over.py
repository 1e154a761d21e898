"""The others of a match are told who takes over from whom, as fits their number."""

import datetime as dt
from collections import Counter
from dataclasses import replace as replaced

import pytest

from engine.posts import Section
from engine.spec.model import LANGUAGES
from integrations.spec_files import built_in_texts
from tests.fakes.changes import confirm_in_turn, drop, replace
from tests.fakes.cohort_files import PEOPLE, person
from tests.fakes.cohorts import Live, begun, recorded, small_files
from tests.fakes.companies import PEOPLE as COMPANY
from tests.fakes.companies import company_files, somebody
from tests.unit.commands.test_reforming import groups

DAY = dt.timedelta(days=1)
PROPOSED = dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC)
NO_REASON = "Nobody needs to give a reason, so please do not ask for one."
REACH = "Here is how you reach each other."


def pairs() -> Live:
    """Return the small cohort with a mentor beside the pairs."""
    live = begun()
    live.apply(small_files(people=(*PEOPLE, person("krage"))))
    return live


def trios() -> Live:
    """Return trios that go on, and a mentor beside them."""
    files = company_files("trios")
    live = recorded(files)
    live.until(PROPOSED)
    live.approve()
    confirm_in_turn(live)
    spare = somebody("krage", "mentor", department="Harbour")
    live.apply(replaced(files, people=(*COMPANY["trios"], spare)))
    return live


def ids(live: Live, match: str, role: str) -> list[str]:
    """Return who is in a role of a match."""
    members = live.state.matches[match].members[role]  # type: ignore[index]
    return [live.record.people[one].id for one in members]


def told(live: Live, id_: str) -> Section:
    """Return the section of the next letter to somebody that tells who takes over."""
    count = len(live.posts(id_, "letter"))
    live.until(live.now + 2 * DAY)
    sections = (
        section
        for letter in live.posts(id_, "letter")[count:]
        for section in letter.sections
    )
    return next(one for one in sections if "takes over" in one.title)


def test_in_a_pair_it_is_who_takes_over_from_whom() -> None:
    live = pairs()

    replace(live, live.match_of("alk").id, "ugle", "krage")

    section = told(live, "alk")
    assert section.title == "Krage Fugl takes over from Ugle Fugl"
    (said,) = section.paragraphs
    assert said == (
        "From now on you and Krage Fugl are a match: Krage Fugl takes over from Ugle"
        f" Fugl. {NO_REASON} {REACH} What you have booked stays in your calendar."
    )


def test_in_a_trio_it_is_whom_they_meet_and_from_whom_one_takes_over() -> None:
    live = trios()
    match = next(iter(live.state.matches))
    (talent,), (manager,), (mentor,) = (
        ids(live, match, role) for role in ("talent", "manager", "mentor")
    )

    replace(live, match, mentor, "krage", anyway=True)

    names = {one.id: one.name for one in live.record.people.values()}
    section = told(live, talent)
    assert section.title == f"Krage Fugl takes over from {names[mentor]}"
    (said,) = section.paragraphs
    assert said == (
        f"From now on you meet {names[manager]} & Krage Fugl: Krage Fugl takes over"
        f" from {names[mentor]}. {NO_REASON} {REACH} What you have booked stays in your"
        " calendar."
    )


@pytest.mark.parametrize("left", [False, True])
def test_in_a_group_it_is_who_is_one_of_them_instead_of_whom(*, left: bool) -> None:
    live = groups()
    match = live.match_of("e0")
    stays = next(one for one in ids(live, match.id, "mentee") if one != "e0")
    if left:
        drop(live, "e0")
        live.until(live.now + 2 * DAY)

    replace(live, match.id, "e0", "e6", anyway=True)

    section = told(live, stays)
    assert section.title == "E6 Fugl takes over from E0 Fugl"
    (said,) = section.paragraphs
    assert said == (
        f"From now on E6 Fugl is one of you, in place of E0 Fugl. {NO_REASON} The rest"
        f" of you go on as before, and what is in your calendar stays. {REACH}"
    )


def test_who_was_in_a_match_for_some_hours_is_not_told_that_they_are() -> None:
    live = pairs()
    match, count = live.match_of("alk").id, len(live.posts("krage", "letter"))
    replace(live, match, "ugle", "krage")

    replace(live, match, "krage", "ugle")
    live.until(live.now + 2 * DAY)

    told = live.posts("krage", "letter")[count:]
    assert "You are matched with Alk Fugl" not in {
        one.title for post in told for one in post.sections
    }


def titles(live: Live) -> Counter[str]:
    """Return how often what was told in letters."""
    letters = live.posts(kind="letter")
    return Counter(one.title for post in letters for one in post.sections)


def test_a_place_given_and_given_back_before_the_letters_leave_is_told_to_nobody() -> (
    None
):
    live = pairs()
    live.until(live.now + 5 * DAY)
    same, match = live.copied(), live.match_of("alk").id
    replace(live, match, "ugle", "krage")

    replace(live, match, "krage", "ugle")

    for one in (live, same):
        one.until(live.now + 2 * DAY)
    assert titles(live) == titles(same)
    assert not [one for one in live.state.waiting if one.startswith(match)]


def test_a_place_given_back_after_the_letters_left_is_told_to_all_three() -> None:
    live = pairs()
    match = live.match_of("alk").id
    replace(live, match, "ugle", "krage")
    live.until(live.now + 2 * DAY)

    replace(live, match, "krage", "ugle")

    assert told(live, "alk").title == "Ugle Fugl takes over from Krage Fugl"
    assert (
        live.posts("krage", "letter")[-1].subject == "Ugle Fugl takes over your place"
    )
    assert live.posts("ugle", "letter")[-1].subject == "You are matched with Alk Fugl"


def test_of_two_who_came_in_turn_only_the_last_is_told_and_for_whom_they_knew() -> None:
    live = pairs()
    match = live.match_of("alk").id
    replace(live, match, "ugle", "krage")

    replace(live, match, "krage", "falk", anyway=True)

    assert told(live, "alk").title == "Falk Fugl takes over from Ugle Fugl"


def test_where_two_have_left_a_group_nobody_is_said_to_have_been_replaced() -> None:
    live = groups()
    match = live.match_of("e0")
    e0, e1, stays = ids(live, match.id, "mentee")
    for left in (e0, e1):
        drop(live, left)
        live.until(live.now + 2 * DAY)

    replace(live, match.id, e0, "e6", anyway=True)

    count = len(live.posts(stays, "letter"))
    live.until(live.now + 2 * DAY)
    (letter,) = live.posts(stays, "letter")[count:]
    assert [one.title for one in letter.sections] == ["E6 Fugl joins you"]
    (said,) = letter.sections[0].paragraphs
    assert said == (
        "From now on E6 Fugl is one of you. The rest of you go on as before, and what"
        f" is in your calendar stays. {REACH}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["title", "text", "trios", "many"])
def test_each_language_names_both(language: str, text: str) -> None:
    words = built_in_texts()[language][f"match-changed.{text}"]

    assert "{person}" in words
    assert "{former}" in words
