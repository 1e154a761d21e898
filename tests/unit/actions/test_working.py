"""Work, agreements, tasks, material and certificates: who is told what, and when."""

import datetime as dt

import pytest

from engine.commands.apply import Files
from engine.commands.decision import RefusedError
from engine.commands.standing import stand
from tests.fakes.circle_files import circle_files
from tests.fakes.cohorts import Live, recorded, small_files
from tests.unit.timeline.test_planned import agreed


def at(month: int, day: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2027, month, day, hour, tzinfo=dt.UTC)


def heard(live: Live, id_: str, word: str) -> list[tuple[str, str]]:
    """Return the day and title of each section of letters to somebody on a matter."""
    return [
        (f"{post.date:%m-%d}", section.title)
        for post in live.posts(id_, "letter")
        for section in post.sections
        if word in section.title.lower()
    ]


def test_work_is_given_reminded_of_and_told_to_whom_it_is_for() -> None:
    live = agreed()

    live.until(at(4, 20))

    assert heard(live, "alk", "essay") == [
        ("03-10", "Assignment: Essay"),
        ("03-31", "Reminder: Assignment: Essay"),
        ("04-07", "Assignment: Essay"),
    ]
    assert heard(live, "ugle", "essay") == [("04-05", "Essay: who has handed in")]
    assert heard(live, "mejse", "essay") == heard(live, "falk", "essay") == []


def test_whoever_has_handed_in_is_not_reminded_and_the_mentor_sees_it() -> None:
    live = agreed()
    live.until(at(3, 20))

    live.complete("essay-1", "alk")
    live.until(at(4, 6))

    assert heard(live, "alk", "essay") == [("03-10", "Assignment: Essay")]
    (told,) = (
        section.details
        for post in live.posts("ugle", "letter")
        for section in post.sections
        if section.title == "Essay: who has handed in"
    )
    assert told == (("Done", "Alk Fugl"),)


def test_an_agreement_is_asked_of_both_until_both_have_said_yes() -> None:
    live = agreed()
    live.until(at(3, 4))
    live.complete("contract-2", "alk")

    live.until(at(3, 31))

    first = "Contract: agree on how you work together"
    assert heard(live, "alk", "agree on") == [("03-04", first)]
    assert heard(live, "ugle", "agree on") == [
        ("03-03", first),
        ("03-10", f"Reminder: {first}"),
    ]
    assert {task for task in live.state.tasks if "agreement" in task} == {
        "no-agreement/contract-1/pair-1",
        "no-agreement/contract-2/pair-2",
    }


def test_once_both_agree_nobody_hears_more_of_it() -> None:
    live = agreed()
    live.until(at(3, 4))
    live.complete("contract-2", "alk")
    live.complete("contract-2", "ugle")

    live.until(at(3, 31))

    assert {task for task in live.state.tasks if "agreement" in task} == {
        "no-agreement/contract-1/pair-1"
    }


def test_a_task_of_the_coordinator_is_settled_by_the_same_click() -> None:
    live = agreed()
    live.until(at(3, 11))
    assert "task/budget-1" in live.state.tasks

    live.complete("budget-1", "coordinator")

    assert "task/budget-1" not in live.state.tasks


def test_a_task_of_others_ends_with_word_to_the_coordinator() -> None:
    live = agreed()
    live.until(at(3, 11))
    live.complete("rooms-1", "ugle")

    live.until(at(3, 20))

    assert heard(live, "falk", "rooms") == [("03-10", "Rooms")]
    assert heard(live, "coordinator", "rooms") == [("03-18", "Rooms: was it done?")]


@pytest.mark.parametrize(
    ("occurrence", "who", "moment", "problem"),
    [
        ("essay-1", "mejse", at(3, 12), "essay-1 does not ask them"),
        ("essay-1", "alk", at(3, 4), "essay-1 has not begun"),
        ("round-1", "alk", at(3, 12), "round-1 asks for nothing"),
        ("essay-9", "alk", at(3, 12), "essay-9 asks for nothing"),
    ],
)
def test_what_is_not_asked_of_somebody_cannot_be_done(
    occurrence: str, who: str, moment: dt.datetime, problem: str
) -> None:
    live = agreed()
    live.until(moment)

    with pytest.raises(RefusedError, match=problem):
        live.complete(occurrence, who)


def test_material_leads_to_where_it_is() -> None:
    live = agreed()
    live.until(at(3, 5))

    (button,) = (
        section.button
        for post in live.posts("falk", "letter")
        for section in post.sections
        if section.title == "Guide"
    )

    assert button == ("Open it", "https://example.org/guide")


