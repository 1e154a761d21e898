"""What may be shown of answers, and that too few show nothing."""

from hypothesis import given
from hypothesis import strategies as st

from engine.evaluation.summary import HANDED_OVER, Result, Summary, summarise
from engine.ids import OccurrenceId, PersonId
from engine.ports import Response
from engine.spec.activities import Evaluation, Handover
from engine.spec.model import Texts
from tests.fakes.cohorts import small_files

FINAL = OccurrenceId("final-1")
PROGRAMME = small_files().frozen.programme
GOALS: Texts = {"en": "Clear goals?"}
CHANGE: Texts = {"en": "What to change?"}
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "goals": st.integers(1, 5),
        "change": st.sampled_from(("More", "Less", "Nothing", "Coffee")),
    },
)


def evaluation(name: str = "final") -> Evaluation:
    found = PROGRAMME.activity(name)
    assert isinstance(found, Evaluation)
    return found


def response(ballot: str, **answers: int | str) -> Response:
    return Response(ballot=ballot, occurrence=FINAL, person=None, answers=answers)


def test_the_answers_to_a_scale_are_counted_and_averaged() -> None:
    given_ = [response(str(n), goals=goals) for n, goals in enumerate((5, 4, 4))]

    found = summarise(evaluation(), FINAL, tuple(given_))

    assert found == Summary(
        answers=3,
        least=3,
        hidden=False,
        results=(
            Result(
                name="goals",
                ask=GOALS,
                counts={1: 0, 2: 0, 3: 0, 4: 2, 5: 1},
                mean=13 / 3,
                words=(),
            ),
            Result(name="change", ask=CHANGE, counts={}, mean=None, words=()),
        ),
    )


def test_fewer_answers_than_protect_anybody_show_nothing() -> None:
    given_ = (response("a", goals=5, change="Canary"), response("b", goals=1))

    found = summarise(evaluation(), FINAL, given_)

    assert found == Summary(answers=2, least=3, hidden=True, results=())


def test_nobodys_answers_hide_nothing() -> None:
    found = summarise(evaluation(), FINAL, ())

    assert (found.answers, found.hidden) == (0, False)
    assert [(one.counts, one.mean, one.words) for one in found.results] == [
        ({}, None, ())
    ] * 2


def test_a_question_that_fewer_answered_shows_nothing_of_them() -> None:
    given_ = (
        response("a", goals=5, change="Canary"),
        response("b", goals=1),
        response("c", goals=2),
    )

    found = summarise(evaluation(), FINAL, given_)

    assert [one.words for one in found.results] == [(), ()]
    assert "Canary" not in repr(found)


@given(answers=st.lists(ASKED, max_size=8))
def test_nothing_is_shown_that_fewer_than_the_least_have_said(
    answers: list[dict[str, int | str]],
) -> None:
    responses = [response(str(n), **given_) for n, given_ in enumerate(answers)]

    found = summarise(evaluation(), FINAL, tuple(responses))

    for one in found.results:
        said = [given_[one.name] for given_ in answers if one.name in given_]
        shown = sum(one.counts.values()) + len(one.words)
        assert shown == (len(said) if len(said) >= 3 else 0)


@given(answers=st.lists(ASKED, max_size=8), data=st.data())
def test_the_order_of_handing_in_changes_nothing_that_is_shown(
    answers: list[dict[str, int | str]], data: st.DataObject
) -> None:
    responses = [response(str(n), **given_) for n, given_ in enumerate(answers)]
    shuffled = data.draw(st.permutations(responses))

    assert summarise(evaluation(), FINAL, tuple(shuffled)) == summarise(
        evaluation(), FINAL, tuple(responses)
    )


def test_an_evaluation_by_name_shows_a_single_answer() -> None:
    asked = OccurrenceId("after-workshop-1")
    given_ = Response(
        ballot="a", occurrence=asked, person=PersonId("p1"), answers={"useful": 4}
    )

    found = summarise(evaluation("after-workshop"), asked, (given_,))

    assert (found.least, found.hidden, found.results[0].mean) == (1, False, 4.0)


def test_answers_to_another_occurrence_do_not_count() -> None:
    other = Response(
        ballot="a",
        occurrence=OccurrenceId("final-2"),
        person=None,
        answers={"goals": 4},
    )

    assert summarise(evaluation(), FINAL, (other,)).answers == 0


def test_what_is_passed_on_is_the_only_question_of_a_handover() -> None:
    handover = PROGRAMME.activity("handover")
    assert isinstance(handover, Handover)
    asked = OccurrenceId("handover-1")
    said = tuple(
        Response(
            ballot=str(n), occurrence=asked, person=None, answers={HANDED_OVER: words}
        )
        for n, words in enumerate(("Start early", "Be honest"))
    )

    found = summarise(handover, asked, said)

    assert [one.words for one in found.results] == [("Be honest", "Start early")]
