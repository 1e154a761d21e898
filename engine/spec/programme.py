"""A programme as its spec file tells it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from engine.spec.activities import (
    ACTIVITIES,
    Activity,
    Matching,
    Meeting,
    Nomination,
    PlacedMeeting,
)
from engine.spec.closed import WEEKDAYS, Break, SendingHours, WorkingHours
from engine.spec.keywords import KeywordUnion
from engine.spec.matches import MatchPart
from engine.spec.model import Language, SpecPart, Texts, text_in
from engine.spec.moments import Condition, Moment
from engine.spec.spans import Span
from engine.spec.versions import Version

Country = Literal["DK", "NO"]


TRACK = "track"
"""The column that tells a person's track."""


class RolePart(SpecPart):
    """A role that is in no match, or in some of them only."""

    title: Texts | None = Field(
        default=None,
        description="What participants call whoever has it.",
        examples=[{"da": "Proceskonsulent", "en": "Process consultant"}],
    )
    invited: Literal["with everyone", "only where named"] = Field(
        default="only where named",
        description="Whether `everyone` means them too.",
    )
    on_call_for: str | None = Field(
        default=None,
        description="A kind of match whose members are told how to reach them.",
        examples=["network"],
    )
    sees: Literal["what they are invited to", "totals", "nothing"] = Field(
        default="what they are invited to",
        description="What is shown to them beside their own mail.",
    )


class ChangesPart(SpecPart):
    """What holds when people come late, pause or leave."""

    late_joiners: Literal["catch up", "skip", "compress"] | None = Field(
        default=None,
        description="Whether they do what they missed, leave it out, or do it faster.",
    )
    pause: Span | None = Field(
        default=None,
        description="For how long somebody may pause at most.",
        examples=["3 months"],
    )
    exit: Literal["without blame"] | None = Field(
        default=None,
        description="Whether a match may be ended by one without a reason.",
    )
    rematch: Span | None = Field(
        default=None,
        description="Within how long somebody gets a new match.",
        examples=["60 days"],
    )
    stand_ins: Literal["allowed", "never"] | None = Field(
        default=None,
        alias="stand-ins",
        description="Whether somebody else may come to a meeting instead.",
    )
    reasons: tuple[str, ...] = Field(
        default=("new job", "illness", "leave", "workload", "other"),
        description="Why people leave: the words that may be recorded, and no others.",
        examples=[["new job", "illness", "other"]],
    )


class CalendarPart(SpecPart):
    """Which days are closed."""

    holidays: Country | None = Field(
        default=None, description="The country whose public holidays are kept."
    )
    breaks: tuple[Break, ...] = Field(
        default=(), description="Weeks or days of rest, each year."
    )
    working_hours: WorkingHours = Field(
        default=WorkingHours(8, 16),
        description="In which people work; `right after` them is when they end.",
    )


class MailPart(SpecPart):
    """When mail leaves, and who gets the answers."""

    sent: SendingHours = Field(
        default=SendingHours(8, 16), description="Days and hours in which mail leaves."
    )
    reply_to: Literal["coordinator", "mailbox"] = Field(
        default="coordinator", description="Who gets the answer to a mail."
    )
    needs_you: Literal["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays"] = (
        Field(
            default="Mondays",
            description="When coordinators are told each week of all that is open.",
        )
    )

    @property
    def needs_you_on(self) -> int:
        """The weekday of that, 0 for Monday."""
        return WEEKDAYS.index(self.needs_you.removesuffix("s"))


class ColumnPart(SpecPart):
    """A column of the participants file, beside the fixed ones."""

    type: Literal["text", "number", "yes or no", "scale", "tags", "people"] = Field(
        description="What its cells hold.", examples=["text"]
    )
    values: tuple[str, ...] = Field(
        default=(), description="The steps of a scale, from the lowest."
    )
    up_to: int | None = Field(default=None, description="How many a cell may hold.")
    title: Texts | None = Field(
        default=None,
        description="What people see of it on a page; else its name.",
        examples=[{"da": "Køn", "en": "Gender"}],
    )
    shown_as: Mapping[str, Texts] = Field(
        default_factory=dict,
        description="What people see of its steps, by step; else the step.",
        examples=[{"woman": {"da": "Kvinde", "en": "Woman"}}],
    )

    def shown(self, step: str, language: str) -> str:
        """Return what people see of a step."""
        return text_in(self.shown_as[step], language) if step in self.shown_as else step


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
    waits_for: Condition | None = Field(
        default=None,
        description="What has to be so before anything in it happens.",
        examples=["pair agreed"],
    )
    activities: tuple[Annotated[Activity, KeywordUnion(ACTIVITIES)], ...] = Field(
        description="What takes place.", examples=[[_GATHERING]]
    )


class Programme(SpecPart):
    """A whole programme, whatever the year."""

    stafet: Version = Field(description="Version of the spec language.", examples=[1])
    programme: str = Field(
        description="Its name, that of its folder.", examples=["aarhus-leadership"]
    )
    extends: str | None = Field(
        default=None,
        exclude=True,
        description="The programme that it changes: a folder beside its own.",
        examples=["group-mentoring"],
    )
    leave_out: tuple[str, ...] = Field(
        default=(),
        exclude=True,
        description="What it does not take over from that one.",
        examples=[["evaluation final"]],
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
    tracks: tuple[str, ...] = Field(
        default=(),
        description="Parts of a cohort that go different ways; the column `track` of "
        "the participants file says whose is whose.",
        examples=[["leaders", "aspirants"]],
    )
    roles: Mapping[str, RolePart] = Field(
        default_factory=dict, description="Roles beside those of the matches."
    )
    matches: Mapping[str, MatchPart] = Field(
        default_factory=dict, description="Kinds of match."
    )
    changes: ChangesPart = Field(
        default=ChangesPart(),
        description="What holds when people come late, pause or leave.",
    )
    phases: tuple[Phase, ...] = Field(
        description="The parts of the year.",
        examples=[[{"phase": "kick-off", "activities": [_GATHERING]}]],
    )

    @cached_property
    def columns(self) -> Mapping[str, ColumnPart]:
        """The columns beside the fixed ones, that of the tracks included."""
        if not self.tracks:
            return self.people
        return {**self.people, TRACK: ColumnPart(type="scale", values=self.tracks)}

    @cached_property
    def has_quorum(self) -> bool:
        """Whether it matters to any meeting how many will come."""
        return any(
            (isinstance(activity, PlacedMeeting) and activity.goes_ahead_with)
            or (isinstance(activity, Meeting) and activity.times)
            for _, activity in self.activities()
        )

    @cached_property
    def nominated(self) -> frozenset[str]:
        """The roles into which people come by being nominated."""
        return frozenset(
            activity.nominated_for
            for _, activity in self.activities()
            if isinstance(activity, Nomination) and activity.nominators
        )

    @cached_property
    def milestones(self) -> frozenset[str]:
        """The activities that phases are counted from, by slug."""
        edges = (edge for one in self.phases for edge in (one.from_, one.until) if edge)
        found = (self.activity(edge.anchor.activity) for edge in edges)
        return frozenset(one.slug for one in found if one is not None)

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
