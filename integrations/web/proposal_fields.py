"""What a visitor fills in of somebody whom they nominate, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.nominations import Nominating
from engine.proposals import (
    COLUMN,
    EMAIL,
    MANAGER,
    MANAGER_EMAIL,
    NAME,
    columns_asked,
)
from engine.spec.model import text_in
from engine.spec.programme import ColumnPart
from integrations.web.intake import Form
from integrations.web.visits import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing to fill in.

    Attributes:
        choices: Values and what is shown of them; empty where it is written.
        given: What was filled in so far.
    """

    id: str
    name: str
    ask: str
    kind: str = "text"
    choices: Sequence[tuple[str, str]] = ()
    given: str
    required: bool = False


def fields(visit: Visit, asked: Nominating, given: Form) -> tuple[Field, ...]:
    """Return the fields in their order, with what was given so far."""
    words = visit.words
    programme = visit.record.frozen.programme
    columns = columns_asked(asked.activity, programme)
    parts = {COLUMN + name: programme.columns[name] for name in columns}
    kinds = {EMAIL: "email", MANAGER_EMAIL: "email"}
    required = (NAME, EMAIL, COLUMN + (asked.column or ""))
    return tuple(
        Field(
            id=f"field-{number}",
            name=name,
            ask=_ask(visit, name, parts[name])
            if name in parts
            else words.get(f"page.nominate.{name.replace(' ', '-')}"),
            kind=kinds.get(name, "text"),
            choices=_choices(visit, asked, name, parts[name]) if name in parts else (),
            given=given.get(name, ""),
            required=name in required,
        )
        for number, name in enumerate(
            (NAME, EMAIL, *parts, MANAGER, MANAGER_EMAIL), start=1
        )
    )


def _ask(visit: Visit, name: str, part: ColumnPart) -> str:
    if part.title is not None:
        return text_in(part.title, visit.words.language)
    return name.removeprefix(COLUMN).capitalize()


def _choices(
    visit: Visit, asked: Nominating, name: str, part: ColumnPart
) -> Sequence[tuple[str, str]]:
    words = visit.words
    if part.type == "yes or no":
        return [(one, words.get(f"page.nominate.{one}")) for one in ("yes", "no")]
    steps = part.values
    if name == COLUMN + (asked.column or "") and asked.activity.each is not None:
        steps = asked.activity.each.kinds
    return [(step, part.shown(step, words.language)) for step in steps]


def fault(name: str, asked: Nominating) -> str:
    """Return the words for a field that cannot be read."""
    if name in (NAME, MANAGER):
        return "name"
    if name in (EMAIL, MANAGER_EMAIL):
        return "email"
    columns = asked.record.frozen.programme.columns
    part = columns[name.removeprefix(COLUMN)]
    return {"number": "number", "scale": "choice", "yes or no": "choice"}.get(
        part.type, "text"
    )
