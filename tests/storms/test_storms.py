"""The proofs that take minutes, over both databases."""

import sys

import pytest

from tests.fakes import storm
from tests.fakes.sink import Sink, listening
from tests.fakes.storm import SHORT_LEASE, Left, Swarm, swarming
from tests.proofs.test_outages import TestOutages
from tests.storms.conftest import seconds

__all__ = ["TestOutages"]

ENDLESS = 10_000
ACTIONS = 500


def test_r2_two_schedulers_and_two_workers_do_500_actions_once(url: str) -> None:
    cohorts = -(-2 * ACTIONS // storm.unhurt().actions)

    found, arrived = storm.calm(url, cohorts=cohorts)

    assert storm.check(found, arrived) == 0
    assert found.doubts == 0
    assert found.actions >= ACTIONS


def test_r2_in_a_storm_of_kills_nothing_is_lost_and_no_mail_has_two_identities(
    url: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    lasting = seconds(request.config, "storm")
    seed = request.config.getoption("--storm-seed", default=1)
    with listening(Sink()) as sink:
        out = str(sink.port)
        with swarming(Swarm(url, out, lease=SHORT_LEASE, cohorts=ENDLESS)) as one:
            kills = storm.storm(one, seconds=lasting, seed=seed, least=10)
        storm.recover(url, out, now=one.clock.now() + storm.LEASE)
    with storm.opened(url) as engine:
        found = storm.left(engine)

    doubles = storm.check(found, storm.arrived(sink))

    with capsys.disabled():
        sys.stdout.write(f"\n{kills} kills: {_told(found)}, {doubles} came twice\n")
    assert doubles <= found.doubts


def _told(found: Left) -> str:
    mails = f"{len(found.rows)} mails, {found.doubts} in doubt"
    return f"{found.actions} actions, {mails}"
