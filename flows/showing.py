"""What is kept beside a cohort's runs on Prefect's page: by ids, without a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.sorting import ArtifactSort
from prefect.utilities.context import get_task_and_flow_run_ids

from engine.facts import Allocated, Announced, Applied, Enrolled, Fact, Proposed
from engine.ids import CohortId
from engine.outbox import Standing
from flows.wiring import App


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A page of its own, of which Prefect keeps each version.

    Attributes:
        key: Small letters, digits and dashes; the versions of a sheet share it.
        text: In Markdown.
    """

    key: str
    text: str


def show(app: App, cohort: CohortId) -> None:
    """Give Prefect the sheets of a cohort that differ from what it has."""
    with get_client(sync_client=True) as client:
        for sheet in sheets(app, cohort):
            if _shown(client, sheet.key) != sheet.text:
                task, run = get_task_and_flow_run_ids()
                client.create_artifact(
                    ArtifactCreate(
                        type="markdown",
                        key=sheet.key,
                        data=sheet.text,
                        task_run_id=task,
                        flow_run_id=run,
                    )
                )


def sheets(app: App, cohort: CohortId) -> tuple[Sheet, ...]:
    """Return what there is to show: proposals, the last plan, mail that is stuck."""
    proposals = app.unit.standing(cohort).record.state.proposed.values()
    return (
        *(
            Sheet(key=_key(cohort, "matches", one.kind), text=_proposal(one))
            for one in proposals
        ),
        *(
            Sheet(key=_key(cohort, "plan"), text=text)
            for text in _plan(app.unit.store.facts(cohort))
        ),
        *(
            Sheet(key=_key(cohort, "deliveries"), text=text)
            for text in _deliveries(app.outbox.standings(cohort))
        ),
    )


def stuck(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Yield the messages that were refused, or that may have arrived twice."""
    for one in standings:
        if one.doubts or one.status == "dead":
            yield one


def _proposal(one: Proposed) -> str:
    """Return proposed matches, in the order in which the solver gave them."""
    roles = tuple(one.matches[0].members) if one.matches else ()
    rows = [
        (*(", ".join(match.members[role]) for role in roles), str(match.points))
        for match in one.matches
    ]
    left = ", ".join(one.unmatched) or "nobody"
    return f"{_table((*roles, 'points'), rows)}\n\nWithout a match: {left}."


def _plan(facts: Sequence[Fact]) -> Iterator[str]:
    """Yield what the last applied plan wrote, if any was."""
    plans = [one for one in facts if isinstance(one.event, Applied)]
    if plans:
        last = plans[-1]
        # One append has one time.
        rows = [
            row
            for one in facts
            if (one.at, one.actor) == (last.at, last.actor)
            for row in _row(one.event)
        ]
        yield _table(("what", "which", "to"), rows)


@singledispatch
def _row(_event: object) -> tuple[tuple[str, str, str], ...]:
    return ()


@_row.register
def _(event: Applied) -> tuple[tuple[str, str, str], ...]:
    return (("in force", f"revision {event.revision}", event.digest),)


@_row.register
def _(event: Enrolled) -> tuple[tuple[str, str, str], ...]:
    return (("takes part", event.person, ", ".join(event.roles)),)


@_row.register
def _(event: Allocated) -> tuple[tuple[str, str, str], ...]:
    return (("new", event.occurrence, event.activity),)


@_row.register
def _(event: Announced) -> tuple[tuple[str, str, str], ...]:
    what = "cancelled" if event.cancelled else "announced"
    return ((what, event.occurrence, f"{event.starts:%Y-%m-%d %H:%M} UTC"),)


def _deliveries(standings: Iterable[Standing]) -> Iterator[str]:
    rows = [
        (str(one.number), one.recipient, one.kind, one.status, str(one.doubts))
        for one in stuck(standings)
    ]
    if rows:
        yield _table(("message", "to", "kind", "status", "times in doubt"), rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _key(cohort: CohortId, *words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", "-".join((cohort, *words)).lower())


def _shown(client: SyncPrefectClient, key: str) -> object:
    """Return the latest version of a sheet, or None."""
    found = client.read_artifacts(
        artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])),
        sort=ArtifactSort.UPDATED_DESC,
        limit=1,
        offset=0,
    )
    return found[0].data if found else None
