"""Two people whom a cohort file names: who are to be matched, or never."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import Field

from engine.people import Participant
from engine.spec.model import SpecPart
from engine.spec.spans import Written, refuse

if TYPE_CHECKING:
    from engine.spec.cohort import Cohort

_AND = " and "


@dataclass(frozen=True, slots=True)
class Both(Written):
    """Two people by id or address: `ugle and alk`."""

    one: str
    other: str

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.one}{_AND}{self.other}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the two, as they are written."""
        named = phrase.split(_AND)
        if len(named) != 2 or any(" " in name or not name for name in named):  # noqa: PLR2004  # Two are meant.
            raise refuse(
                f"{phrase!r} does not name two people",
                "write, for example, `ugle and alk` or `ugle and alk@example.org`",
            )
        return cls(*named)


class TwoPeople(SpecPart):
    """Two people who are to be matched with each other, or never."""

    two: Both = Field(
        description="Who, by id or address in the participants file.",
        examples=["ugle and alk"],
    )
    in_: str | None = Field(
        default=None,
        description="The kind of match, where it is not any.",
        examples=["pair"],
    )
    because: str = Field(
        default="",
        description="Why. It stays in this file: nobody is told, and nothing "
        "records it.",
    )


def recorded(cohort: "Cohort", people: Iterable[Participant]) -> "Cohort":
    """Return what may be recorded: ids in place of addresses, and no reasons."""
    ids = {one.email.lower(): one.id for one in people if one.email}
    return cohort.model_copy(
        update={
            field: tuple(_plain(one, ids) for one in getattr(cohort, field))
            for field in ("must_match", "never_match")
        }
    )


def _plain(two: TwoPeople, ids: Mapping[str, str]) -> TwoPeople:
    named = (ids.get(name.lower(), name) for name in (two.two.one, two.two.other))
    return two.model_copy(update={"two": Both(*named), "because": ""})
