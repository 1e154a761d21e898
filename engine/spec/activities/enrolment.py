"""How people come in, and who belongs together: nomination and matching."""

from typing import ClassVar

from pydantic import Field

from engine.spec.activities.base import ActivityPart
from engine.spec.model import Texts
from engine.spec.moments import Moment, Step
from engine.spec.spans import Span


class Nomination(ActivityPart):
    """A time in which people are proposed for a role."""

    KEYWORD: ClassVar[str] = "nomination"

    by: str | Texts = Field(
        description="Who proposes, in the plural; in each language where they differ.",
        examples=["heads of department"],
    )
    open_: Moment = Field(
        description="When it opens.", examples=["4 months before kick-off"]
    )
    for_how_long: Span = Field(
        description="How long it stays open.", examples=["6 weeks"]
    )


class Matching(ActivityPart):
    """The solver proposes matches of a kind; the coordinator approves them."""

    KEYWORD: ClassVar[str] = "matching"

    when: Moment = Field(
        description="When the proposal is made.", examples=["4 weeks before kick-off"]
    )
    remind: tuple[Step, ...] = Field(
        default=(Step.parse("after 3 days"), Step.parse("after 7 days")),
        description="When those who have not confirmed are asked again.",
    )

    @property
    def slug(self) -> str:
        """Not the bare name, which is that of the matches themselves: `pair-7`."""
        return f"{self.name}-matching"
