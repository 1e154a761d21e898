"""What the shipped year must be, rehearsed into files, and done for real."""

import csv
import datetime as dt
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

from icalendar import Calendar
from icalendar.cal import Component

from engine.commands.advance import advance
from engine.commands.apply import apply
from engine.commands.deliver import deliver
from engine.facts import to_lines
from flows.wiring import App, wire
from integrations.clock import FixedClock
from integrations.mail.session import Relay
from integrations.mail.smtp import SmtpMailer
from tests.acceptance.conftest import COHORT, RehearsedYear
from tests.fakes.calendars import calendars_in, event_in
from tests.fakes.sink import Sink, listening

LEASE = dt.timedelta(minutes=5)
RESTART_EVERY = 40


def occurrences(year: RehearsedYear) -> list[dict[str, object]]:
    """Return what timeline.json lists."""
    found: list[dict[str, object]] = json.loads(
        (year.folder / "timeline.json").read_text(encoding="utf-8")
    )
    return found


def people() -> dict[str, dict[str, str]]:
    """Return the rows of the participants file by id."""
    text = (COHORT.parent / "participants.csv").read_text(encoding="utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}


def test_the_gatherings_are_where_the_programme_puts_them(year: RehearsedYear) -> None:
    gatherings = [
        (one["id"], str(one["starts"]), str(one["ends"]))
        for one in occurrences(year)
        if one["kind"] == "gathering"
    ]

    assert gatherings == [
        ("kick-off-1", "2027-11-17T13:00:00+01:00", "2027-11-17T16:00:00+01:00"),
        ("workshop-1", "2028-02-23T13:00:00+01:00", "2028-02-23T16:00:00+01:00"),
        ("workshop-2", "2028-05-17T13:00:00+02:00", "2028-05-17T16:00:00+02:00"),
        ("workshop-3", "2028-08-16T13:00:00+02:00", "2028-08-16T16:00:00+02:00"),
        ("closing-1", "2028-11-15T13:00:00+01:00", "2028-11-15T17:00:00+01:00"),
    ]


def test_fourteen_pairs_cross_departments_and_everyone_agreed(
    year: RehearsedYear,
) -> None:
    matches = json.loads((year.folder / "matches.json").read_text(encoding="utf-8"))
    rows = people()

    pairs = [
        (match["members"]["mentor"][0], match["members"]["mentee"][0])
        for match in matches["matches"]
    ]

    mentees = sorted(id_ for id_, row in rows.items() if "mentee" in row["roles"])
    assert sorted(mentee for _, mentee in pairs) == mentees
    assert len(mentees) == 14
    assert all(rows[a]["department"] != rows[b]["department"] for a, b in pairs)
    taken = Counter(mentor for mentor, _ in pairs)
    assert all(count <= int(rows[one]["capacity"] or 1) for one, count in taken.items())
    assert matches["summary"]["pair"]["status"] == "optimal"


def test_every_pair_meets_again_and_again_and_never_in_a_break(
    year: RehearsedYear,
) -> None:
    held = [one for one in occurrences(year) if one["status"] == "held"]
    by_match = Counter(one["match"] for one in held)
    days = year.rehearsed.record.days

    assert len(by_match) == 14
    for one in held:
        date = dt.datetime.fromisoformat(str(one["starts"])).date()
        assert days.is_open(date), one
    for match in by_match:
        starts = sorted(
            dt.datetime.fromisoformat(str(one["starts"]))
            for one in held
            if one["match"] == match
        )
        assert all(later > earlier for earlier, later in pairwise(starts))


def test_mail_leaves_in_the_hours_that_the_spec_says(year: RehearsedYear) -> None:
    days = year.rehearsed.record.days

    for mail in year.mails.values():
        sent = mail["Date"].datetime
        assert days.is_open(sent.date()), sent
        assert 8 <= sent.hour < 16, sent


def test_nobody_gets_two_letters_on_one_day(year: RehearsedYear) -> None:
    letters = Counter(
        (mail["To"], mail["Date"].datetime.date())
        for path, mail in year.mails.items()
        if "-letter-" in path.name
    )

    assert max(letters.values()) == 1


def test_no_two_mails_share_a_message_id(year: RehearsedYear) -> None:
    ids = Counter(mail["Message-ID"] for mail in year.mails.values())

    assert max(ids.values()) == 1


def test_the_last_calendar_mail_of_everyone_agrees_with_their_feed(
    year: RehearsedYear,
) -> None:
    told: dict[tuple[str, str], tuple[object, ...]] = {}
    for path in year.sent:
        for calendar in calendars_in(path.read_bytes()):
            event = event_in(calendar)
            reader = path.stem.rpartition("-")[2]
            told[(reader, str(event["UID"]))] = _shown(event)

    for feed in (year.folder / "calendars").iterdir():
        events = Calendar.from_ical(feed.read_bytes()).walk("VEVENT")
        shown = {str(event["UID"]): _shown(event) for event in events}
        mailed = {
            uid: what for (reader, uid), what in told.items() if reader == feed.stem
        }
        if feed.stem != "coordinator":
            assert shown == mailed, feed.stem


def test_a_mentees_match_is_known_to_nobody_before_both_said_yes(
    year: RehearsedYear,
) -> None:
    phones = {row["phone"]: id_ for id_, row in people().items()}
    record = year.rehearsed.record
    agreed = {
        (record.people[one].id, record.people[other].id): match.agreed
        for match in record.state.matches.values()
        for one in match.people
        for other in match.people
    }

    for path, mail in year.mails.items():
        body = mail.get_body(("plain",))
        assert body is not None
        words, reader = body.get_content(), path.stem.rpartition("-")[2]
        for phone, other in phones.items():
            if phone in words:
                known = agreed.get((reader, other))
                assert known is not None, path.name
                assert mail["Date"].datetime >= known, path.name


def test_no_mail_has_a_hole_where_a_word_should_be(year: RehearsedYear) -> None:
    for path, mail in year.mails.items():
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body is not None
            text = body.get_content()
            assert "{" not in text.replace("{box-sizing", "") or kind == "html", path
            assert "None" not in text, path
        assert "{" not in mail["Subject"], path


def test_the_same_year_for_real_has_the_same_facts_and_the_same_mails(
    year: RehearsedYear, tmp_path: Path
) -> None:
    clock = FixedClock(year.rehearsed.began)

    with listening(Sink()) as sink:
        app = _start(year, clock, tmp_path, sink)
        apply(app.unit, year.files, now=clock.now())
        for number, (moment, reactions) in enumerate(year.rehearsed.steps, start=1):
            if number % RESTART_EVERY == 0:
                _stop(app)
                app = _start(year, clock, tmp_path, sink)
            clock.move(moment)
            for reaction in reactions:
                app.unit.perform(
                    year.files.id, reaction.command, now=moment, actor=reaction.actor
                )
            advance(app.unit, year.files.id, now=moment)
            deliver(app.outbox, app.mailer(), clock, lease=LEASE)
        facts = app.unit.store.facts(year.files.id)
        _stop(app)

    assert to_lines(facts) == to_lines(year.rehearsed.facts)
    sent = [payload for _, payload in sink.accepted]
    assert sent == [path.read_bytes() for path in year.sent]


def _shown(event: Component) -> tuple[str, ...]:
    """Return what a person sees of an event, its SEQUENCE included."""
    return tuple(
        str(event[name].to_ical()) if name in event else ""
        for name in ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "SEQUENCE", "STATUS")
    )


def _start(year: RehearsedYear, clock: FixedClock, folder: Path, sink: Sink) -> App:
    """Return an application with nothing in memory, as after a restart."""
    mailer = SmtpMailer(Relay(host="127.0.0.1", port=sink.port, security="none"))
    return wire(
        f"sqlite:///{folder / 'stafet.db'}",
        installation=year.rehearsed.app.unit.installation,
        clock=clock,
        mailer=lambda: mailer,
    )


def _stop(app: App) -> None:
    app.mailer().close()
    app.engine.dispose()
