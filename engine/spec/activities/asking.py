"""What people are asked: evaluations, and what to hand over."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from engine.spec.activities.base import ActivityPart
from engine.spec.model import Anonymity, Audience, Question, Texts
from engine.spec.moments import Moment, Step
from engine.spec.spans import Span


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
