"""What applying files comes to: plans, people, revisions, and nothing twice."""

import datetime as dt
from dataclasses import replace

import pytest

from engine.commands.apply import prepare
from engine.commands.decision import RefusedError
from engine.facts import Applied
from tests.fakes.cohort_mails import mails
from tests.fakes.cohorts import (
    APPLIED,
    KICK_OFF,
    PEOPLE,
    Live,
    person,
    recorded,
    shipped_files,
    small_files,
)

DAY = dt.timedelta(days=1)
WORKSHOP_STARTS = "starts: 13:00\n        lasts: 3"
LATER_WORKSHOPS = {WORKSHOP_STARTS: "starts: 14:00\n        lasts: 3"}


def held() -> Live:
    """Return a cohort in which everybody was asked to keep the dates free."""
    live = recorded()
    live.until(APPLIED + DAY)
    live.renderer.posts.clear()
    return live


def test_a_new_cohort_is_enrolled_with_ids_for_its_gatherings_and_no_mail() -> None:
    live = recorded()

    assert live.state.revision == 1
    assert {live.record.people[one].id for one in live.state.enrolled} == {
        *("ugle", "falk", "alk", "mejse", "coordinator"),
    }
    assert live.posts() == ()


@pytest.mark.parametrize("when", [APPLIED, KICK_OFF + 60 * DAY])
def test_applying_the_same_files_again_would_do_nothing(when: dt.datetime) -> None:
    live = recorded()
    live.until(when)
    before = live.history()

    plan = live.plan(small_files())
    live.apply(small_files())

    assert plan.empty
    assert live.history() == before


def test_applying_the_shipped_files_again_would_do_nothing() -> None:
    live = recorded(shipped_files())
    live.until(live.now + DAY)

    assert live.plan(shipped_files()).empty


def test_a_plan_changes_nothing() -> None:
    live = held()
    before = live.history()

    plan = live.plan(small_files(LATER_WORKSHOPS))

    assert live.history() == before
    assert not plan.empty


def test_what_is_planned_is_what_applying_does() -> None:
    live = held()
    files = small_files(LATER_WORKSHOPS)

    planned = live.plan(files)
    done = live.apply(files)

    assert planned == done
    assert [
        (live.record.people[one.person].id, one.kind, one.subject)
        for one in planned.mails
    ] == [mail[:3] for mail in mails(live)]


def test_a_missing_row_is_a_question_and_no_dropout() -> None:
    live = held()
    files = small_files(people=PEOPLE[:-1])

    plan = live.apply(files)

    mejse = live.person("mejse")
    assert list(plan.missing) == [mejse]
    assert mejse in live.state.enrolled
    assert mails(live) == []
    (task,) = live.state.tasks.values()
    assert (task.raised.wording, task.raised.person) == ("row-missing", mejse)
    live.renderer.posts.clear()
    live.until(APPLIED + dt.timedelta(days=8))
    (told,) = live.posts("coordinator")[-1].sections
    assert [what.splitlines()[0] for _, what in told.details] == [
        "Not in the participants file: Mejse Fugl"
    ]


def test_a_missing_row_alone_is_enough_to_apply_and_is_asked_about_once() -> None:
    live = held()
    files = small_files(people=PEOPLE[:-1])

    first, _, second = live.plan(files), live.apply(files), live.plan(files)

    assert not first.empty
    assert second.empty


def test_the_question_about_a_row_is_settled_when_it_is_back() -> None:
    live = held()
    live.apply(small_files(people=PEOPLE[:-1]))

    plan = live.apply(small_files())

    assert list(plan.back) == [live.person("mejse")]
    assert not plan.empty
    assert live.state.tasks == {}
    assert live.plan(small_files()).empty


def test_a_new_address_is_recorded_and_used_by_every_process() -> None:
    live = held()
    other = live.reopened()
    other.standing(live.cohort)
    moved = [
        replace(one, email="new@example.org") if one.id == "alk" else one
        for one in PEOPLE
    ]

    plan = live.apply(small_files(people=moved))

    assert [live.record.people[one].id for one in plan.edited] == ["alk"]
    assert plan.joined == []
    seen = other.standing(live.cohort).record
    assert seen.people[live.person("alk")].email == "new@example.org"
    assert live.plan(small_files(people=moved)).empty


def test_somebody_known_from_another_cohort_keeps_their_surrogate() -> None:
    live = held()
    files = small_files(
        cohort={"cohort: 2027": "cohort: 2028", "2027-03-03": "2028-03-01"},
        people=[replace(person("gog"), email="ALK@example.org")],
    )

    live.apply(files)

    other = live.unit.standing(files.id).record
    assert other.people[live.person("alk")].id == "gog"
    assert len({*live.record.people, *other.people}) == len(live.record.people)


def test_files_that_follow_an_unrecorded_cohort_are_refused() -> None:
    live = held()
    files = small_files(cohort={"cohort: 2027": "cohort: 2028\nfollows: 2026"})

    with pytest.raises(RefusedError) as refused:
        live.apply(files)

    assert str(refused.value) == (
        "follows: relay/2026 is not recorded; record it first, or leave the line out"
    )
    assert live.unit.store.cohorts() == (live.cohort,)


def test_each_application_is_a_revision_with_its_digest() -> None:
    live = held()

    live.apply(small_files(LATER_WORKSHOPS))
    live.apply(small_files())

    applied = live.facts(Applied)
    assert [one.revision for one in applied] == [1, 2, 3]
    assert applied[0].digest == applied[2].digest != applied[1].digest


def test_preparing_tells_the_cohort_as_it_would_be() -> None:
    live = held()
    files = small_files(people=[*PEOPLE, person("gog")])

    found = prepare(live.unit, files, now=live.now)

    assert found.record is live.record
    assert found.after.record.participant("gog") is not None
    assert live.record.participant("gog") is None
