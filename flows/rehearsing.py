"""A rehearsal whose actions are the tasks of one Prefect flow run."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.commands.apply import Files
from engine.ids import CohortId
from flows.current import using
from flows.prefect_home import PrefectMissingError, prefect_server
from flows.rehearsal.year import Progress, Rehearsed, rehearse
from flows.wiring import App


def rehearse_with_prefect(files, *, mail, seed, until=None, progress=lambda _m: None):
    import time

    year = partial(
        rehearse, files, mail=mail, seed=seed, until=until, step=step, progress=progress
    )
    t = time.monotonic()
    with TemporaryDirectory(
        prefix="stafet-prefect-", ignore_cleanup_errors=True
    ) as home:
        with prefect_server(Path(home), services=False) as url:
            print("started", time.monotonic() - t)
            from prefect import flow
            from prefect.settings import (
                temporary_settings,
                PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
            )

            @flow(name="rehearsal", flow_run_name=f"{files.id} rehearsal")
            def rehearsal(cohort: str, seed: int):
                import threading

                print(threading.current_thread())
                return year()

            with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
                r = rehearsal(files.id, seed)
            print("year", time.monotonic() - t)
            from prefect.events.worker import EventsWorker

            EventsWorker.drain_all(at_exit=False)
            print("drained", time.monotonic() - t)
            from prefect.client.orchestration import get_client

            with get_client(sync_client=True) as c:
                rr = c.request("POST", "/task_runs/count", json={})
                print(rr.json())
    print("ended", time.monotonic() - t)
    return r


def step(app, cohort, now):
    from flows.advancing import perform_due

    with using(app):
        perform_due(cohort, now)
