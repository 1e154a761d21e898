"""A rehearsal in which each action of the year is a task of one Prefect flow run."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.commands.apply import Files
from engine.ids import CohortId
from flows.current import using
from flows.prefect_home import PrefectMissingError, prefect_server
from flows.rehearsal.year import Progress, Rehearsed, plainly, rehearse
from flows.wiring import App

Live = Callable[..., Rehearsed]
"""`rehearse`, given everything but its step."""


@dataclass(frozen=True, kw_only=True)
class Driven:
    """A rehearsal, and what was the matter with Prefect.

    Attributes:
        trouble: Why it went without Prefect, or not to its end; empty as a rule.
    """

    rehearsed: Rehearsed
    trouble: str


def rehearse_with_prefect(
    files: Files,
    *,
    mail: Path,
    seed: int,
    until: dt.datetime | None = None,
    progress: Progress = lambda _moment: None,
) -> Driven:
    """Rehearse through the tasks that run a cohort in life, to the same last byte.

    Prefect's server is started for it, in a folder that is gone afterwards. If it does
    not start, the year is rehearsed without.
    """
    year = Year(
        partial(rehearse, files, mail=mail, seed=seed, until=until, progress=progress)
    )
    trouble = ""
    try:
        _live_in_prefect(year, files.id, seed)
    except PrefectMissingError as missing:
        trouble = str(missing)
    except Exception as error:
        if year.begun and year.lived is None:
            raise
        trouble = f"{type(error).__name__}: {error}"
    return Driven(rehearsed=year.lived or year.live(plainly), trouble=trouble)


class Year:
    """A year that is lived through once, whatever becomes of Prefect meanwhile."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self.begun = False
        self.lived: Rehearsed | None = None

    def live(self, step: Callable[[App, CohortId, dt.datetime], None]) -> Rehearsed:
        """Live through it, doing what is due by `step`."""
        self.begun = True
        self.lived = self._live(step=step)
        return self.lived


def _live_in_prefect(year: Year, cohort: CohortId, seed: int) -> None:
    with (
        TemporaryDirectory(prefix="stafet-", ignore_cleanup_errors=True) as home,
        prefect_server(Path(home), services=False) as api,
    ):
        from prefect import settings

        told = {
            settings.PREFECT_API_URL: api,
            # A run would wait a second for a heartbeat that nobody listens to.
            settings.PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        }
        with settings.temporary_settings(told):
            _run(year, cohort, seed)


def _run(year: Year, cohort: CohortId, seed: int) -> None:
    """Run the flow; what it works on is no parameter, for it holds names of people."""
    from prefect import flow

    @flow(name="rehearsal", flow_run_name=f"{cohort.replace('/', ' ')} · rehearsal")
    def rehearsal(cohort: str, seed: int) -> None:  # noqa: ARG001  # Shown by Prefect.
        """Live through the year of a cohort, moment by moment."""
        year.live(_step)

    rehearsal(cohort, seed)


def _step(app: App, cohort: CohortId, now: dt.datetime) -> None:
    from flows.advancing import perform_due

    with using(app):
        perform_due(cohort, now)
