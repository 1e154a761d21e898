"""A mentor leaves in mid-year, another pauses: the mails and feeds that follow."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from icalendar import Calendar

from engine.commands.advance import advance
from engine.commands.apply import apply
from engine.commands.booking import book
from engine.commands.deliver import deliver
from engine.commands.leaving import drop
from engine.commands.matching import approve, confirm
from engine.commands.pausing import pause
from engine.ids import CohortId, PersonId
from engine.installation import Installation
from engine.record import Record
from engine.state import State
from flows.loading import load
from flows.wiring import App, feed_of, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer
from tests.acceptance.conftest import COHORT, parsed

HERE = CohortId("aarhus-leadership/2027")
APPLIED = dt.datetime(2027, 8, 9, 8, tzinfo=dt.UTC)
PROPOSED = dt.datetime(2027, 10, 26, 8, tzinfo=dt.UTC)
SPRING = dt.datetime(2028, 3, 14, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2028, 5, 9, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LEASE = dt.timedelta(minutes=5)


class Year:
    """The shipped cohort on disk, read anew for each moment of its year."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(APPLIED)
        self.app = self._opened()

    def _opened(self) -> App:
        mailer = FileMailer(self.folder / "mail", label=lambda one: one.recipient)
        return wire(
            f"sqlite:///{self.folder / 'stafet.db'}",
            installation=Installation(
                key=b"k" * 32, base_url="http://localhost:8000", domain="example.org"
            ),
            clock=self.clock,
            mailer=lambda: mailer,
        )

    @property
    def record(self) -> Record:
        return self.app.unit.standing(HERE).record

    @property
    def state(self) -> State:
        return self.record.state

    def until(self, moment: dt.datetime) -> None:
        """Do what is due, day by day, and send what may leave."""
        while self.clock.now() < moment:
            day = min(self.clock.now() + dt.timedelta(days=7), moment)
            self.clock.move(day)
            self.done()

    def done(self) -> None:
        advance(self.app.unit, HERE, now=self.clock.now())
        deliver(self.app.outbox, self.app.mailer(), self.clock, lease=LEASE)

    def restarted(self) -> None:
        self.app.engine.dispose()
        self.app = self._opened()

    def agree(self) -> None:
        """Approve the proposal, and let everybody say yes in their turn."""
        unit, now = self.app.unit, self.clock.now()
        unit.perform(HERE, approve, now=now)
        for match in tuple(self.state.matches.values()):
            part = self.record.frozen.programme.matches[match.kind]
            for side in part.asked(match.members):
                for who in side:
                    said = partial(confirm, match=match.id, person=who, agrees=True)
                    unit.perform(HERE, said, now=now)

    def mails(self, person: PersonId, since: int = 0) -> Sequence[Path]:
        """Return the mails to somebody, in the order in which they were sent."""
        sent = sorted((self.folder / "mail").iterdir())[since:]
        return [path for path in sent if f"-{person}.eml" in path.name]

    def entries(self, person: PersonId) -> dict[str, str]:
        """Return what somebody's feed says of each entry."""
        feed = Calendar.from_ical(feed_of([self.record], person))
        return {str(one["UID"]): str(one["STATUS"]) for one in feed.walk("VEVENT")}


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """The shipped cohort in the spring of its year, read from disk."""
    live = Year(tmp_path)
    apply(live.app.unit, load(COHORT), now=APPLIED)
    live.done()
    live.until(PROPOSED)
    live.agree()
    live.until(SPRING)
    live.restarted()
    return live


def subjects(paths: Sequence[Path]) -> list[str]:
    return [str(parsed(path.read_bytes())["Subject"]) for path in paths]


def test_a_mentor_who_leaves_in_mid_year(year: Year) -> None:
    match = next(iter(year.state.matches.values()))
    (mentor,), (mentee,) = match.members["mentor"], match.members["mentee"]
    meets = partial(book, series=match.id, starts=SPRING + 7 * DAY, now=SPRING)
    year.app.unit.perform(HERE, meets, now=SPRING)
    others = [one for one in year.state.matches.values() if mentor not in one.people]
    stranger = others[0].people[0]
    ahead = {
        year.record.uid(one.told.occurrence)
        for one in year.state.announced.values()
        if one.told.starts > SPRING and mentor in one.told.audience
    }
    before = year.entries(mentor)
    year.done()
    sent = len(list((year.folder / "mail").iterdir()))

    leaves = partial(drop, person=mentor, reason="new job", now=SPRING)
    year.app.unit.perform(HERE, leaves, now=SPRING)
    year.until(LATER)

    told = year.mails(mentor, sent)
    assert len(told) == len(ahead) + 1
    cancelled = {
        str(one["UID"])
        for path in told
        for part in parsed(path.read_bytes()).walk()
        if part.get_content_type() == "text/calendar"
        for one in Calendar.from_ical(part.get_content()).walk("VEVENT")
        if str(one["STATUS"]) == "CANCELLED"
    }
    assert cancelled == ahead
    after = year.entries(mentor)
    assert {uid for uid, status in after.items() if status != before[uid]} == ahead
    theirs = subjects(year.mails(mentee, sent))
    assert any("deltager ikke længere" in one for one in theirs)
    assert sum(one.startswith("Aflyst") for one in theirs) == 1
    everything = "".join(
        path.read_text(errors="replace") for path in (year.folder / "mail").iterdir()
    )
    assert "new job" not in everything
    assert year.record.people[mentor].name not in "".join(
        subjects(year.mails(stranger, sent))
    )
    assert mentee in year.state.enrolled
    assert f"find-match/{match.id}" in year.state.tasks


def test_a_mentor_who_is_away_for_two_months_and_comes_back(year: Year) -> None:
    match = next(iter(year.state.matches.values()))
    (mentor,), (mentee,) = match.members["mentor"], match.members["mentee"]
    meets = partial(book, series=match.id, starts=SPRING + 7 * DAY, now=SPRING)
    year.app.unit.perform(HERE, meets, now=SPRING)
    year.done()
    sent, before = len(list((year.folder / "mail").iterdir())), year.entries(mentor)
    back = dt.datetime(2028, 5, 1, 22, tzinfo=dt.UTC)

    leaves = partial(pause, person=mentor, until=back, now=SPRING)
    year.app.unit.perform(HERE, leaves, now=SPRING)
    after = year.entries(mentor)
    year.until(back - dt.timedelta(days=1))
    away = year.mails(mentor, sent)
    asked = subjects(year.mails(mentee, sent))
    year.until(LATER)

    # The meeting of next week is off, and the workshop after their return is not.
    gone = [uid for uid, status in after.items() if status != before[uid]]
    assert [after[uid] for uid in gone] == ["CANCELLED"]
    assert len(away) == len(gone) + 1
    assert not any("book" in one.lower() for one in asked)
    feed = year.entries(mentor)
    assert {feed[uid] for uid in after if uid not in gone} == {"CONFIRMED"}
    again = subjects(year.mails(mentor, sent))[len(away) :]
    assert any("Velkommen tilbage" in one for one in again)
    assert not year.state.matches[match.id].dissolved
