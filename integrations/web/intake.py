"""What a form brought: whether it may, and what it says."""

import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 256 * 1024
MOST_FIELDS = 200

_FORM = "application/x-www-form-urlencoded"
_LINE_ENDS = ("\n", "\t")

Form = Mapping[str, str]
"""Each field with the last value that was given for it."""


async def read_form(request: Request, *, origin: str) -> Form:
    """Return the fields of a form that one of our own pages sent.

    Raises:
        HTTPException: If it came from elsewhere, is too large, or is no form.
    """
    _refuse_foreign(request.headers, origin)
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind.strip().lower() != _FORM:
        raise HTTPException(415)
    body = await _body(request)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise HTTPException(400) from None
    return {name: _printable(value) for name, value in pairs}


def _refuse_foreign(headers: Mapping[str, str], origin: str) -> None:
    """Refuse what another site makes a browser send.

    Our pages send no Referer, and then browsers name `null` as the origin of their
    forms, too (Fetch standard, 3.2): it is `Sec-Fetch-Site` that tells them apart.
    """
    site, claimed = headers.get("sec-fetch-site"), headers.get("origin")
    ours = site in {None, "same-origin", "none"}
    if not ours or claimed not in {None, "null", origin}:
        raise HTTPException(403)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    return bytes(body)


def _printable(text: str) -> str:
    """Return the text with newlines as line ends and no other control characters."""
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in unbroken
        if character in _LINE_ENDS or unicodedata.category(character) != "Cc"
    ).strip()
