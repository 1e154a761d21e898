"""What has been done in an installation, and what would have been without Prefect."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from engine.commands.advance import advance
from engine.facts import Done
from engine.ids import ActionId, CohortId
from flows.wiring import App
from tests.fakes.process import in_folder


def done(app: App, cohort: CohortId) -> Mapping[ActionId, int]:
    """Return how often each action was done."""
    events = (fact.event for fact in app.unit.store.facts(cohort))
    return Counter(event.action for event in events if isinstance(event, Done))


def idle(app: App) -> bool:
    """Tell whether nothing is due."""
    return app.unit.store.due(app.clock.now()) == ()


def copied(folder: Path) -> App:
    """Return an application over a copy of what is recorded now."""
    live, copy = folder / "var", folder / "copies" / str(len(list(folder.rglob("key"))))
    copy.mkdir(parents=True)
    shutil.copy(live / "key", copy)
    with (
        closing(sqlite3.connect(live / "stafet.db")) as source,
        closing(sqlite3.connect(copy / "stafet.db")) as target,
    ):
        source.backup(target)
    return in_folder(copy)


def plainly(app: App, cohort: CohortId) -> Mapping[ActionId, int]:
    """Return what is done by now where nothing goes wrong, and without Prefect."""
    advance(app.unit, cohort, now=app.clock.now())
    found = done(app, cohort)
    app.engine.dispose()
    return found
