"""Ids outlive every edit of the files, and are never used for anything else."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands.apply import Files
from engine.ids import OccurrenceId
from tests.fakes.cohorts import APPLIED, Live, recorded, small_files

DAY = dt.timedelta(days=1)
EVERY = "about every: 2 months"
ENDS = "until: a month before closing\n        starts"


@dataclass(frozen=True)
class Edit:
    """Workshops at another distance, till another day, some on days of their own."""

    months: int = 2
    weeks: int = 5
    dates: tuple[tuple[int, dt.date], ...] = ()
    title: str = "Workshop"

    @property
    def files(self) -> Files:
        given = "".join(f"  workshop {n}: {day} 13:00\n" for n, day in self.dates)
        return small_files(
            {
                EVERY: f"about every: {self.months} months",
                ENDS: f"until: {self.weeks} weeks before closing\n        starts",
                "{en: Workshop}": f"{{en: {self.title}}}",
            },
            {"dates:\n": f"dates:\n{given}"},
        )


edits = st.builds(
    Edit,
    months=st.integers(1, 5),
    weeks=st.integers(1, 30),
    dates=st.dictionaries(
        st.integers(1, 8), st.dates(dt.date(2027, 3, 10), dt.date(2027, 11, 20))
    ).map(lambda found: tuple(sorted(found.items(), key=lambda pair: pair[1]))),
    title=st.sampled_from(("Workshop", "Talks")),
)


def workshops(live: Live) -> list[OccurrenceId]:
    """Return the ids of the workshops, in the order of the year."""
    return [one.id for one in live.standing.timeline.of("workshop")]


def dates(live: Live) -> dict[str, str]:
    return {
        one.id: one.starts.date().isoformat()
        for one in live.standing.timeline.of("workshop")
    }


def edit(live: Live, files: Files) -> None:
    """Apply the files and let everybody be told."""
    live.apply(files)
    live.until(live.now + DAY)


@settings(max_examples=15)
@given(steps=st.lists(edits, min_size=1, max_size=4))
def test_no_id_is_ever_taken_away_or_used_again_whatever_is_edited(
    steps: list[Edit],
) -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    cancelled: set[OccurrenceId] = set()

    for one in steps:
        before, allocated = dict(live.state.announced), dict(live.state.allocated)
        edit(live, one.files)

        now = workshops(live)
        assert live.plan(one.files).empty
        assert len(set(now)) == len(now)
        assert not cancelled & set(now)
        cancelled |= {
            id_ for id_, was in live.state.announced.items() if was.told.cancelled
        }
        kept = live.state.allocated
        assert list(kept)[: len(allocated)] == list(allocated)
        assert {id_: kept[id_].series for id_ in allocated} == {
            id_: was.series for id_, was in allocated.items()
        }
        for id_, was in before.items():
            assert live.record.uid(id_) == live.record.uid(was.told.occurrence)
    assert cancelled <= set(live.state.allocated)


@settings(max_examples=15)
@given(steps=st.lists(edits, min_size=1, max_size=4))
def test_what_stays_of_a_series_stays_in_order(steps: list[Edit]) -> None:
    live = recorded()
    live.until(APPLIED + DAY)

    for one in steps:
        before = dates(live)
        edit(live, one.files)
        after = dates(live)
        kept = sorted(before.keys() & after.keys(), key=lambda id_: before[id_])
        assert all(
            after[earlier] <= after[later]
            for earlier, later in pairwise(kept)
            if before[earlier] < before[later]
        )


@settings(max_examples=15)
@given(steps=st.lists(edits, min_size=1, max_size=3))
def test_editing_forth_and_back_ends_with_one_id_for_each_slot(
    steps: list[Edit],
) -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    original = list(dates(live).values())

    for one in (*steps, Edit()):
        edit(live, one.files)

    assert list(dates(live).values()) == original
    assert live.plan(Edit().files).empty


def test_a_workshop_put_in_between_is_one_new_workshop() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    between = Edit(
        weeks=1,
        months=2,
        dates=(
            (1, dt.date(2027, 5, 5)),
            (2, dt.date(2027, 5, 26)),
            (3, dt.date(2027, 6, 30)),
            (4, dt.date(2027, 9, 1)),
        ),
    )

    edit(live, between.files)

    assert dates(live) == {
        "workshop-1": "2027-05-05",
        "workshop-4": "2027-05-26",
        "workshop-2": "2027-06-30",
        "workshop-3": "2027-09-01",
    }


def test_a_workshop_taken_out_takes_its_id_along() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    edit(live, Edit(months=4).files)
    assert dates(live) == {"workshop-2": "2027-06-30"}

    edit(live, Edit().files)

    assert dates(live) == {
        "workshop-4": "2027-05-05",
        "workshop-2": "2027-06-30",
        "workshop-5": "2027-09-01",
    }


def test_a_date_that_puts_the_first_behind_the_second_keeps_ids_in_order() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    behind = Edit(dates=((1, dt.date(2027, 7, 7)),))

    edit(live, behind.files)

    assert dates(live) == {
        "workshop-1": "2027-06-30",
        "workshop-2": "2027-07-07",
        "workshop-3": "2027-09-01",
    }
    assert live.plan(behind.files).empty


def test_a_new_title_changes_no_id() -> None:
    live = recorded()
    live.until(APPLIED + DAY)
    before = live.standing.timeline

    edit(live, Edit(title="Talks").files)

    assert list(live.standing.timeline.occurrences) == list(before.occurrences)


def test_ids_hold_no_date_no_name_and_no_id_of_the_people_file() -> None:
    live = recorded()

    given_ = [one.occurrence for one in live.state.allocated.values()]

    assert given_ == [
        "mentees-1",
        "pair-matching-1",
        "read-up-1",
        "kick-off-1",
        "workshop-1",
        "after-workshop-1",
        "workshop-2",
        "after-workshop-2",
        "workshop-3",
        "after-workshop-3",
        "handover-1",
        "closing-1",
        "final-1",
    ]
