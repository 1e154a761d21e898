"""A programme as its spec file tells it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from engine.spec.activities import ACTIVITIES, Activity, Matching
from engine.spec.closed import Break, SendingHours
from engine.spec.keywords import KeywordUnion
from engine.spec.model import Language, SpecPart, Texts
from engine.spec.moments import Moment

Country = Literal["DK", "NO"]


class CalendarPart(SpecPart):
    """Which days are closed."""

    holidays: Country | None = Field(
        default=None, description="The country whose public holidays are kept."
    )
    breaks: tuple[Break, ...] = Field(
        default=(), description="Weeks or days of rest, each year."
    )


class MailPart(SpecPart):
    """When mail leaves, and who gets the answers."""

    sent: SendingHours = Field(
        default=SendingHours(8, 16), description="Days and hours in which mail leaves."
    )
    reply_to: Literal["coordinator", "mailbox"] = Field(
        default="coordinator", description="Who gets the answer to a mail."
    )


class ColumnPart(SpecPart):
    """A column of the participants file, beside the fixed ones."""

    type: Literal["text", "number", "yes or no", "scale", "tags", "people"] = Field(
        description="What its cells hold.", examples=["text"]
    )
    values: tuple[str, ...] = Field(
        default=(), description="The steps of a scale, from the lowest."
    )
    up_to: int | None = Field(default=None, description="How many a cell may hold.")


class MatchPart(SpecPart):
    """A kind of match: who belongs together, and what makes a good one."""

    shape: Literal["pairs"] = Field(
        description="How many of each role.", examples=["pairs"]
    )
    roles: tuple[str, str] = Field(
        default=("mentor", "mentee"),
        description="The two sides; the first may repeat.",
        examples=[["mentor", "mentee"]],
    )
    require: tuple[Mapping[str, str], ...] = Field(
        default=(), description="Rules that no match may break."
    )
    prefer: tuple[Mapping[str, int], ...] = Field(
        default=(), description="What makes a match better, and how much."
    )
    aim: tuple[str, ...] = Field(
        default=("everyone matched", "worst match as good as possible", "best total"),
        description="What is looked for, the most important first.",
    )
    approval: Literal["coordinator"] = Field(
        default="coordinator", description="Who says yes to the proposal."
    )
    confirm: Literal["mentor first, then mentee"] | None = Field(
        default=None, description="Who is asked before anybody else is told."
    )


_GATHERING = {
    "gathering": "kick-off",
    "when": "the cohort's kick-off",
    "lasts": "3 hours",
}


class Phase(SpecPart):
    """A part of the year, with what takes place in it."""

    phase: str = Field(description="Its name.", examples=["kick-off"])
    title: Texts | None = Field(default=None, description="What participants see.")
    from_: Moment | None = Field(
        default=None, description="When it begins.", examples=["kick-off"]
    )
    until: Moment | None = Field(
        default=None, description="When it ends.", examples=["closing"]
    )
    activities: tuple[Annotated[Activity, KeywordUnion(ACTIVITIES)], ...] = Field(
        description="What takes place.", examples=[[_GATHERING]]
    )


class Programme(SpecPart):
    """A whole programme, whatever the year."""

    stafet: Literal[1] = Field(
        description="Version of the spec language.", examples=[1]
    )
    programme: str = Field(
        description="Its name, that of its folder.", examples=["aarhus-leadership"]
    )
    title: Texts = Field(
        description="What participants see.",
        examples=[{"da": "Mentorforløb", "en": "Mentoring"}],
    )
    timezone: str = Field(description="IANA name.", examples=["Europe/Copenhagen"])
    languages: tuple[Language, ...] = Field(
        description="In which people are written to.", examples=[["da", "en"]]
    )
    calendar: CalendarPart = Field(
        default=CalendarPart(), description="Holidays and breaks."
    )
    mail: MailPart = Field(default=MailPart(), description="How mail is sent.")
    people: Mapping[str, ColumnPart] = Field(
        default_factory=dict, description="Columns of the participants file."
    )
    matches: Mapping[str, MatchPart] = Field(
        default_factory=dict, description="Kinds of match."
    )
    phases: tuple[Phase, ...] = Field(
        description="The parts of the year.",
        examples=[[{"phase": "kick-off", "activities": [_GATHERING]}]],
    )

    def activities(self) -> Iterator[tuple[Phase, Activity]]:
        """Yield each activity with its phase, in the order of the file."""
        for phase in self.phases:
            for activity in phase.activities:
                yield phase, activity

    def activity(self, name: str) -> Activity | None:
        """Return the activity of a name or slug; None when there is none."""
        return self._named.get(name)

    @cached_property
    def _named(self) -> Mapping[str, Activity]:
        """Activities by slug and by name; of two, the first."""
        named: dict[str, Activity] = {}
        for _, activity in self.activities():
            named.setdefault(activity.slug, activity)
            named.setdefault(activity.name, activity)
        return named

    def matching(self, kind: str) -> Matching | None:
        """Return the activity that makes matches of a kind."""
        for _, activity in self.activities():
            if isinstance(activity, Matching) and activity.name == kind:
                return activity
        return None
