"""One run of a programme, as its cohort file tells it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from engine.people import Mailbox
from engine.spec.closed import Break
from engine.spec.model import Language, SpecPart, Texts
from engine.spec.moments import LocalDate
from engine.spec.twos import TwoPeople
from engine.spec.versions import Version


def _as_text(written: object) -> object:
    return str(written) if isinstance(written, int) else written


Label = Annotated[
    str,
    BeforeValidator(_as_text),
    WithJsonSchema({"type": ["string", "integer"]}),
]
"""A name that may look like a number: `2027`."""


class Contact(SpecPart):
    """Somebody who is written to and can be asked."""

    name: str = Field(description="Full name.", examples=["Anna Ahorn"])
    email: str = Field(description="Address.", examples=["anna@example.org"])
    phone: str = Field(default="", description="Shown in mails where it is given.")
    language: Language = Field(
        default="en", description="In which they are written to."
    )


class Coordinator(Contact):
    """Who answers for a cohort, or for its people from one department."""

    deputy: Contact | None = Field(
        default=None,
        description="Who may do the same, and gets their mail while they are away.",
        examples=[{"name": "Bo Birk", "email": "bo@example.org"}],
    )
    away: tuple[Break, ...] = Field(
        default=(),
        description="Weeks or days in which the deputy stands in, each year.",
        examples=[["weeks 28-30"]],
    )


class Sender(SpecPart):
    """The mailbox that mail comes from and calendars answer to."""

    name: str = Field(
        description="What recipients see.", examples=["Mentoring for leaders"]
    )
    email: str = Field(
        description="Address of a mailbox that is read.",
        examples=["mentoring@example.org"],
    )

    @property
    def mailbox(self) -> Mailbox:
        """The sender as a mail header shows it."""
        return Mailbox(name=self.name, address=self.email)


class Venue(SpecPart):
    """A place where a gathering can be held."""

    name: str = Field(description="What participants see.", examples=["City Hall"])
    address: str = Field(default="", description="Where it is.")
    places: int | None = Field(default=None, description="How many people it holds.")
    link: str = Field(default="", description="Address of an online meeting.")

    @property
    def shown(self) -> str:
        """Name and address on one line."""
        return f"{self.name}, {self.address}" if self.address else self.name


class Cohort(SpecPart):
    """One run: its dates, places and people."""

    stafet: Version = Field(description="Version of the spec language.", examples=[1])
    cohort: Label = Field(description="Its name, that of its file.", examples=["2027"])
    programme: str = Field(
        description="The programme that it runs.", examples=["aarhus-leadership"]
    )
    title: Texts | None = Field(default=None, description="What participants see.")
    people: str = Field(
        default="participants.csv",
        description="The participants file beside this one, CSV or an Excel workbook.",
    )
    follows: Label | None = Field(
        default=None, description="The cohort that hands over to this one."
    )
    baton: Texts | None = Field(
        default=None,
        description="What the last cohort passes on, in the kick-off mail.",
    )
    coordinator: Coordinator = Field(
        description="Who answers for the cohort.",
        examples=[{"name": "Anna Ahorn", "email": "anna@example.org"}],
    )
    coordinators: Mapping[str, Coordinator] = Field(
        default_factory=dict,
        description="Who answers for the people of a department, where it is not the "
        "coordinator: by the department as the participants file has it.",
        examples=[
            {"Ministry of Culture": {"name": "Eva Eg", "email": "eva@example.org"}}
        ],
    )
    mailbox: Sender = Field(
        description="The mailbox that mail comes from.",
        examples=[{"name": "Mentoring", "email": "mentoring@example.org"}],
    )
    dates: Mapping[str, LocalDate] = Field(
        description="The day of an activity, or of one of a series: `workshop 2`.",
        examples=[{"kick-off": "2027-11-17 13:00"}],
    )
    venues: Mapping[str, Venue] = Field(
        default_factory=dict, description="Places, by a short name each."
    )
    places: Mapping[str, str] = Field(
        default_factory=dict,
        description="The venue of an activity, or one of a series.",
    )
    must_match: tuple[TwoPeople, ...] = Field(
        default=(),
        description="Who are to be matched with each other.",
        examples=[[{"two": "ugle and alk"}]],
    )
    never_match: tuple[TwoPeople, ...] = Field(
        default=(),
        description="Who are never to be in one match.",
        examples=[[{"two": "falk and mejse"}]],
    )
