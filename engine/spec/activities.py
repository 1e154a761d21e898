"""The kinds of activity that a phase may hold, and what may be said of each."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from engine.spec.model import Anonymity, Audience, Question, SpecPart, Texts
from engine.spec.moments import ClockTime, Moment, Step, Within
from engine.spec.spans import Span, SpanRange, refuse

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

    @property
    def slug(self) -> str:
        """The name as it stands in ids."""
        return self.name


class Nomination(ActivityPart):
    """A time in which people are proposed for a role."""

    KEYWORD: ClassVar[str] = "nomination"

    by: str = Field(
        description="Who proposes, in the plural.", examples=["heads of department"]
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


class Edition(SpecPart):
    """What is special about one of a series of gatherings."""

    theme: Texts | None = Field(default=None, description="What it is about.")
    for_: Audience | None = Field(default=None, description="Who is invited.")
    lasts: Span | None = Field(default=None, description="How long, where it differs.")


class Gathering(ActivityPart):
    """Many people in one place, once or in a series."""

    KEYWORD: ClassVar[str] = "gathering"

    when: Moment | None = Field(
        default=None,
        description="The day of a single one.",
        examples=["12 months after kick-off"],
    )
    about_every: Span | None = Field(
        default=None,
        description="The distance in a series, counted from where its phase begins.",
        examples=["3 months"],
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
    starts: ClockTime | None = Field(
        default=None, description="Time of day.", examples=["13:00"]
    )
    lasts: Span = Field(description="From start to end.", examples=["3 hours"])
    for_: Audience = Field(default="everyone", description="Who is invited.")
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

    def model_post_init(self, _context: object) -> None:
        """Refuse a gathering that is both a single one and a series, or neither."""
        if (self.when is None) == (self.about_every is None):
            raise refuse(
                f"'{self.name}' takes place either once or as a series",
                "write `when: …` for one day, or `about every: …` for a series",
                key="about every",
                needs="when",
            )
        if self.about_every is not None and self.until is None:
            raise refuse(
                f"the series '{self.name}' has no end",
                "write, for example, `until: a month before closing`",
                key="about every",
                needs="until",
            )


class Meeting(ActivityPart):
    """The members of each match meet, at times that they choose."""

    KEYWORD: ClassVar[str] = "meeting"

    with_: str = Field(
        description="Kind of match whose members meet.", examples=["pair"]
    )
    first: Within = Field(
        description="Window of the first meeting.",
        examples=["within 14 days of kick-off"],
    )
    then_every: SpanRange = Field(
        description="Window of each later one.", examples=["4 to 6 weeks"]
    )
    counted_from: Literal["last meeting held"] = Field(
        default="last meeting held", description="What a later window is counted from."
    )
    until: Moment | None = Field(
        default=None, description="No meeting after this.", examples=["closing"]
    )
    lasts: Span = Field(description="From start to end.", examples=["90 minutes"])
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


class Evaluation(ActivityPart):
    """Questions to people, open for a while and then summed up."""

    KEYWORD: ClassVar[str] = "evaluation"

    when: Moment = Field(
        description="When it opens.", examples=["2 hours after closing"]
    )
    open_for: Span = Field(description="How long.", examples=["10 days"])
    remind: tuple[Step, ...] = Field(
        default=(), description="When those who have not answered are asked again."
    )
    for_: Audience | None = Field(
        default=None, description="Who is asked; else whoever the occurrence was for."
    )
    anonymous: Anonymity | None = Field(
        default=None,
        description="How many answers it takes before any are shown.",
        examples=["at least 5 answers"],
    )
    questions: Mapping[str, Question] = Field(
        description="By a short name each.",
        examples=[{"useful": {"ask": {"en": "Was it useful?"}, "scale": "1-5"}}],
    )


class MessageActivity(ActivityPart):
    """Words to an audience at a given time."""

    KEYWORD: ClassVar[str] = "message"

    when: Moment = Field(
        description="When it is sent.", examples=["1 week before kick-off"]
    )
    for_: Audience = Field(default="everyone", description="Who gets it.")
    subject: Texts = Field(
        description="The subject, in each language.",
        examples=[{"da": "Husk opstarten", "en": "Remember the kick-off"}],
    )
    text: Texts = Field(
        description="The words, in each language.",
        examples=[{"da": "Vi ses snart.", "en": "See you soon."}],
    )


class Handover(ActivityPart):
    """What this cohort passes on to the next one."""

    KEYWORD: ClassVar[str] = "handover"

    ask: Moment = Field(
        description="When participants are asked what to pass on.",
        examples=["10 weeks before closing"],
    )
    open_for: Span = Field(
        description="How long they may answer.", examples=["3 weeks"]
    )
    remind: tuple[Step, ...] = Field(
        default=(), description="When those who have not answered are asked again."
    )
    question: Texts = Field(
        description="What they are asked.",
        examples=[{"da": "Hvad har du lært?", "en": "What have you learnt?"}],
    )

    @property
    def slug(self) -> str:
        """The name as it stands in ids: the keyword, since the name is a phrase."""
        return self.KEYWORD


ACTIVITIES: Mapping[str, type[ActivityPart]] = {
    part.KEYWORD: part
    for part in (
        Nomination,
        Matching,
        Gathering,
        Meeting,
        Evaluation,
        MessageActivity,
        Handover,
    )
}

Activity = (
    Nomination
    | Matching
    | Gathering
    | Meeting
    | Evaluation
    | MessageActivity
    | Handover
)
