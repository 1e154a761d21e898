"""Handing in what was asked."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.web.world import KICK_OFF, MENTEE, MENTOR, World, matched

SCALE, WORDS = "answer.useful", "answer.more words"
HANDED_OVER = "answer.baton"


@pytest.fixture
def world() -> World:
    return matched()


def test_the_form_is_in_the_readers_language(world: World) -> None:
    danish, english = world.get("answer", MENTOR), world.get("answer", MENTEE)

    assert '<html lang="da">' in danish
    assert "Efter opstarten" in danish
    assert world.says("label.until", MENTOR) in danish
    assert '<html lang="en">' in english
    assert "After the kick-off" in english
    assert world.says("label.until", MENTEE) in english


def test_the_form_tells_what_protects_an_anonymous_answer(world: World) -> None:
    page = world.get("answer", MENTEE)

    assert world.says("evaluation.anonymous", MENTEE, least="3") in page
    assert "It is not kept with your answer" in page


def test_an_answer_is_handed_in_and_thanked_for(world: World) -> None:
    path = world.path("answer", MENTEE)

    reply = world.client.post(path, data={SCALE: "4", WORDS: "More\r\ncoffee "})

    assert [one.status_code for one in reply.history] == [303]
    assert "Thank you for your answer" in reply.text
    (response,) = world.responses()
    assert response.answers == {"useful": 4, "more words": "More\ncoffee"}
    assert response.person is None
    assert response.ballot == "ballot-0"
    assert world.person(MENTEE) in world.record.state.answered[response.occurrence]


def test_what_is_left_out_is_left_out(world: World) -> None:
    world.act("answer", MENTEE, **{SCALE: "", WORDS: "Coffee"})
    world.act("answer", MENTOR, **{SCALE: "5"})

    answers = [response.answers for response in world.responses()]

    assert answers == [{"more words": "Coffee"}, {"useful": 5}]


def test_an_empty_form_is_not_an_answer(world: World) -> None:
    before = world.history()

    reply = world.post("answer", MENTEE, **{WORDS: " "})

    assert reply.status_code == 422
    assert "<title>Error: " in reply.text
    assert '<a href="#question-1">Answer at least one question' in reply.text
    assert world.history() == before


def test_faults_stand_beside_their_questions_and_nothing_is_lost(world: World) -> None:
    before = world.history()

    reply = world.post("answer", MENTEE, **{SCALE: "6", WORDS: "x" * 4001})

    assert reply.status_code == 422
    assert '<p class="fault" id="question-1-fault">Choose a number' in reply.text
    assert 'aria-invalid="true" aria-describedby="question-2-fault"' in reply.text
    assert "x" * 4001 in reply.text
    assert world.history() == before


def test_what_was_chosen_is_still_chosen_beside_a_fault(world: World) -> None:
    reply = world.post("answer", MENTEE, **{SCALE: "2", WORDS: "x" * 4001})

    assert f'name="{SCALE}" value="2" checked' in reply.text


def test_the_longest_answer_is_kept_whole(world: World) -> None:
    longest = "x" * 4000

    world.act("answer", MENTEE, **{WORDS: longest})

    assert [one.answers["more words"] for one in world.responses()] == [longest]


def test_fields_that_nobody_asked_for_are_left_out(world: World) -> None:
    world.act("answer", MENTEE, **{SCALE: "3", "answer.person": "p1", "ballot": "mine"})

    (response,) = world.responses()
    assert (response.answers, response.ballot) == ({"useful": 3}, "ballot-0")


def test_an_answer_counts_once(world: World) -> None:
    world.act("answer", MENTEE, **{SCALE: "4"})

    again = world.post("answer", MENTEE, **{SCALE: "1"})

    assert again.status_code == 409
    assert "Thank you for your answer" in again.text
    assert [response.answers for response in world.responses()] == [{"useful": 4}]


def test_of_many_answers_at_once_one_counts(world: World) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(world.post, "answer", MENTEE, **{SCALE: str(number % 5 + 1)})
            for number in range(16)
        ]
        statuses = [one.result().status_code for one in sent]

    assert sorted(statuses) == [200] + [409] * 15
    assert len(world.responses()) == 1


def test_a_closed_form_says_so_kindly(world: World) -> None:
    path = world.path("answer", MENTEE)
    world.clock.time = KICK_OFF + dt.timedelta(days=30)

    shown = world.client.get(path)
    posted = world.client.post(path, data={SCALE: "4"})

    assert shown.status_code == 200
    assert "Answering closed on" in shown.text
    assert "<form" not in shown.text
    assert (posted.status_code, world.responses()) == (409, ())


def test_what_to_pass_on_is_asked_with_ones_name(world: World) -> None:
    world.until(dt.datetime(2027, 7, 12, 8, tzinfo=dt.UTC))
    page = world.get("answer", MENTOR)

    world.act("answer", MENTOR, **{HANDED_OVER: "Begynd tidligt"})

    assert "Hvad skal det næste hold have med fra starten?" in page
    assert "sammen med dit navn" in page
    (response,) = world.responses()
    assert response.answers == {"baton": "Begynd tidligt"}
    assert response.person == world.person(MENTOR)
