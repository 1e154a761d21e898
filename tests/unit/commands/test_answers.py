"""Handing in an evaluation: once, while it is open, and apart from who did."""

import datetime as dt

import pytest

from engine.commands.decision import RefusedError
from engine.facts import Answered, Noticed
from engine.ids import OccurrenceId
from engine.ports import Response
from tests.fakes.cohorts import CLOSING, FIRST_WORKSHOP, Live, begun

DAY = dt.timedelta(days=1)
FINAL = OccurrenceId("final-1")
AFTER = OccurrenceId("after-workshop-1")


def after_workshop() -> Live:
    live = begun()
    live.until(FIRST_WORKSHOP + 3 * DAY)
    return live


def at_the_end() -> Live:
    live = begun()
    live.until(CLOSING + 2 * DAY)
    return live


def test_an_answer_is_kept_and_that_it_was_given() -> None:
    live = after_workshop()

    live.answer(AFTER, "alk", useful=4)

    assert live.responses() == (
        Response(
            ballot="ballot-0",
            occurrence=AFTER,
            person=live.person("alk"),
            answers={"useful": 4},
        ),
    )
    assert live.facts(Answered) == (
        Answered(occurrence=AFTER, person=live.person("alk")),
    )


def test_an_anonymous_answer_keeps_no_person_in_the_response() -> None:
    live = at_the_end()

    live.answer(FINAL, "alk", goals=2, change="More coffee")

    assert live.responses() == (
        Response(
            ballot="ballot-0",
            occurrence=FINAL,
            person=None,
            answers={"goals": 2, "change": "More coffee"},
        ),
    )
    assert live.facts(Answered) == (
        Answered(occurrence=FINAL, person=live.person("alk")),
    )


def test_what_was_answered_is_in_no_fact() -> None:
    live = at_the_end()

    live.answer(FINAL, "alk", change="Canary")

    assert "Canary" not in repr(live.history())
    assert "ballot" not in repr(live.history())


def test_answering_twice_is_refused_and_keeps_the_first() -> None:
    live = after_workshop()
    live.answer(AFTER, "alk", useful=4)

    with pytest.raises(RefusedError, match="it was answered already"):
        live.answer(AFTER, "alk", useful=1)

    assert [one.answers for one in live.responses()] == [{"useful": 4}]


@pytest.mark.parametrize("when", [FIRST_WORKSHOP, FIRST_WORKSHOP + 15 * DAY])
def test_what_is_not_open_cannot_be_answered(when: dt.datetime) -> None:
    live = begun()
    live.until(when)

    with pytest.raises(RefusedError, match="after-workshop-1 is not open"):
        live.answer(AFTER, "alk", useful=4)


@pytest.mark.parametrize(
    "edge",
    [
        dt.datetime(2027, 5, 7, 6, tzinfo=dt.UTC),
        dt.datetime(2027, 5, 14, 21, 59, tzinfo=dt.UTC),
    ],
)
def test_an_evaluation_is_open_from_its_first_to_its_last_minute(
    edge: dt.datetime,
) -> None:
    live = begun()
    live.until(edge)

    live.answer(AFTER, "alk", useful=4)

    assert len(live.responses()) == 1


def test_whoever_is_not_asked_cannot_answer() -> None:
    live = begun()
    live.until(dt.datetime(2027, 7, 2, 9, tzinfo=dt.UTC))

    with pytest.raises(RefusedError, match="after-workshop-2 does not ask them"):
        live.answer("after-workshop-2", "ugle", useful=4)


@pytest.mark.parametrize("occurrence", ["workshop-1", "nothing-1"])
def test_only_questions_are_answered(occurrence: str) -> None:
    live = after_workshop()

    with pytest.raises(RefusedError, match=f"{occurrence} is no evaluation"):
        live.answer(occurrence, "alk", useful=4)


@pytest.mark.parametrize("given", [0, 6, -1, "four", "4.0", "²", " ", "44", True])
def test_only_steps_of_the_scale_are_answers_to_it(given: int | str) -> None:
    live = after_workshop()

    with pytest.raises(RefusedError, match="is not on the scale"):
        live.answer(AFTER, "alk", useful=given)

    assert live.responses() == ()


def test_a_step_written_as_text_is_a_number() -> None:
    live = after_workshop()

    live.answer(AFTER, "alk", useful="5")

    assert live.responses()[0].answers == {"useful": 5}


def test_a_question_that_is_not_asked_is_refused_with_those_that_are() -> None:
    live = at_the_end()

    with pytest.raises(RefusedError) as refused:
        live.answer(FINAL, "alk", goal=3)

    assert str(refused.value) == (
        "no question is called goal; the questions are goals, change"
    )


def test_a_question_may_be_left_out() -> None:
    live = at_the_end()

    live.answer(FINAL, "alk", change="")

    assert live.responses()[0].answers == {}
    assert live.state.answered[FINAL] == {live.person("alk")}


def test_a_very_long_answer_is_cut() -> None:
    live = at_the_end()

    live.answer(FINAL, "alk", change="x" * 5000)

    assert live.responses()[0].answers == {"change": "x" * 4000}


def test_what_is_passed_on_is_one_answer_in_own_words() -> None:
    live = begun()
    live.until(dt.datetime(2027, 9, 23, 9, tzinfo=dt.UTC))

    live.answer("handover-1", "alk", baton="Book all meetings at once.")

    (response,) = live.responses()
    assert response.answers == {"baton": "Book all meetings at once."}
    assert response.person == live.person("alk")


def test_whoever_has_answered_is_not_reminded() -> None:
    live = after_workshop()
    live.answer(AFTER, "alk", useful=4)

    live.until(FIRST_WORKSHOP + 15 * DAY)

    reminded = {
        id_: len(
            [post for post in live.posts(id_) if "Reminder: After" in post.subject]
        )
        for id_ in ("alk", "mejse")
    }
    assert reminded == {"alk": 0, "mejse": 2}
    assert not [
        one
        for one in live.facts(Noticed)
        if one.person == live.person("alk") and "workshop-1/remind" in one.notice
    ]
