"""Which address is answered how, and what becomes of what goes wrong.

A token stands in the path. So that it reaches no log, the server that runs this keeps
none of requests: `uvicorn.run(app, access_log=False, server_header=False)`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ExceptionHandler

from engine.commands.decision import RefusedError
from engine.commands.minting import Identify, identify
from engine.commands.unit import Decide, Unit
from engine.letters.outgoing import ASK_FOR_A_CALL
from engine.ports import Clock, ConflictError, Outbox, StoreUnavailableError
from integrations.web import (
    accepting,
    answering,
    booking,
    calling,
    confirming,
    consenting,
    doing,
    met,
    nominating,
    replying,
)
from integrations.web.feeds import FeedWriter, calendar, calendar_response
from integrations.web.intake import Form, read_form
from integrations.web.pages import Page
from integrations.web.responses import problem, see_self, show
from integrations.web.visits import Door, Visit
from integrations.web.watching import healthz, metrics

_MISDIRECTED, _CONFLICT, _DOWN = 404, 409, 503

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """What one kind of link is for.

    Attributes:
        show: The page as things stand; changes nothing.
        act: The command that a form asks for, or the page that says what is wrong.
    """

    show: Callable[[Visit], Page]
    act: Callable[[Visit, Form], Decide | Page]


def create_app(
    unit: Unit,
    outbox: Outbox,
    clock: Clock,
    feed: FeedWriter,
    ballots: Callable[[], str],
) -> Starlette:
    """Return the application.

    Args:
        unit: The recorded cohorts; commands go through it.
        outbox: Mail on its way, for who watches over it.
        clock: Tells what is open and what has passed.
        feed: Writes a person's calendar over their cohorts.
        ballots: Draws the random id of an answer; it must lead back to nobody.
    """
    door = Door(unit=unit, clock=clock)
    parts = urlsplit(unit.installation.base_url)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    pages = [
        Route(
            f"/{scope}/{{token}}",
            _endpoint(scope, errand, door, origin),
            methods=["GET", "POST"],
        )
        for scope, errand in _errands(ballots, identify(unit.store)).items()
    ]
    routes = [
        Route("/healthz", _watching(lambda: healthz(unit.store, clock))),
        Route("/metrics", _watching(lambda: metrics(unit.store, outbox, clock))),
        Route("/feed/{token}.ics", _feed(door, feed)),
        *pages,
    ]
    app = Starlette(routes=routes, exception_handlers=_faults())
    # A redirect would put the token into one more address.
    app.router.redirect_slashes = False
    return app


def _faults() -> Mapping[Any, ExceptionHandler]:
    """Return the page that is shown where something went wrong."""
    return {
        HTTPException: _as_problem,
        ClientDisconnect: _as_gone,
        StoreUnavailableError: _as_down,
        ConflictError: _as_down,
        Exception: _as_fault,
    }


def _errands(ballots: Callable[[], str], identify: Identify) -> Mapping[str, Errand]:
    return {
        "answer": Errand(
            show=answering.show, act=partial(answering.act, ballots=ballots)
        ),
        "reply": Errand(show=replying.show, act=replying.act),
        "book": Errand(show=booking.show, act=booking.act),
        "met": Errand(show=met.show, act=met.act),
        "done": Errand(show=doing.show, act=doing.act),
        "confirm": Errand(show=confirming.show, act=confirming.act),
        ASK_FOR_A_CALL: Errand(show=calling.show, act=calling.act),
        "nominate": Errand(
            show=nominating.show, act=partial(nominating.act, identify=identify)
        ),
        "consent": Errand(show=consenting.show, act=consenting.act),
        "accept": Errand(show=accepting.show, act=accepting.act),
    }


def _endpoint(scope: str, errand: Errand, door: Door, origin: str) -> Endpoint:
    """Return the answer to requests for one kind of link."""

    async def endpoint(request: Request) -> Response:
        token = request.path_params["token"]
        if request.method != "POST":
            return await run_in_threadpool(_shown, scope, token, errand, door)
        form = await read_form(request, origin=origin)
        return await run_in_threadpool(_acted, scope, token, errand, door, form)

    return endpoint


def _shown(scope: str, token: str, errand: Errand, door: Door) -> Response:
    visit = door.visit(scope, token)
    if visit is None:
        return problem(_MISDIRECTED)
    return show(errand.show(visit), visit)


def _acted(scope: str, token: str, errand: Errand, door: Door, form: Form) -> Response:
    try:
        visit = door.visit(scope, token)
        if visit is None:
            return problem(_MISDIRECTED)
        outcome = errand.act(visit, form)
        if isinstance(outcome, Page):
            return show(outcome, visit)
        return _performed(visit, outcome, errand, door, token)
    except (StoreUnavailableError, ConflictError):
        # Nothing that somebody wrote is lost: the page sends it again.
        return problem(_DOWN, kept=form)


def _performed(
    visit: Visit, decide: Decide, errand: Errand, door: Door, token: str
) -> Response:
    link = visit.link
    try:
        door.unit.perform(link.cohort, decide, now=visit.now, actor=link.person)
    except RefusedError:
        # Somebody was faster: show how things stand now.
        later = door.visit(link.scope, token) or visit
        return show(errand.show(later), later, status=_CONFLICT)
    return see_self(token)


def _feed(door: Door, write: FeedWriter) -> Endpoint:
    def answer(request: Request) -> Response:
        link = door.link("feed", request.path_params["token"])
        records = door.records(link.person) if link else ()
        if link is None or not records:
            return problem(_MISDIRECTED)
        return calendar_response(calendar(records, link.person, write), request.headers)

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return endpoint


def _watching(answer: Callable[[], Response]) -> Endpoint:
    async def endpoint(_request: Request) -> Response:
        return await run_in_threadpool(answer)

    return endpoint


async def _as_problem(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise TypeError(error)
    return problem(error.status_code, headers=error.headers)


async def _as_gone(_request: Request, _error: Exception) -> Response:
    return problem(400)


async def _as_down(_request: Request, _error: Exception) -> Response:
    return problem(_DOWN)


async def _as_fault(_request: Request, _error: Exception) -> Response:
    return problem(500)
