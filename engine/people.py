"""Who takes part in a cohort, and how they are reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.ids import PersonId

Value = str | int | bool | tuple[str, ...] | None
"""What a cell of a declared column may hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """A name and an address, as a mail header shows them."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """A person as enrolled in one cohort.

    Attributes:
        person: Surrogate of the person, the only id that facts may hold.
        id: Id in the people file; what coordinators write and outputs show.
        roles: Such as `mentor` and `mentee`; one person may have several.
        manager: Id of the nearest manager in the people file, or their name and
            address when they take no part; empty when not told.
        values: The spec's own columns: text, number, yes or no, a step of a scale, or
            a tuple of tags or people.
    """

    person: PersonId
    id: str
    name: str
    email: str
    phone: str = ""
    language: str
    roles: tuple[str, ...]
    department: str = ""
    manager: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def mailbox(self) -> Mailbox:
        """The participant as a recipient."""
        return Mailbox(name=self.name, address=self.email)
