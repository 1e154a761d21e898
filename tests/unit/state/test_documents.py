"""What other programs read of a cohort: its year and its matches as plain values."""

import datetime as dt
import json

from engine.documents import matches_document, proposal_document, timeline_document
from tests.fakes.cohorts import KICK_OFF, Live, begun, matched, proposed, recorded

DAY = dt.timedelta(days=1)
TIME = dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC)


def statuses(live: Live) -> dict[str, str]:
    document = timeline_document(live.standing, language="en", now=live.now)
    return {one["id"]: one["status"] for one in document}


def test_an_occurrence_is_told_in_local_time_and_in_the_ids_of_the_people_file() -> (
    None
):
    live = begun()

    document = timeline_document(live.standing, language="en")

    assert next(one for one in document if one["id"] == "workshop-2") == {
        "id": "workshop-2",
        "phase": "workshops",
        "activity": "workshop",
        "kind": "gathering",
        "starts": "2027-06-30T13:00:00+02:00",
        "ends": "2027-06-30T16:00:00+02:00",
        "timezone": "Europe/Copenhagen",
        "place": "",
        "audience": ["alk", "mejse"],
        "match": None,
        "title": "Workshop: Careers",
        "status": "date held",
    }


def test_a_year_can_be_written_as_json_in_the_order_of_time() -> None:
    live = begun()

    document = timeline_document(live.standing, language="da", now=live.now)

    assert json.loads(json.dumps(document)) == list(document)
    starts = [dt.datetime.fromisoformat(one["starts"]) for one in document]
    assert starts == sorted(starts)


def test_a_gathering_is_planned_then_held_free_then_invited_to_then_past() -> None:
    live = recorded()
    seen = [statuses(live)["kick-off-1"]]

    for moment in (live.now + DAY, KICK_OFF - 20 * DAY, KICK_OFF + DAY):
        live.until(moment)
        seen.append(statuses(live)["kick-off-1"])

    assert seen == ["planned", "date held", "invited", "past"]


def test_a_meeting_is_a_forecast_then_to_be_booked_then_booked_then_held() -> None:
    live = recorded()
    seen = [statuses(live)["conversation-2"]]
    live = matched()
    seen.append(statuses(live)["conversation-2"])
    live.until(KICK_OFF)
    live.book("alk", TIME)
    seen.append(statuses(live)["conversation-2"])
    live.now = TIME + DAY
    for held in (False, True):
        live.met("conversation-2", held=held)
        seen.append(statuses(live)["conversation-2"])

    assert seen == ["forecast", "to be booked", "booked", "not held", "held"]


def test_a_window_that_closed_without_a_meeting_has_lapsed() -> None:
    live = begun()

    live.until(KICK_OFF + 20 * DAY)

    assert statuses(live)["conversation-2"] == "lapsed"


def test_what_is_proposed_has_no_id_and_what_is_approved_keeps_its_reasons() -> None:
    live = proposed()

    before = proposal_document(live.record, language="en")["matches"]
    live.approve()
    after = matches_document(live.record, language="en")["matches"]

    assert [one["id"] for one in before] == [None, None]
    assert [one["id"] for one in after] == ["pair-1", "pair-2"]
    assert [{**one, "id": None} for one in after] == before
    assert [one["members"] for one in after] == [
        {"mentor": ["falk"], "mentee": ["mejse"]},
        {"mentor": ["ugle"], "mentee": ["alk"]},
    ]


def test_a_match_that_came_to_nothing_is_in_no_document() -> None:
    live = proposed()
    live.approve()
    live.confirm("falk", agrees=False)

    found = matches_document(live.record, language="en")["matches"]

    assert [one["id"] for one in found] == ["pair-2"]
