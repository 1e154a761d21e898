"""What people are asked to do, and to say when it is done."""

from typing import ClassVar, Literal

from pydantic import Field

from engine.spec.activities.base import ActivityPart
from engine.spec.model import Audience, Texts
from engine.spec.moments import Moment, Step
from engine.spec.spans import Span, SpanRange, refuse


class Work(ActivityPart):
    """What people are asked to do by a day, and say so with one click.

    What they write goes to whom it is for, and not through Stafet.
    """

    text: Texts = Field(
        description="What to do, in each language.",
        examples=[{"en": "Write down what you want to use, and how."}],
    )
    takes: SpanRange | None = Field(
        default=None, description="How long it takes.", examples=["1 to 3 hours"]
    )
    link: str = Field(
        default="",
        description="Where to find what is needed.",
        examples=["https://example.org/module-1"],
    )
    remind: tuple[Step, ...] = Field(
        default=(),
        description="When those who are not done are asked again, before it is due.",
        examples=[["2 days before"]],
    )


class Assignment(Work):
    """Something to write or try, between meetings or by a day."""

    KEYWORD: ClassVar[str] = "assignment"

    between: str | None = Field(
        default=None,
        description="A meeting on planned days: given after each but the last.",
        examples=["group-meeting"],
    )
    when: Moment | None = Field(
        default=None,
        description="When it is given, where it is given once.",
        examples=["kick-off"],
    )
    due: Step | Moment = Field(
        description="Until when: before the next meeting, or a day.",
        examples=["3 days before"],
    )
    for_: Audience = Field(default="everyone", description="Who is to do it.")
    size: Texts | None = Field(
        default=None,
        description="How much is handed in.",
        examples=[{"en": "1 to 2 A4 pages"}],
    )
    hand_in_to: str | None = Field(
        default=None,
        description="The role of the match that gets it; else nobody does.",
        examples=["mentor"],
    )
    passed_round: Literal["always", "if the group's mentor chooses"] | None = Field(
        default=None,
        description="Whether the others of the match see it: people are told before.",
    )

    def model_post_init(self, _context: object) -> None:
        """Refuse what is given both between meetings and on a day, or never."""
        if (self.between is None) == (self.when is None):
            raise refuse(
                f"nothing says when '{self.name}' is given, or two things do",
                "write either `between: …` a meeting, or `when: …` a day",
                key="between" if self.when is None else "when",
                needs="between",
            )
        if self.between is None and self.hand_in_to is not None:
            raise refuse(
                f"'{self.name}' is of no match, so that nobody's mentor gets it",
                "leave it out, or write `between: …` a meeting of matches",
                key="hand in to",
            )
        if (self.between is None) == isinstance(self.due, Step):
            raise refuse(
                f"'{self.name}' is due by something else than it is given by",
                "write `due: 3 days before` with `between`, else `due: …` a day",
                key="due",
                needs="due",
            )


class Module(Work):
    """Something to learn by a day."""

    KEYWORD: ClassVar[str] = "module"

    when: Moment = Field(description="When it opens.", examples=["kick-off"])
    due: Moment = Field(description="Until when.", examples=["1 month after kick-off"])
    for_: Audience = Field(default="everyone", description="Who is to learn it.")


class Task(Work):
    """Something that the coordinator, sponsors or others have to do."""

    KEYWORD: ClassVar[str] = "task"

    when: Moment = Field(
        description="When they are told.", examples=["6 weeks before kick-off"]
    )
    due: Moment = Field(description="Until when.", examples=["4 weeks before kick-off"])
    for_: Audience = Field(
        default="coordinator", description="Whose it is.", examples=["sponsors"]
    )

    @property
    def is_the_coordinators(self) -> bool:
        """Whether it is the coordinator's own."""
        return self.for_ == "coordinator"


class Agreement(ActivityPart):
    """What the members of each match agree on, in writing, at the start."""

    KEYWORD: ClassVar[str] = "agreement"

    with_: str = Field(description="Kind of match that agrees.", examples=["pair"])
    when: Moment = Field(
        description="When they are asked; not before the match is agreed.",
        examples=["kick-off"],
    )
    open_for: Span = Field(description="How long they have.", examples=["6 weeks"])
    drawn_up_by: str = Field(
        description="The role that writes it.", examples=["mentee"]
    )
    points: tuple[Texts, ...] = Field(
        description="What it is about.",
        examples=[[{"en": "Goals: what they are, and when they are reached"}]],
    )
    remind: tuple[Step, ...] = Field(
        default=(), description="When those who have not said yes are asked again."
    )
