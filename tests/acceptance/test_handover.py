"""The closing of one cohort is the kick-off of the next: one gathering in two."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from icalendar import Calendar

from engine.commands.advance import advance
from engine.commands.apply import Files, apply
from engine.commands.decision import RefusedError
from engine.commands.deliver import deliver
from engine.commands.leaving import drop
from engine.commands.transferring import receive
from engine.ids import CohortId, OccurrenceId
from engine.installation import Installation
from engine.spec.moments import LocalDate
from flows.loading import load
from flows.wiring import App, feed_of, wire
from integrations.clock import FixedClock
from integrations.mail.files import FileMailer
from tests.acceptance.conftest import COHORT, parsed

OLD, NEW = CohortId("aarhus-leadership/2027"), CohortId("aarhus-leadership/2028")
CLOSING, KICK_OFF = OccurrenceId("closing-1"), OccurrenceId("kick-off-1")
FIRST_DAY = dt.datetime(2027, 8, 9, 8, tzinfo=dt.UTC)
RECRUITED = dt.datetime(2028, 8, 21, 8, tzinfo=dt.UTC)
INVITED = dt.datetime(2028, 10, 13, 8, tzinfo=dt.UTC)  # before the autumn break
BATON = "Aftal de første tre møder med det samme."


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """Where the mail goes."""
    return tmp_path / "mail"


@pytest.fixture
def app(mail: Path) -> App:
    """An installation in which both cohorts are recorded and the first dates held."""
    mailer = FileMailer(mail, label=lambda message: message.recipient)
    app = wire(
        "sqlite://",
        installation=Installation(
            key=b"k" * 32, base_url="http://localhost:8000", domain="example.org"
        ),
        clock=FixedClock(FIRST_DAY),
        mailer=lambda: mailer,
    )
    old = load(COHORT)
    apply(app.unit, old, now=FIRST_DAY)
    advance(app.unit, OLD, now=FIRST_DAY)
    apply(app.unit, next_cohort(old), now=RECRUITED)
    advance(app.unit, NEW, now=RECRUITED)
    return app


def next_cohort(old: Files) -> Files:
    """Return a cohort that follows the shipped one: five mentees become mentors."""
    cohort = old.frozen.cohort.model_copy(
        update={
            "cohort": "2028",
            "follows": "2027",
            "baton": {"da": BATON, "en": "Book the first three meetings at once."},
            "dates": {"kick-off": LocalDate.parse("2028-11-15 13:00")},
        }
    )
    mentees = [one for one in old.people if "mentee" in one.roles]
    mentors = [replace(one, roles=("mentor",)) for one in mentees[:5]]
    newcomers = [
        replace(
            one,
            id=f"new-{one.id}",
            email=f"new.{one.email}",
            manager="",
            values={**one.values, "wishes": ()},
        )
        for one in mentees
    ]
    frozen = old.frozen.model_copy(update={"cohort": cohort})
    return Files(id=NEW, frozen=frozen, people=(*mentors, *newcomers))


def test_whoever_is_in_both_cohorts_gets_one_invitation_and_one_entry(
    app: App,
) -> None:
    old, new = app.unit.standing(OLD).record, app.unit.standing(NEW).record
    closing, kick_off = old.state.announced[CLOSING], new.state.announced[KICK_OFF]
    in_both = set(closing.told.audience) & set(kick_off.told.audience)
    uid = old.uid(CLOSING)
    invited = Counter(one.lane for one in app.outbox.standings())

    assert new.uid(KICK_OFF) == uid
    assert kick_off.told.starts == closing.told.starts
    assert len(in_both) == 5
    assert {invited[f"{person}/{uid}"] for person in in_both} == {1}
    only_new = set(kick_off.told.audience) - in_both
    assert {invited[f"{person}/{uid}"] for person in only_new} == {1}
    for person in in_both:
        assert feed_of([old, new], person).decode().count(f"UID:{uid}") == 1


def test_both_cohorts_know_of_each_other(app: App) -> None:
    assert app.unit.standing(OLD).record.state.linked == {"next": NEW}
    assert app.unit.standing(NEW).record.state.linked == {"previous": OLD}


def test_one_person_has_one_surrogate_in_both_cohorts(app: App) -> None:
    old, new = app.unit.standing(OLD).record, app.unit.standing(NEW).record
    by_address = {one.email: person for person, one in old.people.items()}

    shared = {
        one.email: person
        for person, one in new.people.items()
        if one.email in by_address
    }

    assert len(shared) == 6  # five mentors and the coordinator
    assert all(by_address[email] == person for email, person in shared.items())


def test_who_leaves_the_next_cohort_alone_keeps_the_gathering_of_this_one(
    app: App,
) -> None:
    new = app.unit.standing(NEW).record
    closing = app.unit.standing(OLD).record.state.announced[CLOSING].told
    both = next(one for one in new.participants if one.person in closing.audience)

    leaves = partial(drop, person=both.person, now=RECRUITED)
    app.unit.perform(NEW, leaves, now=RECRUITED)

    old, new = app.unit.standing(OLD).record, app.unit.standing(NEW).record
    assert both.person not in new.state.announced[KICK_OFF].told.audience
    uid = old.uid(CLOSING)
    lane = f"{both.person}/{uid}"
    kinds = [one.kind for one in app.outbox.standings() if one.lane == lane]
    assert "cancellation" not in kinds
    events = Calendar.from_ical(feed_of([old, new], both.person)).walk("VEVENT")
    (shared,) = (one for one in events if one["UID"] == uid)
    assert shared.get("STATUS") != "CANCELLED"


def test_who_goes_over_to_the_next_cohort_keeps_the_gathering_that_both_share(
    app: App,
) -> None:
    old, new = app.unit.standing(OLD).record, app.unit.standing(NEW).record
    one = next(one for one in old.participants if one.person not in new.people)
    leaves = partial(drop, person=one.person, now=RECRUITED)
    comes = partial(receive, one=one, now=RECRUITED)

    app.unit.perform(OLD, leaves, now=RECRUITED)
    app.unit.perform(NEW, comes, now=RECRUITED)

    old, new = app.unit.standing(OLD).record, app.unit.standing(NEW).record
    assert not old.state.enrolled[one.person]
    assert new.state.enrolled[one.person] == one.roles
    assert new.people[one.person].values == one.values
    assert one.person in new.state.announced[KICK_OFF].told.audience
    lane = f"{one.person}/{old.uid(CLOSING)}"
    rows = [row.number for row in app.outbox.standings() if row.lane == lane]
    stored = [found.message for found in map(app.outbox.find, rows) if found]
    assert [(mail.kind, mail.sequence) for mail in stored] == [
        ("invitation", 0),
        ("cancellation", 1),
        ("invitation", 2),
    ]
    calendar = feed_of([old, new], one.person).decode()
    assert calendar.count(f"UID:{old.uid(CLOSING)}") == 1


def test_nobody_goes_over_to_a_cohort_that_they_are_in(app: App) -> None:
    old, new = app.unit.standing(OLD).record, app.unit.standing(NEW)
    one = next(one for one in old.participants if one.person in new.record.people)

    with pytest.raises(RefusedError, match="takes part in aarhus-leadership/2028"):
        receive(new, one=one, now=RECRUITED)


def test_what_the_old_cohort_passes_on_is_in_the_kick_off_mail(
    app: App, mail: Path
) -> None:
    deliver(
        app.outbox, app.mailer(), FixedClock(RECRUITED), lease=dt.timedelta(minutes=5)
    )
    before = set(mail.iterdir())

    advance(app.unit, NEW, now=INVITED)
    deliver(
        app.outbox, app.mailer(), FixedClock(INVITED), lease=dt.timedelta(minutes=5)
    )

    fresh = sorted(set(mail.iterdir()) - before)
    bodies = []
    for path in fresh:
        body = parsed(path.read_bytes()).get_body(("plain",))
        assert body is not None
        bodies.append(" ".join(body.get_content().split()))
    assert any(BATON in body for body in bodies)
