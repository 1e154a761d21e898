"""Facts as they are stored: every kind there and back, and none that is unknown."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime

from engine.facts import (
    Allocated,
    Booked,
    Event,
    Fact,
    UnknownFactError,
    decode,
    encode,
    kind_of,
    to_lines,
    version_of,
)
from engine.ids import CohortId, OccurrenceId

MIDSUMMER = dt.datetime(2027, 6, 21, 12, tzinfo=dt.UTC)

st.register_type_strategy(
    AwareDatetime,
    st.integers(-(10**14), 10**14).map(
        lambda count: MIDSUMMER + dt.timedelta(microseconds=count)
    ),
)
st.register_type_strategy(
    Mapping,
    lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=3),
)
kinds: tuple[type[Event], ...] = Event.__args__
events: st.SearchStrategy[Event] = st.sampled_from(kinds).flatmap(st.from_type)


@pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.__name__)
@settings(max_examples=15)  # Of each kind.
@given(data=st.data())
def test_every_kind_of_fact_reads_back_as_it_was_stored(
    kind: type[Event], data: st.DataObject
) -> None:
    event = data.draw(st.from_type(kind))

    again = decode(kind_of(event), version_of(event), encode(event))

    assert again == event
    assert type(again) is kind
    assert encode(again) == encode(event)


@pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.__name__)
def test_every_field_of_a_fact_says_what_it_holds(kind: type[Event]) -> None:
    # Words that people wrote can be erased only where they are not facts.
    free = {"name", "email", "text", "note", "subject", "answers"}

    assert not free & set(kind.__dataclass_fields__)


@given(event=events)
def test_a_stored_fact_is_one_line_of_json(event: Event) -> None:
    body = encode(event)

    assert "\n" not in body
    assert isinstance(json.loads(body), dict)


def test_a_time_is_stored_in_utc_wherever_it_was_told() -> None:
    here = dt.timezone(dt.timedelta(hours=2))
    booked = Booked(
        occurrence=OccurrenceId("talk-1"),
        starts=MIDSUMMER.astimezone(here),
        ends=MIDSUMMER.astimezone(here),
    )

    body = json.loads(encode(booked))

    assert body["starts"] == body["ends"] == "2027-06-21T12:00:00Z"


def test_a_time_without_a_zone_is_refused() -> None:
    body = {"occurrence": "talk-1", "starts": "2027-06-21T12:00:00"}
    body["ends"] = body["starts"] + "Z"

    with pytest.raises(ValueError, match="timezone"):
        decode("booked", 1, json.dumps(body))


@pytest.mark.parametrize(
    ("kind", "version"), [("teleported", 1), ("booked", 2), ("", 1), ("Booked", 1)]
)
def test_a_fact_of_a_later_release_is_refused(kind: str, version: int) -> None:
    with pytest.raises(UnknownFactError, match="later release"):
        decode(kind, version, "{}")


def test_facts_are_shown_one_envelope_a_line() -> None:
    fact = Fact(
        cohort=CohortId("relay/2027"),
        number=7,
        at=MIDSUMMER,
        actor="schedule",
        event=Allocated(
            occurrence=OccurrenceId("talk-1"), activity="talk", series="", ordinal=1
        ),
    )

    lines = to_lines([fact, fact])

    line = (
        '{"cohort":"relay/2027","number":7,"kind":"allocated","version":1,'
        '"at":"2027-06-21T12:00:00+00:00","actor":"schedule",'
        '"body":{"occurrence":"talk-1","activity":"talk","series":"","ordinal":1,'
        '"shared":null}}\n'
    )
    assert lines == line * 2
