"""Who may be proposed, who is asked, and who is told of it."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Nominated
from engine.people import Participant
from tests.fakes.changes import drop
from tests.fakes.nomination_files import (
    CLOSES,
    CONSENT,
    PEOPLE,
    mentee,
    nomination_files,
)
from tests.fakes.nominations import ONE, Nominations, filled, opened

DAY = dt.timedelta(days=1)


def letters(live: Nominations, name: str) -> str:
    """Return every word of somebody's letters."""
    who = live.who(name)
    return repr([post for post in live.live.posts() if post.person == who])


def test_a_fact_holds_ids_and_a_row_holds_the_person() -> None:
    live = opened()

    live.nominate("ravn", "anna")

    anna = live.who("anna")
    (fact,) = live.live.facts(Nominated)
    assert fact == Nominated(occurrence=ONE, person=anna, by=live.who("ravn"))
    assert live.live.record.people[anna] == Participant(
        person=anna,
        id=f"nominee-{anna}",
        name="Anna Ny",
        email="anna@example.org",
        language="en",
        roles=(),
        department="Teknik",
        manager="ravn",
        values={"wishes": (), "capacity": None, "gender": "woman", "years": 3},
    )


def test_nobody_proposes_more_of_a_kind_than_they_are_asked_for() -> None:
    live = opened()
    live.nominate("ravn", "anna")

    with pytest.raises(RefusedError, match="as many as they are asked for"):
        live.nominate("ravn", "eva")

    live.nominate("ravn", "bo", "man")
    assert live.places() == {"anna": "asked", "bo": "asked"}


def test_where_it_is_allowed_they_propose_more_than_once() -> None:
    live = opened(nomination_files({"once: never": "once: allowed"}))

    for name in ("anna", "eva", "ida"):
        live.nominate("ravn", name)

    assert live.places() == dict.fromkeys(("anna", "eva", "ida"), "asked")


def test_who_stands_in_the_people_file_counts_as_proposed_and_as_a_place() -> None:
    there = (*PEOPLE, mentee("alk", "Teknik", "woman"))
    live = opened(nomination_files(people=there))

    with pytest.raises(RefusedError, match="as many as they are asked for"):
        live.nominate("ravn", "anna")

    assert live.asked.free == 2
    assert dict(live.asked.missing(live.who("ravn"))) == {"man": 1}


def test_nobody_is_asked_where_every_place_is_taken_by_the_people_file() -> None:
    there = [mentee(f"m{one}", "Teknik", "woman") for one in range(3)]

    live = opened(nomination_files(people=(*PEOPLE, *there)))

    assert live.titles("ravn") == []
    assert live.titles("svale") == []


@pytest.mark.parametrize(
    ("by", "name", "why"),
    [
        ("ugle", "anna", "not open to them"),
        ("ravn", "ravn", "proposes themselves"),
        ("ravn", "ugle", "another department"),
        ("ravn", "bo", "proposed or takes part"),
    ],
)
def test_some_cannot_propose_and_some_cannot_be_proposed(
    by: str, name: str, why: str
) -> None:
    live = opened()
    live.nominate("ravn", "bo")

    with pytest.raises(RefusedError, match=why):
        live.nominate(by, name, "man")


def test_it_is_not_open_once_it_has_closed() -> None:
    live = opened()
    live.live.until(CLOSES + DAY)

    with pytest.raises(RefusedError, match="not open"):
        live.nominate("ravn", "anna")


def test_a_manager_is_asked_before_the_nominee_hears_of_it() -> None:
    live = opened(nomination_files(CONSENT))

    live.nominate("ravn", "anna", manager="chef")
    live.later(1)

    assert live.titles("chef") == ["Can Anna Ny be given the time?"]
    assert live.titles("anna") == []
    with pytest.raises(RefusedError, match="manager is asked first"):
        live.says("anna")
    live.consent("anna")
    live.later(1)
    assert live.titles("anna") == ["You are nominated: Relay"]


def test_nobody_asks_a_manager_who_proposes_themselves() -> None:
    live = opened(nomination_files(CONSENT))

    live.nominate("ravn", "anna")
    live.nominate("ravn", "bo", "man", manager="ravn")

    assert live.places() == {"anna": "asked", "bo": "asked"}


def test_who_is_not_given_the_time_never_hears_of_it() -> None:
    live = opened(nomination_files(CONSENT))
    live.nominate("ravn", "anna", manager="chef")

    live.consent("anna", agrees=False)
    live.later(20)

    assert live.titles("anna") == []
    assert "Anna Ny cannot be given the time" in live.titles("ravn")
    with pytest.raises(RefusedError, match="for this time"):
        live.consent("anna")


def test_a_refusal_is_told_to_the_person_and_who_proposed_them_and_to_nobody_else() -> (
    None
):
    live = filled()

    live.refuse("dag")
    live.later(20)

    assert "Your nomination to Relay" in live.titles("dag")
    assert "Dag Ny did not get a place" in live.titles("svale")
    for other in ("anna", "bo", "cleo", "ravn", "ugle"):
        assert "Dag" not in letters(live, other)


def test_nobody_reads_in_a_letter_who_else_was_proposed() -> None:
    live = filled()

    live.later(30)

    names = ("Anna", "Bo", "Cleo", "Dag")
    for own in names:
        told = letters(live, own.lower())
        assert [name for name in names if name in told] == [own]


def test_who_is_silent_is_reminded_and_becomes_a_task_that_an_answer_settles() -> None:
    live = opened()
    live.nominate("ravn", "anna")
    live.later(15)

    raised = list(live.live.state.tasks)
    live.says("anna")

    assert live.titles("anna")[:2] == [
        "You are nominated: Relay",
        "Reminder: You are nominated: Relay",
    ]
    assert raised == [f"nominee-silent/{ONE}/{live.who('anna')}"]
    assert list(live.live.state.tasks) == []


def test_nominators_are_reminded_while_short_and_the_silent_are_a_task() -> None:
    live = opened()
    for name, gender in (("anna", "woman"), ("bo", "man")):
        live.nominate("ravn", name, gender)
        live.says(name)

    live.live.until(CLOSES + 5 * DAY)

    reminder = "Reminder: Nomination: whom do you nominate?"
    assert reminder not in live.titles("ravn")
    assert reminder in live.titles("svale")
    assert list(live.live.state.tasks) == [f"nominators-silent/{ONE}"]


def test_nominators_are_not_silent_because_somebody_leaves_much_later() -> None:
    live = opened(nomination_files({"places: 3": "places: 2"}))
    for name, gender in (("anna", "woman"), ("bo", "man")):
        live.nominate("ravn", name, gender)
        live.says(name)
    live.live.until(CLOSES + 60 * DAY)

    before = live.asked.silent
    drop(live.live, live.live.record.people[live.who("anna")].id)
    live.live.until(CLOSES + 62 * DAY)

    assert before == ()
    assert live.who("svale") in live.asked.silent
    assert f"nominators-silent/{ONE}" not in live.live.state.tasks
