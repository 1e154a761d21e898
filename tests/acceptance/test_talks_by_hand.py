"""Talks of each mentee with the mentor, as a coordinator books them by hand."""

import json
from pathlib import Path

from tests.acceptance.test_commands import Stafet

COHORT = "specs/group-three-plus-one/cohorts/2028.yaml"
ID = "group-three-plus-one/2028"
OCTOBER = "2028-10-11T10:00+02:00"


def begun(folder: Path) -> Stafet:
    """Return an installation with a cohort whose talks are to be booked."""
    stafet = Stafet(folder)
    stafet("apply", COHORT, "--yes", now="2028-05-01T08:00+02:00")
    stafet("advance", now="2028-08-07T09:00+02:00")
    stafet("approve", ID, now="2028-08-07T10:00+02:00")
    stafet("advance", now=OCTOBER)
    return stafet


def talks(stafet: Stafet) -> list[tuple[list[str], str, str]]:
    """Return who meets when, and how each talk stands."""
    return [
        (one["audience"], one["starts"][:16], one["status"])
        for one in json.loads(stafet("timeline", ID, "--json"))
        if one["activity"] == "personal-talk"
    ]


def test_a_talk_is_booked_as_the_mentee_whose_it_is(tmp_path: Path) -> None:
    stafet = begun(tmp_path)
    without = stafet.run("book", "group-1", "2028-10-20 10:00", "--now", OCTOBER)
    as_another = stafet.run(
        "book", "group-1", "2028-10-20 10:00", "--as", "t10", "--now", OCTOBER
    )

    stafet("book", "group-1", "2028-10-20 10:00", "--as", "t01", now=OCTOBER)
    stafet("book", "group-1", "2028-10-20 11:00", "--as", "t02", now=OCTOBER)
    stafet("book", "group-1", "2028-10-23 13:00", "--as", "t01", now=OCTOBER)

    assert without[0] == as_another[0] == 1
    assert "group-1 meets one by one; say whose meeting it is" in without[2]
    assert "group-1 is no match of theirs" in as_another[2]
    booked = [one for one in talks(stafet) if one[2] == "booked"]
    assert booked == [
        (["m01", "t02"], "2028-10-20T11:00", "booked"),
        (["m01", "t01"], "2028-10-23T13:00", "booked"),
    ]
    assert len(talks(stafet)) == 18


def test_a_talk_that_was_not_held_is_to_be_booked_again(tmp_path: Path) -> None:
    stafet = begun(tmp_path)
    stafet("book", "group-1", "2028-10-20 10:00", "--as", "t01", now=OCTOBER)
    after = "2028-10-20T13:00+02:00"

    early = stafet.run("attend", "personal-talk-1", "--now", OCTOBER)
    stafet("attend", "personal-talk-1", "--not-held", now=after)
    stafet("book", "group-1", "2028-10-27 10:00", "--as", "t01", now=after)

    assert early == (1, "", "personal-talk-1 has not begun; tell it once it has\n")
    assert [one for one in talks(stafet) if one[0] == ["m01", "t01"]] == [
        (["m01", "t01"], "2028-10-20T10:00", "not held"),
        (["m01", "t01"], "2028-10-27T10:00", "booked"),
    ]
