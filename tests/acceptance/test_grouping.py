"""The command that puts who comes to a gathering into groups."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from flows.starter import write_starter
from tests.acceptance.test_commands import Stafet
from tests.acceptance.test_looking import cells

MORNING = "2027-08-09T09:00+02:00"
KICK_OFF = ("groups", "kick-off-1", "--of", "3", "--days", "2")
TRIOS = "specs/talent-trio/cohorts/2028.yaml"
BOOTCAMP = ["2028-06-06", "2028-06-07", "2028-06-08"]


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Stafet:
    """An installation with a small programme of six people in force."""
    one = Stafet(tmp_path_factory.mktemp("applied"))
    today = date(2027, 8, 9)
    _, one.cohort, *_ = write_starter(one.folder / "specs", "demo", today=today)
    one("apply", str(one.cohort), "--yes", now=MORNING)
    one("advance", now=MORNING)
    return one


@pytest.fixture
def stafet(applied: Stafet, tmp_path: Path) -> Stafet:
    """The same for each test, to go on from."""
    return applied.copied(tmp_path)


def test_who_comes_is_in_a_group_on_each_day_with_the_choices_below(
    stafet: Stafet,
) -> None:
    stafet("rsvp", "kick-off-1", "declined", "--as", "birch", now=MORNING)

    shown = stafet(*KICK_OFF, now=MORNING)

    first, second = cells(shown)[:2], cells(shown)[2:4]
    for day in (first, second):
        people = sorted(id_ for _, those in day for id_ in those.split())
        assert (len(people), "birch" in people) == (5, False)
    assert shown.splitlines()[-3:] == [
        "Meet again: 1, which cannot be less.",
        "Out of place: department 0.",
        "One group more or fewer would not do much better.",
    ]


def test_the_same_groups_are_in_a_file_and_read_by_programs(stafet: Stafet) -> None:
    target = stafet.folder / "groups.csv"

    told = json.loads(
        stafet(*KICK_OFF, "--json", "--csv", str(target), "--apart", "", now=MORNING)
    )

    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert [(row["day"], row["group"], row["id"]) for row in rows] == [
        (str(day), str(group), id_)
        for day, one in enumerate(told["days"], start=1)
        for group, those in enumerate(one["groups"], start=1)
        for id_ in those
    ]
    assert told["occurrence"] == "kick-off-1"
    assert told["choices"][told["choice"] - 1]["together"] == 0


def test_35_talents_of_a_file_not_yet_in_force_never_meet_twice_at_a_bootcamp(
    tmp_path: Path,
) -> None:
    asked = ("groups", "bootcamp-1", "--of", "5", "--for", "talents", "--json")

    told = json.loads(Stafet(tmp_path)(*asked, "--cohort", TRIOS))

    assert [one["date"] for one in told["days"]] == BOOTCAMP
    assert [[len(those) for those in one["groups"]] for one in told["days"]] == [
        [5] * 7
    ] * 3
    assert told["choices"] == [
        {"repeats": 0, "imbalance": {"department": 0}, "together": 0}
    ]


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (
            ("kick-off-1", "--of", "3"),
            "kick-off-1 lasts one day; say how many times with --days",
        ),
        (
            ("kick-off-1", "--days", "2"),
            "say either --of, how many in a group, or --into, how many groups",
        ),
        (
            ("kick-off-1", "--into", "7", "--days", "2"),
            "6 come, who cannot be 7 groups; write less",
        ),
        (
            ("kick-off-1", "--of", "3", "--days", "2", "--balance", "departmant"),
            "there is no column 'departmant'; did you mean \"department\"?",
        ),
        (
            ("kick-off-1", "--of", "3", "--days", "2", "--apart", "pair"),
            "there is no pair yet; approve them first",
        ),
        (
            ("kick-off-1", "--of", "3", "--days", "2", "--for", "mentes"),
            "nobody is one of 'mentes'; did you mean \"mentees\"?",
        ),
        (("nothing-1", "--of", "3"), "there is no nothing-1; see stafet timeline"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_write(
    stafet: Stafet, asked: tuple[str, ...], refusal: str
) -> None:
    code, out, err = stafet.run("groups", *asked, "--now", MORNING)

    assert (code, out, err) == (1, "", f"{refusal}\n")
