"""What people are told, and what they are given."""

from typing import ClassVar

from pydantic import Field

from engine.spec.activities.base import ActivityPart
from engine.spec.model import Audience, Texts
from engine.spec.moments import Moment
from engine.spec.spans import Earned


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


class Material(ActivityPart):
    """Something to read, watch or use, sent at a given time."""

    KEYWORD: ClassVar[str] = "material"

    when: Moment = Field(
        description="When it is sent.", examples=["1 week before kick-off"]
    )
    for_: Audience = Field(default="everyone", description="Who gets it.")
    text: Texts = Field(
        description="What it is, in each language.",
        examples=[{"en": "A guide to the first meeting."}],
    )
    link: str = Field(
        description="Where it is.", examples=["https://example.org/guide.pdf"]
    )


class Certificate(ActivityPart):
    """Words that say that somebody took part, for whoever did."""

    KEYWORD: ClassVar[str] = "certificate"

    when: Moment = Field(
        description="When it is sent.", examples=["1 week after closing"]
    )
    for_: Audience = Field(default="everyone", description="Who may get it.")
    earned_by: tuple[Earned, ...] = Field(
        default=(),
        description="What it takes: how many of which gatherings or meetings.",
        examples=[["2 of workshop"]],
    )
    text: Texts = Field(
        description="The words, in each language.",
        examples=[{"en": "{name} has taken part in {programme}."}],
    )
