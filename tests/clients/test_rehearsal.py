"""Every calendar of a rehearsed year, in two clients that share no code."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from icalendar import Calendar

from flows.loading import load
from flows.rehearsal.outputs import write_outputs
from flows.rehearsal.year import rehearse
from tests.clients.programs import icaljs_events, libical_check
from tests.fakes.calendars import event_in, sequence_of

COHORT = Path("specs/aarhus-leadership/cohorts/2027.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a rehearsal wrote."""
    out = tmp_path_factory.mktemp("year")
    write_outputs(rehearse(load(COHORT), mail=out / "mail", seed=1), out)
    return out


def test_every_feed_is_accepted_and_shows_the_same_times_in_both(folder: Path) -> None:
    feeds = sorted((folder / "calendars").iterdir())

    for feed in feeds:
        body = feed.read_bytes()
        assert libical_check(body) == icaljs_events(body), feed.name
    assert len(feeds) == 30


def test_every_calendar_mail_is_accepted_and_shows_the_same_time_in_both(
    folder: Path,
) -> None:
    seen = set()
    for name, body in _invitations(folder / "mail"):
        # The same entry for another recipient is laid out the same.
        event = event_in(Calendar.from_ical(body))
        what = (str(event["UID"]), sequence_of(event), str(event["DESCRIPTION"]))
        if what not in seen:
            seen.add(what)
            assert libical_check(body) == icaljs_events(body), name
    assert len(seen) > 100


def test_the_clients_show_the_times_of_the_timeline(folder: Path) -> None:
    timeline = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))
    told = {
        (one["starts"][:16], one["ends"][:16])
        for one in timeline
        if one["kind"] in {"gathering", "meeting"} and one["status"] != "forecast"
    }

    for feed in (folder / "calendars").iterdir():
        for shown in icaljs_events(feed.read_bytes()):
            assert (shown.starts[:16], shown.ends[:16]) in told, feed.name


def _invitations(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                body = part.get_payload(decode=True)
                assert isinstance(body, bytes)
                yield path.name, body
