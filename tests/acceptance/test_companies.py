"""Are matches of more than two rehearsed like pairs, from proposal to first meeting?"""

import datetime as dt
import json
from pathlib import Path

import pytest

from engine.facts import Booked
from flows.rehearsal.outputs import write_outputs
from flows.rehearsal.year import Rehearsed, rehearse
from tests.fakes.companies import MATCHES, company_files

AFTER_KICK_OFF = dt.datetime(2027, 3, 25, tzinfo=dt.UTC)
ROLES = {
    "groups": ["mentor", "mentee"],
    "trios": ["talent", "manager", "mentor"],
    "buddies": ["talent"],
    "networks": ["member", "consultant"],
}


def rehearsed(shape: str, out: Path) -> Rehearsed:
    files = company_files(shape)
    found = rehearse(files, mail=out / "mail", seed=2, until=AFTER_KICK_OFF)
    write_outputs(found, out)
    return found


@pytest.mark.parametrize("shape", MATCHES)
def test_a_cohort_of_larger_matches_is_rehearsed_and_shown(
    shape: str, tmp_path: Path
) -> None:
    record = rehearsed(shape, tmp_path).record

    document = json.loads((tmp_path / "matches.json").read_text(encoding="utf-8"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert {one["shape"] for one in document["matches"]} == {shape}
    assert all(list(one["members"]) == ROLES[shape] for one in document["matches"])
    assert all(one.agreed for one in record.state.matches.values())
    assert [one.name for one in record.participants if one.name not in page] == []


@pytest.mark.parametrize("shape", MATCHES)
def test_everybody_in_a_larger_match_is_invited_to_what_one_of_them_booked(
    shape: str, tmp_path: Path
) -> None:
    found = rehearsed(shape, tmp_path)

    state = found.record.state
    booked = {
        one.event.occurrence for one in found.facts if isinstance(one.event, Booked)
    }
    audiences = {
        state.announced[one].told.audience for one in booked if one in state.announced
    }
    people = {match.people for match in state.matches.values()}
    assert audiences != set()
    assert {frozenset(one) for one in audiences} <= {frozenset(one) for one in people}
