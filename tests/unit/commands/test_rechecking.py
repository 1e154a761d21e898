"""Running matches when a new people file tells otherwise of somebody in them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from engine.commands.apply import Files
from engine.commands.tasks import settle
from engine.facts import Dissolved, Noticed, Raised
from engine.letters.notices import word
from engine.people import Participant
from engine.plan import Plan
from tests.fakes.cohorts import PEOPLE, Live, begun, recorded, small_files

DIFFERENT = "- mentor and mentee: different departments"
IN_LINE = {
    DIFFERENT: "- mentor and mentee: outside each other's reporting line",
}
FRIDAY = dt.timedelta(days=1)


def told(**changes: Mapping[str, object]) -> tuple[Participant, ...]:
    """Return the people, with something else told of some of them."""
    return tuple(
        replace(one, **changes.get(one.id, {}))  # type: ignore[arg-type]
        for one in PEOPLE
    )


def apply(live: Live, files: Files) -> Plan:
    """Put files into force, and forget what was mailed before."""
    live.renderer.posts.clear()
    return live.apply(files)


def broken(live: Live) -> list[str]:
    """Return whose match there is an open task about."""
    return [
        " and ".join(live.record.people[one].id for one in match.people)
        for task in live.state.tasks.values()
        if task.raised.wording == "no-longer-fits" and task.raised.match
        for match in [live.state.matches[task.raised.match]]
    ]


def test_who_moves_to_their_mentors_department_is_a_question_to_the_coordinator() -> (
    None
):
    live = begun()
    matches = dict(live.state.matches)

    apply(live, small_files(people=told(alk={"department": "Kultur"})))
    live.until(live.now + FRIDAY)

    assert broken(live) == ["ugle and alk"]
    assert live.state.matches == matches
    assert live.facts(Dissolved) == ()
    assert live.posts() == ()
    live.until(live.now + 7 * FRIDAY)
    (weekly,) = live.posts("coordinator")
    assert "No longer within the rules: Ugle Fugl & Alk Fugl" in str(weekly.sections)


def test_the_task_says_which_rule_is_broken_and_by_whom() -> None:
    live = begun()
    apply(live, small_files(people=told(alk={"department": "Kultur"})))
    (task,) = [one.raised for one in live.state.tasks.values() if one.raised.match]
    notice = Noticed(
        notice="n", person=live.person("ugle"), wording=task.wording, match=task.match
    )

    section = word(live.record, notice, timeline=live.standing.timeline).section

    assert section.details == (
        ("Rule", 'Ugle Fugl and Alk Fugl: breaks "different departments"'),
    )


def test_a_question_is_put_once_also_when_the_coordinator_leaves_it_as_it_is() -> None:
    live = begun()
    moved = small_files(people=told(alk={"department": "Kultur"}))
    apply(live, moved)
    first = len(live.facts(Raised))

    (task,) = [one for one in live.state.tasks if one.startswith("no-longer-fits")]
    live.do(lambda one: settle(one, task=task))
    renamed = told(alk={"department": "Kultur", "name": "Alk Alkesen"})
    apply(live, small_files(people=renamed))

    assert broken(live) == []
    assert len(live.facts(Raised)) == first


def test_a_question_is_over_when_the_rule_is_kept_again() -> None:
    live = begun()
    apply(live, small_files(people=told(alk={"department": "Kultur"})))

    apply(live, small_files(people=told(alk={"department": "Sundhed"})))

    assert broken(live) == []
    assert live.plan(small_files(people=told(alk={"department": "Sundhed"}))).empty


def test_a_department_with_a_new_name_breaks_nothing() -> None:
    live = begun()
    renamed = {"department": "Kultur og Borgerservice"}

    plan = apply(live, small_files(people=told(ugle=renamed, falk=renamed)))

    assert broken(live) == []
    assert not plan.empty
    assert live.posts() == ()


def test_departments_that_become_one_are_a_question_for_each_match() -> None:
    live = begun()
    one = {"department": "By og Kultur"}

    apply(live, small_files(people=told(ugle=one, falk=one, alk=one, mejse=one)))

    assert sorted(broken(live)) == ["falk and mejse", "ugle and alk"]


def test_a_mentor_who_becomes_the_mentees_manager_is_a_question() -> None:
    live = recorded(small_files(IN_LINE))
    live.until(dt.datetime(2027, 2, 3, 9, tzinfo=dt.UTC))
    live.approve()
    live.until(live.now + FRIDAY)
    live.confirm_all()

    apply(live, small_files(IN_LINE, people=told(alk={"manager": "ugle"})))

    assert broken(live) == ["ugle and alk"]


def test_who_is_no_mentor_any_more_in_the_file_is_a_question() -> None:
    live = begun()

    apply(live, small_files(people=told(falk={"roles": ("mentee",)})))

    assert broken(live) == ["falk and mejse"]
