"""What holds of every shipped programme when its year goes wrong again and again."""

from collections import Counter
from pathlib import Path

from engine.coordinators import organises
from engine.facts import Paused, Raised, Resumed
from integrations.mail.reading import text_of
from tests.acceptance.programmes.shipped import files
from tests.acceptance.test_same_bytes import digests
from tests.mishaps.acts import REASON
from tests.mishaps.conftest import Lives
from tests.mishaps.life import Lived, live
from tests.mishaps.reading import (
    farewells,
    feeds,
    invited,
    invited_late,
    mailed,
    met_before_it_ended,
    received,
    settled,
    timed,
    told_of,
    without,
)
from tests.mishaps.scripts import AALBORG, SCRIPTS
from tests.mishaps.telling import merged

SMALL = "group-mentoring"
LEAVE = 2
"""So many leave in each script: one for good, one for the next cohort."""


def test_each_mishap_tells_the_right_people_the_right_things_and_nobody_else(
    lived: Lived,
) -> None:
    told = {one.mishap.what: lived.told(one) for one in lived.life.happened}

    assert told == {
        one.mishap.what: merged(one.mishap.tells(one.before))
        for one in lived.life.happened
    }


def test_all_of_the_script_has_happened(lived: Lived) -> None:
    happened = Counter(one.mishap.what for one in lived.life.happened)

    assert happened == Counter(
        one.what for one in SCRIPTS[lived.life.files.frozen.programme.programme]
    )
    assert len(happened) >= 15


def test_mail_that_is_refused_for_good_is_a_task_of_who_answers_for_its_reader(
    lived: Lived,
) -> None:
    people = lived.standing.record.people
    dead = [people[row.recipient].id for row in lived.rows if row.status == "dead"]

    raised = [
        people[fact.event.person].id
        for fact in lived.facts
        if isinstance(fact.event, Raised)
        and fact.event.wording == "undelivered"
        and fact.event.person
    ]

    assert dead
    assert raised == dead


def test_the_last_calendar_mail_of_everyone_agrees_with_their_feed(
    lived: Lived,
) -> None:
    shown, told = feeds(lived), mailed(lived)

    # Whoever was taken off hears no more of it, whatever becomes of it.
    off = {
        (id_, uid)
        for id_, entries in told.items()
        for uid, entry in entries.items()
        if entry.cancelled and shown[id_][uid].cancelled
    }
    assert without(told, off) == without(shown, off)
    assert all(told[id_][uid].sequence <= shown[id_][uid].sequence for id_, uid in off)


def test_what_a_feed_shows_is_where_the_timeline_has_it(lived: Lived) -> None:
    shown = {
        uid: (entry.starts, entry.ends)
        for entries in feeds(lived).values()
        for uid, entry in entries.items()
        if not entry.cancelled
    }

    over = {uid: shown[uid] for uid in met_before_it_ended(lived) if uid in shown}
    ahead = {uid: at for uid, at in timed(lived).items() if uid in shown}
    assert shown
    assert shown == {**over, **ahead}


def test_whoever_has_left_gets_their_farewell_and_nothing_after_it(
    lived: Lived,
) -> None:
    left = {person: at for person, (at, _) in farewells(lived).items()}

    after = {who: set(received(lived, who, since=at)) for who, at in left.items()}
    letters = {
        who: received(lived, who, at).count("letter") for who, at in left.items()
    }

    # What is taken back leaves in the same moment.
    assert set().union(*after.values()) <= {"letter", "cancellation"}
    assert letters == dict.fromkeys(left, 1)
    assert len(left) >= LEAVE


def test_what_is_taken_back_from_who_leaves_is_so_in_the_same_moment(
    lived: Lived,
) -> None:
    left = {person: at for person, (at, _) in farewells(lived).items()}

    late = {
        row.key
        for row in lived.rows
        if row.kind == "cancellation"
        and row.cohort == lived.life.cohort
        and settled(row) > left.get(row.recipient, settled(row))
    }

    assert late == set()


def test_whoever_is_away_is_told_so_once_and_asked_for_nothing_before_they_are_back(
    lived: Lived,
) -> None:
    began = {
        one.event.person: one.at for one in lived.facts if isinstance(one.event, Paused)
    }
    ended = {
        one.event.person: one.at
        for one in lived.facts
        if isinstance(one.event, Resumed)
    }

    during = {
        who: sorted(received(lived, who, at, until=ended[who]))
        for who, at in began.items()
    }

    asked = {
        who: [
            begins
            for begins in invited(lived, who, at, ended[who])
            if begins < ended[who]
        ]
        for who, at in began.items()
    }

    assert during
    assert {who: kinds.count("letter") for who, kinds in during.items()} == (
        dict.fromkeys(during, 1)
    )
    assert set().union(*during.values()) <= {"cancellation", "invitation", "letter"}
    assert asked == {who: [] for who in during}


def test_nobody_is_invited_into_the_past(lived: Lived) -> None:
    late = invited_late(lived)

    assert len(lived.payloads) > 100
    assert late == []


def test_no_mail_tells_why_somebody_has_left(lived: Lived) -> None:
    told = [
        path.name
        for path, payload in lived.payloads.items()
        if REASON in text_of(payload)
    ]

    assert REASON in {reason for _, reason in farewells(lived).values()}
    assert told == []


def test_who_asked_for_a_pair_to_end_reads_what_the_other_reads(
    lives: Lives,
) -> None:
    lived = lives.of(AALBORG.programme)
    record = lived.standing.record
    matches = record.state.matches.values()
    ended = next(one for one in matches if one.ended and not one.parted)
    pair = [record.people[one] for one in ended.people]

    read = [
        line.replace(other.name, "…")
        for one, other in (pair, pair[::-1])
        for line in told_of(lived, one.id, "slut før tid")
    ]

    assert AALBORG.ended in {one.id for one in pair}
    assert read == read[:1] * 2
    assert "ingen har skylden" in read[0]


def test_nobody_but_a_coordinator_gets_two_letters_a_day(lived: Lived) -> None:
    record = lived.standing.record
    letters = Counter(
        (row.cohort, row.recipient, record.days.zone.date(settled(row)))
        for row in lived.rows
        if row.kind == "letter" and not organises(record, row.recipient)
    )

    assert max(letters.values()) == 1


def test_the_year_ends_with_nothing_due_and_nothing_open(lived: Lived) -> None:
    state = lived.standing.record.state
    fates = {row.status for row in lived.rows if row.cohort == lived.life.cohort}

    assert lived.standing.actions == ()
    assert state.tasks == {}
    assert state.waiting == {}
    assert fates <= {"sent", "superseded", "annihilated", "dead"}


def test_the_same_mishaps_twice_are_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        live(files(SMALL), SCRIPTS[SMALL], folder)

    one, other = (digests(folder) for folder in folders)

    assert one == other
    assert len(one) > 100
