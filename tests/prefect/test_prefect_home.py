"""A Prefect that does not start is told of, and no environment is touched for good."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from flows import prefect_home
from flows.prefect_home import PrefectMissingError, prefect_server
from integrations.settings import environment

MOMENT = dt.timedelta(seconds=0.2)


def shown(name: str) -> str:
    """Return a variable as a child sees it."""
    program = f"import os; print(os.environ.get({name!r}, 'unset'))"
    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return out.stdout.strip()


def replace_server(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(prefect_home, "_SERVER", (sys.executable, "-c", program))


def test_a_server_that_ends_is_told_of_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    replace_server(monkeypatch, "raise SystemExit('the disk is full')")

    with (
        pytest.raises(PrefectMissingError, match="ended: the disk is full"),
        prefect_server(tmp_path / "prefect", services=False),
    ):
        raise AssertionError


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    replace_server(monkeypatch, "import time; time.sleep(60)")

    with (
        pytest.raises(PrefectMissingError, match=r"no answer in 0:00:00\.2"),
        prefect_server(tmp_path / "prefect", services=False, patience=MOMENT),
    ):
        raise AssertionError


def test_variables_are_replaced_for_a_while() -> None:
    with environment({"STAFET_A": "1", "STAFET_B": "2"}, instead_of="STAFET_"):
        with environment({"STAFET_B": "3"}, instead_of="STAFET_"):
            inside = (shown("STAFET_A"), shown("STAFET_B"))
        after = (shown("STAFET_A"), shown("STAFET_B"))

    assert inside == ("unset", "3")
    assert after == ("1", "2")
    assert shown("STAFET_A") == "unset"
