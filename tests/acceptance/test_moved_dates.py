"""Dates that move, in a database and in mail: a kick-off, and a room hours before."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from engine.commands.advance import advance
from engine.commands.apply import Files, apply, prepare
from engine.commands.deliver import deliver
from engine.ids import CohortId, OccurrenceId
from engine.installation import Installation
from engine.reached import unreached
from engine.spec.moments import LocalDate
from flows.loading import load
from flows.wiring import App, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer
from tests.acceptance.conftest import COHORT
from tests.fakes.calendars import calendars_in, event_in, sequence_of

NAME, KICK_OFF = CohortId("aarhus-leadership/2027"), OccurrenceId("kick-off-1")
FIRST_DAY = dt.datetime(2027, 8, 9, 8, tzinfo=dt.UTC)
BEGINS = dt.datetime(2027, 11, 17, 8, tzinfo=dt.UTC)
SEVEN = dt.datetime(2027, 11, 17, 6, tzinfo=dt.UTC)  # at seven in Aarhus
Told = tuple[str, str, int, str, str]
"""Method, UID, SEQUENCE, local start and place of a calendar mail."""


@dataclass
class Running:
    """A cohort in a database of its own, whose mail goes into a folder."""

    app: App
    files: Files
    folder: Path
    now: dt.datetime = FIRST_DAY

    def advance(self, now: dt.datetime) -> None:
        self.now = now
        advance(self.app.unit, NAME, now=now)
        self.deliver(now)

    def deliver(self, now: dt.datetime) -> None:
        clock = FixedClock(now)
        lease = dt.timedelta(minutes=5)
        deliver(self.app.outbox, self.app.mailer(), clock, lease=lease)

    def edited(self, **changes: object) -> Files:
        """Return the files with another cohort file."""
        cohort = self.files.frozen.cohort.model_copy(update=changes)
        frozen = self.files.frozen.model_copy(update={"cohort": cohort})
        return replace(self.files, frozen=frozen)

    def told(self, kind: str) -> Counter[Told]:
        """Return how many mails of a kind about the kick-off say the same."""
        uid = self.app.unit.standing(NAME).record.uid(KICK_OFF)
        found: Counter[Told] = Counter()
        for path in sorted(self.folder.glob(f"*-{kind}-*.eml")):
            for calendar in calendars_in(path.read_bytes()):
                event = event_in(calendar)
                starts = event.decoded("DTSTART").isoformat()
                place = str(event["LOCATION"]).partition(",")[0]
                one = (str(event["UID"]), sequence_of(event), starts, place)
                found[(str(calendar["METHOD"]), *one)] += str(event["UID"]) == uid
        return +found

    def left(self, kind: str) -> set[dt.datetime]:
        """Return when mails of a kind left."""
        rows = self.app.outbox.standings(NAME)
        return {one.settled_at for one in rows if one.kind == kind and one.settled_at}


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """The shipped cohort with its kick-off at nine, all of whose dates are held."""
    mailer = FileMailer(tmp_path / "mail", label=lambda one: one.recipient)
    app = wire(
        f"sqlite:///{tmp_path / 'stafet.db'}",
        installation=Installation(
            key=b"k" * 32, base_url="http://localhost:8000", domain="example.org"
        ),
        clock=FixedClock(FIRST_DAY),
        mailer=lambda: mailer,
    )
    running = Running(app, load(COHORT), tmp_path / "mail")
    dates = {"kick-off": LocalDate.parse("2027-11-17 09:00")}
    running.files = running.edited(dates=dates)
    apply(app.unit, running.files, now=FIRST_DAY)
    running.advance(FIRST_DAY)
    return running


def test_a_moved_kick_off_updates_the_same_entry_in_sending_hours(
    running: Running,
) -> None:
    uid = running.app.unit.standing(NAME).record.uid(KICK_OFF)
    saturday = dt.datetime(2027, 9, 4, 18, tzinfo=dt.UTC)
    monday = dt.datetime(2027, 9, 6, 6, tzinfo=dt.UTC)  # at eight in Aarhus
    files = running.edited(dates={"kick-off": LocalDate.parse("2027-11-24 09:00")})

    plan = apply(running.app.unit, files, now=saturday)
    running.deliver(saturday)
    early = running.left("update")
    running.deliver(monday)

    room = "Rådhuset"
    assert running.told("invitation") == {
        ("REQUEST", uid, 0, "2027-11-17T09:00:00+01:00", room): 30
    }
    assert running.told("update") == {
        ("REQUEST", uid, 1, "2027-11-24T09:00:00+01:00", room): 30
    }
    assert early == set()
    assert running.left("update") == {monday}
    assert [one.occurrence for one in plan.moved if one.told] == [
        "kick-off-1",
        "workshop-2",
        "workshop-3",
        "closing-1",
    ]
    # The nearest open Wednesday for the first workshop is the same one.
    assert [(one.occurrence, one.why) for one in plan.stays] == [
        ("workshop-1", "not touched by it")
    ]
    assert prepare(running.app.unit, files, now=monday).plan.empty


def test_another_room_two_hours_before_is_told_at_seven_and_who_has_not_seen_it(
    running: Running,
) -> None:
    uid = running.app.unit.standing(NAME).record.uid(KICK_OFF)
    running.advance(BEGINS - dt.timedelta(days=14))
    places = {**running.files.frozen.cohort.places, "kick-off": "library"}
    files = running.edited(places=places)

    plan = apply(running.app.unit, files, now=SEVEN)
    waiting = unreached(
        running.app.unit.standing(NAME).record,
        KICK_OFF,
        running.app.outbox.standings(NAME),
    )
    running.deliver(SEVEN)

    assert running.told("update") == {
        ("REQUEST", uid, 1, "2027-11-17T09:00:00+01:00", "Dokk1"): 30
    }
    assert running.left("update") == {SEVEN}
    assert len(plan.soon) == 30
    assert Counter(one.mail for one in waiting) == {"pending": 30}
    after = unreached(
        running.app.unit.standing(NAME).record,
        KICK_OFF,
        running.app.outbox.standings(NAME),
    )
    assert Counter((one.mail, one.answered) for one in after) == {("sent", False): 30}