@pytest.mark.parametrize(("met", "given"), [(1, []), (2, ["alk"]), (3, ["alk"])])
def test_a_certificate_is_for_those_who_came_often_enough(
    met: int, given: list[str]
) -> None:
    live = agreed()
    for number in range(1, met + 1):
        live.until(at(3 + number, 8))
        live.met(f"round-{number + 3}")

    live.until(at(12, 10))

    assert [id_ for id_ in ("alk", "mejse") if heard(live, id_, "diploma")] == given


def test_each_role_is_asked_to_think_before_and_after_a_meeting() -> None:
    live = agreed()

    live.until(at(3, 11))

    assert heard(live, "alk", "round") == [
        ("03-05", "Round: before you meet"),
        ("03-10", "Round: afterwards"),
        ("03-10", "Round: did you meet?"),
    ]
    assert heard(live, "ugle", "round") == [
        ("03-10", "Round: afterwards"),
        ("03-10", "Round: did you meet?"),
    ]


def test_a_logbook_is_advised_to_a_role_that_is_asked_nothing_afterwards() -> None:
    prompt = "          mentor: {after: [{en: Where was my energy?}]}\n"
    live = all_agreed(circle_files({prompt: ""}))

    live.until(at(3, 11))

    told = {who: afterwards(live, who, "Round") for who in ("alk", "ugle")}
    assert told == {
        "alk": [
            "You have met Ugle Fugl. Take five minutes for this, while it is fresh:",
            "• What was useful?",
            (
                "Write it in a logbook of your own, which nobody else sees: it shows "
                "you later how far you have come."
            ),
        ],
        "ugle": [
            (
                "You have met Alk Fugl. Write down what you take with you, in a "
                "logbook of your own, which nobody else sees: it shows you later how "
                "far you have come."
            )
        ],
    }


@pytest.mark.parametrize("logbook", ["advised", "null"])
def test_a_logbook_is_advised_after_a_booked_meeting_where_it_is_told(
    logbook: str,
) -> None:
    told = {"        rests in: breaks\n": f"        logbook: {logbook}\n"}
    live = all_agreed(small_files(told))
    live.until(at(3, 4))
    live.book("alk", starts=at(3, 9))

    live.until(at(3, 11))

    heard_of = [bool(afterwards(live, who, "Conversation")) for who in ("alk", "ugle")]
    assert heard_of == [logbook == "advised"] * 2


def all_agreed(files: Files) -> Live:
    """Return a cohort, all of whose matches are agreed, before its kick-off."""
    live = recorded(files)
    live.until(at(2, 3))
    live.approve()
    live.until(at(2, 4))
    live.confirm_all()
    return live


def afterwards(live: Live, id_: str, activity: str) -> list[str]:
    """Return what somebody reads when a meeting is over."""
    return [
        paragraph
        for post in live.posts(id_, "letter")
        for section in post.sections
        if section.title == f"{activity}: afterwards"
        for paragraph in section.paragraphs
    ]


def test_the_coordinator_hears_when_too_few_will_come() -> None:
    live = agreed()
    live.until(at(2, 20))

    live.accept("round-4", "alk", "declined")
    assert live.standing == stand(live.record)
    live.until(at(3, 8))

    assert [task for task in live.state.tasks if "too-few" in task] == [
        "too-few/round-4/pair-2"
    ]


@pytest.mark.parametrize(
    ("condition", "waits"),
    [
        ("pair agreed", False),
        ("contract signed", True),
        ("contract signed, or 1 day after kick-off", False),
    ],
)
def test_a_phase_waits_for_what_it_says(condition: str, waits: bool) -> None:  # noqa: FBT001
    whole = "  - phase: circle\n    from: kick-off\n"
    late = """\
  - phase: later
    waits for: {condition}
    activities:
      - message: go
        when: 1 day after kick-off
        subject: {{en: Go}}
        text: {{en: Go on.}}
"""
    files = circle_files({whole: late.format(condition=condition) + whole})
    live = recorded(files)
    live.until(at(2, 3))
    live.approve()
    live.until(at(2, 4))
    live.confirm_all()

    live.until(at(3, 9))
    before = bool(heard(live, "alk", "go"))
    for contract, people in (("contract-1", "falk mejse"), ("contract-2", "ugle alk")):
        for who in people.split():
            live.complete(contract, who)
    live.until(at(3, 10))

    assert before is not waits
    assert bool(heard(live, "alk", "go"))
