"""Who is meant by a phrase, and how what cannot be understood is refused."""

import datetime as dt
from functools import cache

import pytest

from engine.commands.addressing import addressed
from engine.commands.decision import RefusedError
from engine.ids import OccurrenceId
from tests.fakes.cohorts import KICK_OFF, Live, begun, recorded

DAY = dt.timedelta(days=1)
SAYABLE = (
    "write 'everyone', 'mentees', 'mentors' or ids with commas, and after it, where it "
    "is meant, 'without a booked meeting', 'without a match', 'who have not answered "
    "EVALUATION', 'who have not done TASK', 'who have not replied to OCCURRENCE', "
    "'who come to OCCURRENCE' or 'of DEPARTMENT'"
)


@cache
def _lived() -> Live:
    live = begun()
    live.accept("workshop-1", "alk")
    live.accept("workshop-1", "falk", "declined")
    live.book("alk", KICK_OFF + 6 * DAY)
    live.until(KICK_OFF + 14 * DAY)
    (booked,) = live.state.booked
    live.met(booked)
    return live


def lived() -> Live:
    """Return a cohort of which one pair has met, and some have replied."""
    return _lived().copied()


def meant(live: Live, phrase: str) -> list[str]:
    found = addressed(live.standing, phrase, now=live.now)
    return [live.record.people[one].id for one in found]


@pytest.mark.parametrize(
    ("phrase", "people"),
    [
        ("everyone", ["alk", "falk", "mejse", "ugle"]),
        ("mentees", ["alk", "mejse"]),
        ("Mentors", ["falk", "ugle"]),
        ("ugle", ["ugle"]),
        ("ugle, alk and ugle", ["alk", "ugle"]),
        ("mentors, alk", ["alk", "falk", "ugle"]),
        ("everyone of Teknik", ["alk", "mejse"]),
        ("everyone of teknik who come to workshop-1", ["alk", "mejse"]),
        ("mentors who come to workshop-1", ["ugle"]),
        ("everyone who have not replied to workshop-1", ["mejse", "ugle"]),
        ("mentees, who have not replied to workshop-1", ["mejse"]),
        ("mentees  without a booked meeting ", ["alk", "mejse"]),
        ("mentees without a booked meeting and of Teknik", ["alk", "mejse"]),
    ],
)
def test_a_phrase_means_people(phrase: str, people: list[str]) -> None:
    assert meant(lived(), phrase) == people


def test_who_has_booked_is_not_without_a_meeting() -> None:
    live = lived()
    live.book("alk", live.now + 20 * DAY)

    assert meant(live, "mentees without a booked meeting") == ["mejse"]


def test_before_any_match_all_are_without_one() -> None:
    live = recorded()

    assert meant(live, "mentees without a match") == ["alk", "mejse"]


def test_who_has_not_answered_is_meant_once_it_is_open() -> None:
    live = lived()
    live.until(KICK_OFF + 17 * DAY)
    asked = [
        one.id
        for one in live.standing.timeline.of("good-start")
        if live.person("alk") in one.slot.audience
    ]
    live.answer(asked[0], "alk", fit=4)

    assert meant(live, f"everyone who have not answered {asked[0]}") == ["ugle"]


def test_an_invitation_that_has_changed_is_to_be_replied_to_again() -> None:
    live = lived()
    told = live.state.announced[OccurrenceId("workshop-1")].told
    said = live.state.replies[(told.occurrence, live.person("alk"))]
    assert said.sequence == told.sequence

    live.book("alk", live.now + 20 * DAY)
    one = next(id_ for id_ in live.state.booked if id_ not in live.state.held)
    live.accept(one, "alk")
    live.accept(one, "ugle")
    live.book("alk", live.now + 21 * DAY)

    assert meant(live, f"everyone who have not replied to {one}") == ["alk", "ugle"]


@pytest.mark.parametrize(
    ("phrase", "refusal"),
    [
        ("", f"it says for nobody; {SAYABLE}"),
        (
            "mentes",
            (
                "nobody who takes part is called 'mentes'; did you mean 'mentees'?; "
                f"{SAYABLE}"
            ),
        ),
        (
            "mentees without a hat",
            f"'without a hat' says nothing about people; {SAYABLE}",
        ),
        (
            "mentees who come to kick-off-1 by bus",
            f"'by bus' says nothing about people; {SAYABLE}",
        ),
        ("mentees of Tek", "there is no department 'Tek'; known: Kultur; Teknik"),
        (
            "mentees who come to workshop",
            (
                "there are several of 'workshop'; write workshop-1, workshop-2 or "
                "workshop-3"
            ),
        ),
        (
            "mentees who have not answered kick-off",
            "'kick-off' cannot be meant there; known: good-start-1",
        ),
        ("mentors without a match", "'mentors without a match' means nobody just now"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(
    phrase: str, refusal: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        meant(lived(), phrase)

    assert str(refused.value).startswith(refusal)


def test_who_answers_anonymously_is_not_asked_for() -> None:
    live = begun()
    live.until(dt.datetime(2027, 12, 2, 12, tzinfo=dt.UTC))
    (final,) = live.standing.timeline.of("final")

    with pytest.raises(RefusedError) as refused:
        meant(live, f"everyone who have not answered {final.id}")

    assert str(refused.value) == (
        "final-1 is anonymous: who has answered it is told to nobody; "
        "write `remind` in the spec, which reaches them"
    )
