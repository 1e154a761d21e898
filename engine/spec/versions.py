"""Which version of the spec language a file is written in."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BeforeValidator

from engine.spec.positions import Document
from engine.spec.spans import refuse
from engine.spec.wording import described

CURRENT = 1
_KEY = "stafet"


def _current(written: object) -> object:
    if type(written) is int and written == CURRENT:
        return written
    raise refuse(
        f"expected the version of the spec language, found {described(written)}",
        f"write `{_KEY}: {CURRENT}`; a version is a whole number, without quotes",
    )


Version = Annotated[Literal[1], BeforeValidator(_current)]
"""The version of the spec language: there is one so far."""


def of_known_version(document: Document) -> Document:
    """Return a document, or of one in a later version that alone.

    What its words mean is not known here, so that nothing else is told of them.
    """
    version = document.plain.get(_KEY)
    if type(version) is not int or version <= CURRENT:
        return document
    fault = document.fault(
        (_KEY,),
        f"version {version} of the spec language is not known here",
        f"install a later Stafet; or write `{_KEY}: {CURRENT}` "
        f"if the file is in version {CURRENT}",
    )
    return replace(document, plain={}, root=None, faults=(fault,))
