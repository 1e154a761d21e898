"""What somebody was sent, what they did, and when."""

import datetime as dt
import json
from dataclasses import replace

from engine.commands.matching import confirm
from engine.history import Line, history, line_document
from tests.fakes.cohorts import (
    CLOSING,
    FIRST_WORKSHOP,
    PEOPLE,
    Live,
    begun,
    matched,
    proposed,
    small_files,
)
from tests.fakes.memory import MemoryOutbox
from tests.fakes.nomination_files import CONSENT, nomination_files
from tests.fakes.nominations import opened
from tests.fakes.sending import settled
from tests.fakes.talks import booked, others_of

DAY = dt.timedelta(days=1)
TIME = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)


def lines(live: Live, id_: str) -> tuple[Line, ...]:
    """Return what there is to tell of a person now."""
    outbox = MemoryOutbox(live.memory)
    return history(
        live.record,
        live.person(id_),
        facts=live.history(),
        mails=outbox.standings(live.cohort),
        subjects={
            number: f"about {post.kind}"
            for number, post in enumerate(live.renderer.posts, start=1)
        },
        now=live.now,
    )


def did(live: Live, id_: str) -> list[tuple[str, str, str, str]]:
    """Return what a person did, what it is about in words and as an id, and by whom."""
    return [
        (one.what, one.which, one.id, one.by)
        for one in lines(live, id_)
        if not one.status
    ]


def test_what_a_person_did_is_told_in_order_with_who_recorded_it() -> None:
    live = matched()
    live.until(TIME - 6 * DAY)
    live.book("alk", TIME)
    live.accept("kick-off-1", "alk")
    live.attend("kick-off-1", alk=True, mejse=False)
    live.accept("conversation-2", "alk", "declined")
    live.now = TIME
    live.met("conversation-2")
    live.until(FIRST_WORKSHOP + 3 * DAY)
    live.answer("after-workshop-1", "alk", useful=4)

    by = "coordinator"
    assert did(live, "alk") == [
        ("takes part as mentee", "", "", by),
        ("was matched", "with ugle", "pair-2", by),
        ("said yes", "with ugle", "pair-2", by),
        ("booked", "Conversation", "conversation-2", by),
        ("accepted", "Kick off", "kick-off-1", by),
        ("came", "Kick off", "kick-off-1", by),
        ("declined", "Conversation", "conversation-2", by),
        ("met", "Conversation", "conversation-2", by),
        ("answered", "After workshop", "after-workshop-1", by),
    ]
    assert [one.time for one in lines(live, "alk") if one.what == "booked"] == [TIME]
    assert ("did not come", "Kick off", "kick-off-1", by) in did(live, "mejse")
    assert [one for one in did(live, "mejse") if one[0] in {"booked", "met"}] == []


def test_what_somebody_did_themselves_has_nobody_beside_it() -> None:
    live = proposed()
    live.approve()
    match, falk = live.match_of("falk"), live.person("falk")

    live.unit.perform(
        live.cohort,
        lambda one: confirm(one, match=match.id, person=falk, agrees=False),
        now=live.now,
        actor=falk,
    )

    theirs, partners = did(live, "falk")[-2:], did(live, "mejse")[-1]
    assert theirs == [
        ("said no", "with mejse", match.id, ""),
        ("match came to nothing", "with mejse", match.id, ""),
    ]
    assert partners == ("match came to nothing", "with falk", match.id, "falk")


def test_another_address_is_not_another_role() -> None:
    live = matched()
    before = did(live, "alk")
    changed = [
        replace(one, email=f"new.{one.email}", roles=(*one.roles, *more))
        for one, more in zip(PEOPLE, ((), (), (), ("mentor",)), strict=True)
    ]

    live.apply(small_files(people=changed))

    assert did(live, "alk") == before
    assert did(live, "mejse")[-1] == (
        "takes part as mentee, mentor",
        "",
        "",
        "coordinator",
    )


def test_that_somebody_answered_is_not_told_where_it_is_anonymous() -> None:
    live = begun()
    live.until(CLOSING + 2 * DAY)
    before = did(live, "alk")

    live.answer("final-1", "alk", goals=5)

    assert did(live, "alk") == before


def test_a_talk_of_one_of_a_group_is_told_of_nobody_else_in_it() -> None:
    live = booked()

    told = [("booked", "talk") for one in did(live, "e0") if one[0] == "booked"]

    assert len(told) == 1
    for other in others_of(live, "e0"):
        assert [one for one in did(live, other) if one[0] == "booked"] == []


def test_who_nominates_is_told_with_whom_and_the_nominee_with_what_came_of_it() -> None:
    nominations = opened(nomination_files(CONSENT))
    live = nominations.live
    nominations.nominate("ravn", "anna", manager="mads")
    nominations.consent("anna")
    nominations.says("anna")
    nominations.nominate("svale", "bo", "man", manager="mads")
    nominations.consent("bo", agrees=False)

    anna = live.record.people[nominations.who("anna")].id
    bo = live.record.people[nominations.who("bo")].id
    mads = live.record.people[nominations.who("mads")].id
    of = [(what, title, one) for what, title, one, _ in did(live, anna)]
    about = ("Indstilling", "mentees-1")
    assert of == [
        ("was nominated", *about),
        ("was given the time", *about),
        ("said yes", *about),
        ("got a place", *about),
        ("takes part as mentee", "", ""),
    ]
    assert [one[0] for one in did(live, bo)] == [
        "was nominated",
        "was not given the time",
    ]
    assert f"nominated {anna}" in [one[0] for one in did(live, "ravn")]
    assert [one[0] for one in did(live, mads)] == [
        f"gave {anna} the time",
        f"did not give {bo} the time",
    ]


def test_a_mail_is_told_when_it_left_and_one_that_waits_when_it_may() -> None:
    live = matched()
    outbox = MemoryOutbox(live.memory)
    first = outbox.outstanding()[0]
    reader = live.record.people[first.recipient].id
    gone = live.now + DAY
    before = [one for one in lines(live, reader) if one.status]

    settled(outbox, "sent", gone)
    told = [one for one in lines(live, reader) if one.id == str(first.number)]

    assert {one.status for one in before} == {"pending", "superseded"}
    assert told == [
        Line(
            at=gone,
            cohort=live.cohort,
            what=first.kind,
            which=f"about {first.kind}",
            id=str(first.number),
            status="sent",
        )
    ]
    assert [one.at for one in before] == sorted(one.at for one in before)


def test_a_mail_whose_fate_is_not_known_says_so() -> None:
    live = matched()
    outbox = MemoryOutbox(live.memory)
    first = outbox.outstanding()[0]
    reader = live.record.people[first.recipient].id

    settled(outbox, "in doubt", live.now, live.now + DAY)

    told = {one.id: (one.status, one.at) for one in lines(live, reader)}
    assert told[str(first.number)] == ("in doubt", live.now + DAY)


def test_a_line_can_be_written_as_json_in_the_time_of_its_cohort() -> None:
    live = matched()
    live.until(TIME - 6 * DAY)
    live.book("alk", TIME)

    (line,) = (one for one in lines(live, "alk") if one.what == "booked")

    assert json.loads(json.dumps(line_document(live.record, line))) == {
        "at": "2027-03-04T10:00:00+01:00",
        "cohort": "relay/2027",
        "what": "booked",
        "which": "Conversation",
        "id": "conversation-2",
        "time": "2027-03-10T10:00:00+01:00",
        "status": "",
        "by": "coordinator",
    }
