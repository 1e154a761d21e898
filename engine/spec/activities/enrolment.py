"""How people come in, and who belongs together: nomination and matching."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.spec.activities.base import ActivityPart
from engine.spec.model import Texts
from engine.spec.moments import Moment, Step
from engine.spec.quotas import Quota
from engine.spec.spans import Span


class Nomination(ActivityPart):
    """A time in which people are proposed for a role.

    Without `nominators` the coordinator asks, and enters them in the participants file.
    """

    KEYWORD: ClassVar[str] = "nomination"

    by: str | Texts = Field(
        description="Who proposes, in the plural; in each language of several.",
        examples=["heads of department"],
    )
    open_: Moment = Field(
        description="When it opens.", examples=["4 months before kick-off"]
    )
    for_how_long: Span = Field(
        description="How long it stays open.", examples=["6 weeks"]
    )
    nominators: str | None = Field(
        default=None,
        description="The role whose people are asked to propose somebody from their "
        "own department.",
        examples=["director"],
    )
    role: str | None = Field(
        default=None,
        description="What people are proposed for; else the name without its `s`.",
        examples=["mentee"],
    )
    each: Quota | None = Field(
        default=None,
        description="How many each of them is asked for, by a scale of the "
        "participants file.",
        examples=["1 woman and 1 man"],
    )
    more_than_once: Literal["allowed", "never"] = Field(
        default="never",
        description="Whether they may propose more than they are asked for.",
    )
    asks_for: tuple[str, ...] = Field(
        default=(),
        description="Columns of the participants file that they fill in, beside that "
        "of `each`.",
        examples=[["years"]],
    )
    criteria: tuple[Texts, ...] = Field(
        default=(),
        description="What to look for; who proposes and who is proposed reads it.",
        examples=[[{"en": "At least two years in the organisation"}]],
    )
    consent: Literal["manager"] | None = Field(
        default=None,
        description="Who is asked to give the time before the nominee hears of it.",
        examples=["manager"],
    )
    answer_within: Span = Field(
        default=Span(10, "day"),
        description="How long nominees, and who consents, have to answer.",
    )
    places: int | None = Field(
        default=None,
        description="How many may have the role, those of the participants file "
        "included; who accepts beyond them waits.",
        examples=[18],
    )
    admitted: Literal["as they accept", "by the coordinator"] = Field(
        default="as they accept",
        description="Whether a yes is enough while there are places, or the "
        "coordinator chooses.",
    )
    replaced: Literal["by the nominator", "from the waiting list", "never"] = Field(
        default="from the waiting list",
        description="What becomes of a no: whoever proposed them may propose somebody "
        "else, a place goes to who waits longest, or it stays empty.",
    )
    remind: tuple[Step, ...] = Field(
        default=(),
        description="When those who have proposed too few are asked again.",
        examples=[["after 2 weeks"]],
    )

    @property
    def nominated_for(self) -> str:
        """The role that people are proposed for."""
        return self.role or self.name.removesuffix("s")


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
