"""A rehearsal does not depend on Prefect, and says when it went without."""

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from flows import rehearsing
from flows.prefect_home import PrefectMissingError
from flows.rehearsal.year import plainly, rehearse
from flows.rehearsing import rehearse_with_prefect
from tests.fakes.recorded import began, example

UNTIL = began() + dt.timedelta(days=60)


def no_server(_home: Path, **_settings: object) -> AbstractContextManager[str]:
    raise PrefectMissingError("its server ended: the disk is full")


@contextmanager
def broken_server(_home: Path, **_settings: object) -> Iterator[str]:
    yield "http://127.0.0.1:9/api"


def test_without_prefect_the_year_is_rehearsed_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rehearsing, "prefect_server", no_server)
    plain = rehearse(example(), mail=tmp_path / "plain", seed=1, until=UNTIL)

    driven = rehearse_with_prefect(
        example(), mail=tmp_path / "driven", seed=1, until=UNTIL
    )

    assert driven.trouble == "its server ended: the disk is full"
    assert driven.rehearsed.facts == plain.facts


def test_a_year_that_was_lived_is_not_lost_with_prefect(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rehearsing, "prefect_server", broken_server)

    def live_and_fail(year: rehearsing.Year, *_told: object) -> None:
        year.live(plainly)
        raise ConnectionError("the server is gone")

    monkeypatch.setattr(rehearsing, "_run", live_and_fail)

    driven = rehearse_with_prefect(
        example(), mail=tmp_path / "mail", seed=1, until=began()
    )

    assert driven.trouble == "ConnectionError: the server is gone"
    assert driven.rehearsed.facts


def test_a_fault_of_ours_is_not_taken_for_one_of_prefect(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rehearsing, "prefect_server", broken_server)

    def fail(year: rehearsing.Year, *_told: object) -> None:
        year.live(failing)

    def failing(*_told: object) -> None:
        raise AssertionError("a fault of ours")

    monkeypatch.setattr(rehearsing, "_run", fail)

    with pytest.raises(AssertionError, match="a fault of ours"):
        rehearse_with_prefect(example(), mail=tmp_path / "mail", seed=1)
