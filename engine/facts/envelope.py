"""How an event is stored: its envelope, its version, and how old ones are read."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from engine.facts.events import Event
from engine.ids import CohortId

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

VERSIONS: Mapping[str, int] = {}
"""The version written today of each kind of fact; 1 where it is not listed."""

UPCASTS: Mapping[tuple[str, int], Upcast] = {}
"""From a kind and an old version to the body of the next version."""

_ADAPTERS: Mapping[str, TypeAdapter[Event]] = {
    kind.__name__.lower(): TypeAdapter(kind) for kind in Event.__args__
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """An event in its envelope.

    Attributes:
        number: Counts the cohort's facts from 1 without a gap.
        at: When it was recorded, in UTC.
        actor: Surrogate of whoever did it, or `coordinator` or `schedule`.
    """

    cohort: CohortId
    number: int
    at: dt.datetime
    actor: str
    event: Event


class UnknownFactError(LookupError):
    """A stored fact is of a kind or version that this release does not know."""


def kind_of(event: Event) -> str:
    """Return the name under which this kind of event is stored."""
    return type(event).__name__.lower()


def version_of(event: Event) -> int:
    """Return the version in which this kind of event is written today."""
    return VERSIONS.get(kind_of(event), 1)


def encode(event: Event) -> str:
    """Return the body as JSON, keys in the order of the event, times in UTC."""
    body = _ADAPTERS[kind_of(event)].dump_python(event, mode="json")
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(kind: str, version: int, body: str) -> Event:
    """Return the event of a stored body, brought up to today's version."""
    if kind not in _ADAPTERS or version > VERSIONS.get(kind, 1):
        problem = f"{kind} in version {version} was written by a later release"
        raise UnknownFactError(problem)
    loaded = json.loads(body)
    for step in range(version, VERSIONS.get(kind, 1)):
        loaded = UPCASTS[(kind, step)](loaded)
    return _ADAPTERS[kind].validate_python(loaded)


def to_lines(facts: Iterable[Fact]) -> str:
    """Return facts as JSON lines, one an envelope, in order."""
    return "".join(_line(fact) + "\n" for fact in facts)


def _line(fact: Fact) -> str:
    envelope = {
        "cohort": fact.cohort,
        "number": fact.number,
        "kind": kind_of(fact.event),
        "version": version_of(fact.event),
        "at": fact.at.isoformat(),
        "actor": fact.actor,
        "body": json.loads(encode(fact.event)),
    }
    return json.dumps(envelope, sort_keys=False, separators=(",", ":"))
