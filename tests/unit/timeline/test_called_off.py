"""What is about a gathering goes with it when it is called off; all else stays."""

import datetime as dt
from functools import partial

import pytest

from engine.commands.foreseeing import foresee
from engine.commands.moving import call_off
from engine.commands.standing import stand
from engine.ids import OccurrenceId
from tests.fakes.circle_files import circle_files
from tests.fakes.cohorts import Live, recorded

ABOUT = {
    "  - phase: workshops\n    from": (
        "  - phase: beside\n"
        "    activities:\n"
        "      - message: photos\n"
        "        when: 1 day after camp\n"
        "        for: mentees\n"
        "        subject: {en: Photos}\n"
        "        text: {en: Here they are.}\n"
        "      - material: slides\n"
        "        when: 1 day after camp\n"
        "        text: {en: Slides.}\n"
        "        link: https://example.org/slides\n"
        "      - task: tables\n"
        "        when: 3 weeks before camp\n"
        "        due: 1 week before camp\n"
        "        for: coordinator\n"
        "        text: {en: Book rooms.}\n"
        "      - message: thanks\n"
        "        when: 1 day after closing\n"
        "        for: mentees\n"
        "        subject: {en: Thanks}\n"
        "        text: {en: Thank you.}\n"
        "  - phase: workshops\n    from"
    )
}


def agreed() -> Live:
    """Return a cohort with what is about its camp and its closing."""
    live = recorded(circle_files(ABOUT))
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    live.until(live.now + dt.timedelta(days=1))
    live.confirm_all()
    return live


def gone(live: Live, occurrence: str) -> list[str]:
    """Call something off, and return what the plan showed to go with it."""
    one = OccurrenceId(occurrence)
    decide = partial(call_off, occurrence=one, now=live.now)
    plan = foresee(live.unit, live.cohort, decide, now=live.now).plan
    live.do(decide)
    assert live.standing == stand(live.record)
    return [one.occurrence for one in plan.gone]


def test_messages_material_and_work_about_it_go_and_the_plan_shows_it() -> None:
    live = agreed()

    assert sorted(gone(live, "camp-1")) == [
        "camp-1",
        "photos-1",
        "slides-1",
        "tables-1",
    ]


def test_what_is_counted_from_a_milestone_of_the_year_stays() -> None:
    live = agreed()

    assert gone(live, "closing-1") == ["closing-1", "final-1"]
    assert [one.id for one in live.standing.timeline.of("thanks")] == ["thanks-1"]


@pytest.mark.parametrize(
    ("off", "given"),
    [
        ("round-2", ["Wed 03-10 to Fri 04-30"]),
        ("round-3", ["Wed 03-10 to Fri 04-02"]),
    ],
)
def test_work_between_meetings_is_due_before_the_next_that_is_held(
    off: str, given: list[str]
) -> None:
    live = agreed()
    rounds = [
        one.id
        for one in live.standing.timeline.of("round")
        if live.person("alk") in one.slot.audience
    ]

    gone(live, rounds[int(off[-1]) - 1])

    assert [
        f"{one.starts:%a %m-%d} to {one.slot.ends:%a %m-%d}"
        for one in live.standing.timeline.of("essay")
    ] == given
