"""The members of a match meet: when they choose to, or when the programme says so."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from engine.spec.activities.base import ActivityPart
from engine.spec.activities.gatherings import Gathering
from engine.spec.model import SpecPart, Texts
from engine.spec.moments import Moment, Step, Within
from engine.spec.spans import About, Cadence, Quorum, SpanRange, refuse

EVERYONE = "everyone"


class Prompts(SpecPart):
    """What one role is asked to think of around a meeting."""

    before: tuple[Texts, ...] = Field(
        default=(),
        description="Two working days before it.",
        examples=[[{"en": "What do I recall from last time?"}]],
    )
    after: tuple[Texts, ...] = Field(
        default=(),
        description="Once it is over.",
        examples=[[{"en": "What was useful?"}]],
    )


class _Talk(ActivityPart):
    """What is said of a meeting, whoever chooses its time."""

    agenda: tuple[Texts, ...] = Field(
        default=(),
        description="What a good one goes through, in order.",
        examples=[[{"en": "What has happened since last time"}]],
    )
    prompts: Mapping[str, Prompts] = Field(
        default_factory=dict,
        description="What to think of before and after it, by role.",
        examples=[{"mentee": {"before": [{"en": "How have I worked on my goal?"}]}}],
    )
    logbook: Literal["advised"] | None = Field(
        default=None,
        description="Whether people are advised to keep one, which nobody else sees.",
    )


class Meeting(_Talk):
    """The members of each match meet, at times that they choose."""

    KEYWORD: ClassVar[str] = "meeting"
    TOLD_BY: ClassVar[frozenset[str]] = frozenset({"first", "then every", "booked by"})

    with_: str = Field(
        description="Kind of match whose members meet.", examples=["pair"]
    )
    one_by_one: str | None = Field(
        default=None,
        description="The role whose people each meet those of the other roles alone; "
        "else all members meet together.",
        examples=["mentee"],
    )
    first: Within = Field(
        description="Window of the first meeting.",
        examples=["within 14 days of kick-off"],
    )
    then_every: Cadence | None = Field(
        default=None,
        description="Window of each later one; it may widen. Only one needs none.",
        examples=["4 to 6 weeks"],
    )
    times: int | None = Field(
        default=None,
        gt=0,
        description="How many are held; else as many as there is time for.",
        examples=[1],
    )
    counted_from: Literal["last meeting held"] = Field(
        default="last meeting held", description="What a later window is counted from."
    )
    until: Moment | None = Field(
        default=None, description="No meeting after this.", examples=["closing"]
    )
    lasts: SpanRange = Field(
        description="From start to end; of two lengths the longer is set aside.",
        examples=["90 minutes"],
    )
    booked_by: str = Field(
        description="The role that chooses the time.", examples=["mentee"]
    )
    remind: tuple[Step, ...] = Field(
        default=(Step.parse("after 10 days"),),
        description="When whoever books is asked again, while nothing is booked.",
    )
    rests_in: Literal["breaks"] | None = Field(
        default=None, description="Days of a break do not count in a window."
    )

    def model_post_init(self, _context: object) -> None:
        """Refuse several meetings without a distance between them."""
        if self.then_every is None and self.times != 1:
            raise refuse(
                f"nothing says how far apart the meetings of '{self.name}' are",
                "write, for example, `then every: 4 to 6 weeks`, or `times: 1`",
                key="times",
                needs="then every",
            )


class PlacedMeeting(_Talk, Gathering):
    """The members of each match meet, or an audience does, on days that are planned."""

    KEYWORD: ClassVar[str] = "meeting"
    EVERY: ClassVar[str] = "every"
    TOLD_BY: ClassVar[frozenset[str]] = frozenset({"every", "times", "when", "for"})

    with_: str | None = Field(
        default=None,
        description="Kind of match whose members meet; else it is for an audience.",
        examples=["group"],
    )
    about_every: About | None = Field(
        default=None,
        alias="every",
        description="The distance in a series, counted from its first.",
        examples=["4 weeks"],
    )
    from_: Moment | None = Field(
        default=None,
        description="The first day of a series; else where its phase begins.",
        examples=["2 weeks after kick-off"],
    )
    goes_ahead_with: Quorum | None = Field(
        default=None,
        description="How many have to come; with fewer the coordinator is told.",
        examples=["4 of 6"],
    )

    def model_post_init(self, context: object) -> None:
        """Refuse a meeting of a match and an audience at once, or with who was away."""
        super().model_post_init(context)
        if self.absent_get or any(one.absent_get for one in self.editions):
            raise refuse(
                f"nobody is asked who came to '{self.name}'",
                "leave `absent get` out, or make it a gathering",
                key="absent get",
            )
        if self.with_ is not None and self.for_ != EVERYONE:
            raise refuse(
                f"'{self.name}' is for the members of each {self.with_}",
                "leave `for` out, or `with`",
                key="for",
                needs="with",
            )
