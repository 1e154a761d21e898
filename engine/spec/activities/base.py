"""What every activity has."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.spec.model import SpecPart, Texts

Weekday = Literal[
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
]


class ActivityPart(SpecPart):
    """What every activity has.

    `kind` is the keyword that the coordinator wrote, `name` the value beside it.
    """

    KEYWORD: ClassVar[str]

    kind: str
    name: str = Field(description="What other activities call this one.")
    title: Texts | None = Field(
        default=None, description="What participants see; else the name."
    )
    track: str | None = Field(
        default=None,
        description="Whose it is, where the cohort has tracks.",
        examples=["aspirants"],
    )

    @property
    def slug(self) -> str:
        """The name as it stands in ids."""
        return self.name
