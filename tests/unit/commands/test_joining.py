"""What somebody with a place takes part in, as if the people file had them."""

import datetime as dt

from engine.facts import Enrolled
from tests.fakes.cohort_files import person
from tests.fakes.nomination_files import (
    CHOSEN,
    PEOPLE,
    mentee,
    nomination_files,
)
from tests.fakes.nominations import filled, opened

DAY = dt.timedelta(days=1)


ASSESSMENT = {
    "for how long: 4 weeks\n": """for how long: 4 weeks
      - gathering: assessment-day
        when: 7 weeks before kick-off
        starts: 9:00
        lasts: 3 hours
        for: nominees
        hold the date: at once
"""
}


def test_who_is_proposed_takes_no_part_before_they_have_a_place() -> None:
    live = opened()

    live.nominate("ravn", "anna")
    before = live.live.record.audience("everyone")
    live.says("anna")

    assert live.who("anna") not in before
    assert live.mentees() == ["anna"]
    assert live.live.record.people[live.who("anna")].roles == ("mentee",)
    assert live.live.state.enrolled[live.who("anna")] == ("mentee",)


def test_who_gets_a_place_is_invited_to_what_others_were_and_they_hear_nothing() -> (
    None
):
    there = (*PEOPLE, mentee("alk", "Havne", "woman"))
    live = opened(nomination_files(people=there))
    before = len(live.live.posts("alk", "invitation"))

    live.nominate("ravn", "anna")
    live.says("anna")

    told = live.live.state.announced["kick-off-1"].told  # type: ignore[index]
    (mail,) = live.live.posts(f"nominee-{live.who('anna')}", "invitation")[:1]
    assert live.who("anna") in told.audience
    assert mail.subject == "Please keep the date: Kick off"
    assert len(live.live.posts("alk", "invitation")) == before


def test_who_gives_a_place_back_is_taken_off_what_was_announced() -> None:
    live = opened()
    live.nominate("ravn", "anna")
    live.says("anna")

    live.says("anna", yes=False)

    told = live.live.state.announced["kick-off-1"].told  # type: ignore[index]
    assert live.who("anna") in told.withdrawn
    assert live.live.posts(f"nominee-{live.who('anna')}", "cancellation")


def test_a_people_file_without_them_neither_drops_them_nor_asks() -> None:
    live = filled()

    plan = live.live.plan(nomination_files())
    live.live.apply(nomination_files())

    assert plan.missing == ()
    assert live.mentees() == ["anna", "bo", "cleo"]


def test_who_appears_in_the_people_file_later_is_the_same_person() -> None:
    live = filled()
    before = live.who("anna")
    row = person("t07", email="anna@example.org", department="Teknik", roles=("head",))

    live.live.apply(nomination_files(people=(*PEOPLE, row)))

    found = live.live.record.people[before]
    assert (found.id, found.roles) == ("t07", ("head", "mentee"))
    assert live.mentees() == ["anna", "bo", "cleo"]
    assert live.live.plan(nomination_files(people=(*PEOPLE, row))).empty


def test_somebody_of_the_cohort_who_is_proposed_keeps_their_row_and_gets_the_role() -> (
    None
):
    mentor = person("alk", roles=("mentor",), department="Teknik", name="Alma Alk")
    live = opened(nomination_files(people=(*PEOPLE, mentor)))

    live.nominate("ravn", "alk")
    live.says("alk")

    found = live.live.record.people[live.who("alk")]
    assert (found.id, found.name, found.roles) == (
        "alk",
        "Alma Alk",
        ("mentor", "mentee"),
    )
    assert live.live.facts(Enrolled)[-1].roles == ("mentor", "mentee")


def test_an_assessment_day_is_for_who_has_said_yes_and_not_for_who_is_refused() -> None:
    there = (*PEOPLE, mentee("alk", "Havne", "woman"))
    live = opened(nomination_files({**CHOSEN, **ASSESSMENT}, people=there))
    live.nominate("ravn", "anna")
    live.nominate("ravn", "bo", "man")

    live.says("anna")
    live.says("bo")
    invited = live.live.state.announced["assessment-day-1"].told  # type: ignore[index]
    live.refuse("bo")

    day = live.live.state.announced["assessment-day-1"].told  # type: ignore[index]
    kick_off = live.live.state.announced["kick-off-1"].told  # type: ignore[index]
    both = {live.who(name) for name in ("alk", "anna", "bo")}
    assert set(invited.audience) == both
    assert set(day.audience) == both - {live.who("bo")}
    assert live.who("anna") not in kick_off.audience


def test_who_gives_a_place_back_is_in_no_match_that_is_approved_afterwards() -> None:
    live = filled()
    live.live.until(dt.datetime(2027, 2, 4, 9, tzinfo=dt.UTC))
    proposed = repr(live.live.state.proposed)

    live.says("anna", yes=False)
    live.live.approve()

    matched = {
        one for match in live.live.state.matches.values() for one in match.people
    }
    assert live.who("anna") in proposed
    assert {live.who(name) for name in ("bo", "cleo", "dag")} <= matched
    assert live.who("anna") not in matched


def test_who_reads_all_of_it_anew_finds_the_same() -> None:
    live = filled(ASSESSMENT)
    live.says("anna", yes=False)
    live.later(12)
    live.says("dag", yes=False)

    anew = live.live.reopened().standing(live.live.cohort)

    assert anew == live.live.standing
