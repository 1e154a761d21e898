"""What holds of every shipped programme, lived through from first mail to last."""

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from engine.facts import Raised
from tests.acceptance.conftest import RehearsedYear
from tests.acceptance.test_same_bytes import digests
from tests.fakes.calendars import calendars_in, event_in
from tests.programmes.conftest import rehearsed

COORDINATORS = {
    "approve-matches",
    "match-declined",
    "no-answer-on-match",
    "no-agreement",
    "silent-match",
    "task",
    "too-few",
    "who-came",
}
UID = re.compile(r"^UID:(\S+)", re.MULTILINE)
URGENT = dt.timedelta(days=2)
OWN_TASKS: Mapping[str, int] = {
    "group-mentoring": 2,
    "group-three-plus-one": 2,
    "talent-trio": 2,
}


def test_it_ends_with_nothing_due_and_all_mail_away(year: RehearsedYear) -> None:
    app, id_ = year.rehearsed.app, year.files.id

    statuses = {one.status for one in app.outbox.standings(id_)}

    assert app.unit.standing(id_).actions == ()
    assert app.unit.store.next_due(id_) is None
    assert statuses <= {"sent", "superseded"}


def test_mail_leaves_in_sending_hours_unless_it_is_urgent(year: RehearsedYear) -> None:
    days = year.rehearsed.record.days
    late: list[tuple[str, dt.datetime]] = []
    for path, mail in year.mails.items():
        sent = mail["Date"].datetime
        if not (days.is_open(sent.date()) and 8 <= sent.hour < 16):
            begins = [
                event_in(one).decoded("DTSTART")
                for one in calendars_in(path.read_bytes())
            ]
            if not any(start - sent <= URGENT for start in begins):
                late.append((path.name, sent))

    assert late == []


def test_everybody_in_an_audience_has_the_invitation(year: RehearsedYear) -> None:
    record = year.rehearsed.record
    mailed = invitations(year)
    expected = {
        record.uid(id_): {record.people[one].email for one in known.told.audience}
        for id_, known in record.state.announced.items()
    }

    assert {uid: mailed[uid] for uid in expected} == expected


def test_every_gathering_was_announced_to_its_whole_audience(
    year: RehearsedYear,
) -> None:
    standing = year.rehearsed.app.unit.standing(year.files.id)
    told = {
        id_: set(known.told.audience)
        for id_, known in standing.record.state.announced.items()
    }
    gatherings = {
        id_: set(one.slot.audience)
        for id_, one in standing.timeline.occurrences.items()
        if one.slot.kind == "gathering"
    }

    assert gatherings
    assert {id_: told.get(id_) for id_ in gatherings} == gatherings


def test_the_coordinator_gets_tasks_of_known_kinds_each_told_once(
    year: RehearsedYear,
) -> None:
    raised = [
        fact.event for fact in year.rehearsed.facts if isinstance(fact.event, Raised)
    ]
    kinds = Counter(task.wording for task in raised)
    programme = year.files.frozen.programme

    assert set(kinds) <= COORDINATORS
    assert kinds["task"] == OWN_TASKS.get(programme.programme, 0)
    assert kinds["who-came"] == gatherings_of(year)
    assert kinds["approve-matches"] >= len(programme.matches)


def test_everybody_was_written_to(year: RehearsedYear) -> None:
    written = {
        one.addr_spec for mail in year.mails.values() for one in mail["To"].addresses
    }
    record = year.rehearsed.record
    beside = {one.email for one in record.participants if not meant(year, one.roles)}

    assert {one.email for one in record.participants} - beside <= written
    assert record.coordinator.email in written


def test_every_mail_is_worded_to_the_end(year: RehearsedYear) -> None:
    for path, mail in year.mails.items():
        body = mail.get_body(("plain",))
        assert body is not None
        told = f"{mail['Subject']}\n{body.get_content()}"
        assert "{" not in told, path.name
        assert "None" not in told, path.name


def test_two_rehearsals_are_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        rehearsed("group-mentoring", folder)

    one, other = (digests(folder) for folder in folders)

    assert one == other
    assert len(one) > 100


def invitations(year: RehearsedYear) -> Mapping[str, set[str]]:
    """Return who got a calendar mail of which UID, by address."""
    found: dict[str, set[str]] = defaultdict(set)
    for mail in year.mails.values():
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                # Found as text: an iCalendar parser takes minutes for all of them.
                uid = UID.search(part.get_content())
                assert uid is not None
                found[uid[1]] |= {one.addr_spec for one in mail["To"].addresses}
    return found


def gatherings_of(year: RehearsedYear) -> int:
    """Return how many gatherings took place."""
    timeline = json.loads((year.folder / "timeline.json").read_text(encoding="utf-8"))
    return sum(one["kind"] == "gathering" for one in timeline)


def meant(year: RehearsedYear, roles: tuple[str, ...]) -> bool:
    """Return whether anything in the programme is for one of the roles."""
    programme = year.files.frozen.programme
    named: set[str] = set()
    for _, activity in programme.activities():
        audience = getattr(activity, "for_", None) or ()
        named |= {audience} if isinstance(audience, str) else set(audience)
    matched = {role for kind in programme.matches.values() for role in kind.everybody}
    return bool(matched & set(roles)) or any(f"{role}s" in named for role in roles)
