"""Many people in one place, once or in a series."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.spec.activities.base import ActivityPart, Weekday
from engine.spec.model import Audience, SpecPart, Texts
from engine.spec.moments import ClockTime, Moment, StartTime, Step, Within
from engine.spec.spans import Span, refuse

Form = Literal["in person", "online", "hybrid"]


class Edition(SpecPart):
    """What is special about one of a series of gatherings."""

    theme: Texts | None = Field(default=None, description="What it is about.")
    speakers: tuple[str, ...] = Field(
        default=(), description="Who speaks.", examples=[["Tine Taler"]]
    )
    for_: Audience | None = Field(default=None, description="Who is invited.")
    lasts: Span | None = Field(default=None, description="How long, where it differs.")
    held: Form | None = Field(default=None, description="How, where it differs.")
    absent_get: Texts | None = Field(
        default=None, description="What those who were away are sent, where it differs."
    )


class Gathering(ActivityPart):
    """Many people in one place, once or in a series."""

    KEYWORD: ClassVar[str] = "gathering"
    EVERY: ClassVar[str] = "about every"
    """The key of the distance in a series."""

    when: Moment | Within | None = Field(
        default=None,
        description="The day of a single one, or of one beside each of others.",
        examples=["12 months after kick-off"],
    )
    about_every: Span | None = Field(
        default=None,
        description="The distance in a series, counted from where its phase begins.",
        examples=["3 months"],
    )
    times: int | None = Field(
        default=None, gt=0, description="How many there are in a series.", examples=[3]
    )
    until: Moment | None = Field(
        default=None,
        description="No later than this.",
        examples=["a month before closing"],
    )
    on: Weekday | None = Field(
        default=None,
        description="Kept: a closed one moves to the nearest open one.",
        examples=["Wednesday"],
    )
    starts: StartTime | None = Field(
        default=None, description="Time of day.", examples=["13:00"]
    )
    lasts: Span = Field(
        description="From start to end; of several days, each a working day.",
        examples=["3 hours"],
    )
    ends: ClockTime | None = Field(
        default=None,
        description="Time of the last day, where it lasts several.",
        examples=["16:00"],
    )
    for_: Audience = Field(default="everyone", description="Who is invited.")
    held: Form = Field(
        default="in person", description="In one room, on screens, or both."
    )
    about: Texts | None = Field(
        default=None,
        description="What it is about: stands in the invitation.",
        examples=[{"en": "Your role, and the practical things."}],
    )
    speakers: tuple[str, ...] = Field(
        default=(), description="Who speaks.", examples=[["Tine Taler"]]
    )
    absent_get: Texts | None = Field(
        default=None,
        description="What those who were away are sent, such as what was handed out.",
        examples=[{"en": "The slides: https://example.org/slides"}],
    )
    editions: tuple[Edition, ...] = Field(
        default=(), description="What is special about the first, second ... one."
    )
    hold_the_date: Literal["at once"] | Step | None = Field(
        default=None,
        description="When people are asked to keep the day free.",
        examples=["at once"],
    )
    invite: Step = Field(
        default=Step.parse("4 weeks before"),
        description="When details are sent.",
        examples=["4 weeks before"],
    )
    together_with: Literal["kick-off of the next cohort"] | None = Field(
        default=None, description="One gathering in two cohorts."
    )

    @property
    def is_the_cohorts(self) -> bool:
        """Whether its date is the cohort's own: the one that the year counts from."""
        return self.when is not None and self.when.anchor.activity == self.name

    @property
    def is_series(self) -> bool:
        """Whether it takes place several times."""
        return self.when is None or self.when.anchor.several

    def model_post_init(self, _context: object) -> None:
        """Refuse a gathering that is both a single one and a series, or neither."""
        if (self.when is None) == (self.about_every is None):
            raise refuse(
                f"'{self.name}' takes place either once or as a series",
                f"write `when: …` for one day, or `{self.EVERY}: …` for a series",
                key=self.EVERY,
                needs="when",
            )
        if self.about_every is not None and self.until is None and self.times is None:
            raise refuse(
                f"the series '{self.name}' has no end",
                "write, for example, `until: a month before closing` or `times: 3`",
                key=self.EVERY,
                needs="until",
            )
        if not self.lasts.exact and self.ends is None:
            raise refuse(
                f"nothing says when the last day of '{self.name}' ends",
                "write, for example, `ends: 16:00`",
                key="lasts",
                needs="ends",
            )
