"""A new programme that begins as one of ours passes its check, whatever the day."""

import datetime as dt
from pathlib import Path

import pytest

from engine.commands.decision import RefusedError
from engine.commands.sketch import sketch
from flows.loading import check, load
from flows.starter import write_schemas
from flows.starter.likeness import examples, write_like

DAYS = (dt.date(2026, 11, 22), dt.date(2029, 7, 13), dt.date(2033, 2, 28))


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("like", examples())
def test_its_dates_are_ahead_and_nothing_is_wrong_with_it(
    like: str, today: dt.date, tmp_path: Path
) -> None:
    programme, cohort, _ = write_like(tmp_path / "ours", like, today=today)
    write_schemas(tmp_path)

    assert [check(path) for path in (programme, cohort)] == ["", ""]
    files = load(cohort)
    year = sketch(files).timeline.occurrences.values()
    assert min(one.starts for one in year).date() > today
    assert files.id == f"ours/{cohort.stem}"


def test_comments_come_along(tmp_path: Path) -> None:
    programme, cohort, _ = write_like(tmp_path / "ours", "talent-trio", today=DAYS[0])

    assert "# assumed" in programme.read_text("utf-8")
    assert "Everyone in it is invented" in cohort.read_text("utf-8")


def test_a_name_that_is_none_of_ours_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="did you mean talent-trio"):
        write_like(tmp_path / "ours", "talent-tri", today=DAYS[0])
    assert not (tmp_path / "ours").exists()
