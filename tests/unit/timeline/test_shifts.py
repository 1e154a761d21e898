"""Which dates of a year are others in another version of its files."""

from engine.commands.apply import Files
from engine.commands.sketch import sketch
from engine.timeline.model import Occurrence
from engine.timeline.shifts import shifts
from tests.fakes.cohorts import small_files

Told = tuple[str, str | None, str | None]


def day(one: Occurrence | None) -> str | None:
    return f"{one.starts:%Y-%m-%d}" if one else None


def found(new: Files, old: Files | None = None) -> list[Told]:
    """Return each shift with its activity, and the days before and after."""
    years = [
        (one.record.frozen.programme, one.timeline)
        for one in map(sketch, (old or small_files(), new))
    ]
    return [
        (
            (shift.now or shift.was).slot.activity,  # type: ignore[union-attr]
            day(shift.was),
            day(shift.now),
        )
        for shift in shifts(*years)
    ]


def test_the_same_files_have_the_same_dates() -> None:
    assert found(small_files()) == []


def test_what_counts_from_a_moved_date_moves_with_it() -> None:
    moved = small_files(
        cohort={"13:00\nvenues": "13:00\n  workshop 2: 2027-06-23\nvenues"}
    )

    assert found(moved) == [
        ("workshop", "2027-06-30", "2027-06-23"),
        ("after-workshop", "2027-07-01", "2027-06-24"),
    ]


def test_workshops_less_are_gone_with_what_hangs_on_them_and_the_nearest_stays() -> (
    None
):
    fewer = small_files({"about every: 2 months": "about every: 4 months"})

    assert found(fewer) == [
        ("workshop", "2027-05-05", None),
        ("after-workshop", "2027-05-07", None),
        ("workshop", "2027-09-01", None),
        ("after-workshop", "2027-09-02", None),
    ]
    assert found(small_files(), fewer) == [
        (what, new, old) for what, old, new in found(fewer)
    ]


def test_another_length_is_another_time() -> None:
    longer = small_files({"lasts: 4 hours": "lasts: 5 hours"})

    assert found(longer) == [("closing", "2027-12-01", "2027-12-01")]


def test_the_same_programme_a_year_later_is_put_beside_its_year_before() -> None:
    later = small_files(
        cohort={"2027-03-03": "2028-03-01", "cohort: 2027": "cohort: 2028"}
    )

    told = found(later)

    assert [one for one in told if None in one] == []
    assert ("kick-off", "2027-03-03", "2028-03-01") in told
