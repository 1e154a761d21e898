"""The one place where responses are made, so that each has its headers."""

import base64
import hashlib
from collections.abc import Mapping

from starlette.responses import Response

from integrations.web.pages import STYLE, Page, html, problem_html
from integrations.web.visits import Visit

RETRY_AFTER = 30
"""Seconds after which to come back when the store is out of reach."""

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_DOWN = 503

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=31536000",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""On every response, whatever it is."""


def respond(
    content: bytes | str,
    *,
    kind: str | None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a response of a media type, with more headers than every one has."""
    again = {"Retry-After": str(RETRY_AFTER)} if status == _DOWN else {}
    return Response(
        content=content,
        status_code=status,
        media_type=kind,
        headers={**HEADERS, **again, **(headers or {})},
    )


def show(page: Page, visit: Visit, *, status: int | None = None) -> Response:
    """Return a page, with its own status or another one."""
    return respond(html(page, visit), kind="text/html", status=status or page.status)


def see_self(token: str) -> Response:
    """Return the way from a form back to its own page, so that a reload is harmless."""
    return respond("", kind=None, status=303, headers={"Location": token})


def problem(
    status: int,
    *,
    kept: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of a problem: the same bytes for everybody, whatever they asked.

    Args:
        status: The HTTP status.
        kept: What was posted in vain.
        headers: Such as `Allow`.
    """
    body = problem_html(status, kept or {})
    return respond(body, kind="text/html", status=status, headers=headers)
