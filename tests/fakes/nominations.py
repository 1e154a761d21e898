"""A recorded cohort into which people come by being nominated, and what they say."""

import datetime as dt
from dataclasses import dataclass

from engine.commands.apply import Files
from engine.commands.minting import identify
from engine.commands.nominating import admit, consent, nominate, refuse, respond
from engine.ids import OccurrenceId, PersonId
from engine.nominations import Nominating, nominating
from engine.people import Mailbox
from engine.proposals import Proposal
from tests.fakes.cohort_files import Edits
from tests.fakes.cohorts import Live, recorded
from tests.fakes.nomination_files import APPLIED, OPENS, nomination_files

ONE = OccurrenceId("mentees-1")


@dataclass(kw_only=True)
class Nominations:
    """A cohort at one moment, and what those in its nomination may do.

    A nominee is called by a short name; their address is made of it.
    """

    live: Live

    @property
    def asked(self) -> Nominating:
        """The nomination as it stands."""
        standing = self.live.standing
        found = nominating(standing.record, standing.timeline, ONE)
        assert found is not None
        return found

    def who(self, name: str) -> PersonId:
        """Return the surrogate of somebody, by name or id."""
        found = self.live.record.at_address(f"{name}@example.org")
        if found is None:
            raise LookupError(name)
        return found.person

    def nominate(
        self,
        by: str,
        name: str,
        gender: str = "woman",
        *,
        manager: str = "",
    ) -> None:
        told = proposal(name, gender, manager=manager)
        person, now = self.who(by), self.live.now
        self.live.do(
            lambda one: nominate(
                one,
                occurrence=ONE,
                by=person,
                proposal=told,
                identify=identify(self.live.unit.store),
                now=now,
            )
        )

    def consent(self, name: str, *, agrees: bool = True) -> None:
        who = self.who(name)
        self.live.do(
            lambda one: consent(one, occurrence=ONE, nominee=who, agrees=agrees)
        )

    def says(self, name: str, *, yes: bool = True) -> None:
        who, now = self.who(name), self.live.now
        self.live.do(
            lambda one: respond(one, occurrence=ONE, person=who, agrees=yes, now=now)
        )

    def admit(self, name: str) -> None:
        who, now = self.who(name), self.live.now
        self.live.do(lambda one: admit(one, occurrence=ONE, person=who, now=now))

    def refuse(self, name: str) -> None:
        who, now = self.who(name), self.live.now
        self.live.do(lambda one: refuse(one, occurrence=ONE, person=who, now=now))

    def places(self) -> dict[str, str]:
        """Return where everyone stands who was proposed, by name, in order."""
        people = self.live.record.people
        return {
            people[one.person].email.partition("@")[0]: one.place
            for one in self.asked.nominees
        }

    def mentees(self) -> list[str]:
        """Return who takes part as a mentee, by the name in their address."""
        return sorted(one.email.partition("@")[0] for one in self.asked.holders)

    def titles(self, name: str) -> list[str]:
        """Return what somebody's letters tell, in order."""
        who = self.who(name)
        return [
            section.title
            for post in self.live.posts(kind="letter")
            if post.person == who
            for section in post.sections
        ]

    def later(self, days: int) -> None:
        """Do what is due in the next days."""
        self.live.until(self.live.now + dt.timedelta(days=days))


def proposal(name: str, gender: str = "woman", *, manager: str = "") -> Proposal:
    """Return somebody as they are proposed."""
    mailbox = Mailbox(name=f"{manager} Leder", address=f"{manager}@example.org")
    return Proposal(
        name=f"{name.capitalize()} Ny",
        email=f"{name}@example.org",
        values={"gender": gender, "years": 3, "wishes": (), "capacity": None},
        manager=mailbox if manager else None,
    )


def opened(files: Files | None = None) -> Nominations:
    """Return a cohort whose nomination opened an hour ago."""
    live = recorded(files or nomination_files(), at=APPLIED)
    live.until(OPENS + dt.timedelta(hours=1))
    return Nominations(live=live)


def filled(edits: Edits | None = None) -> Nominations:
    """Return a cohort whose three places are taken, by the order of their yeses."""
    live = opened(nomination_files(edits))
    for by, name, gender in (
        ("svale", "cleo", "woman"),
        ("ravn", "anna", "woman"),
        ("ravn", "bo", "man"),
        ("svale", "dag", "man"),
    ):
        live.nominate(by, name, gender)
    for name in ("bo", "anna", "cleo", "dag"):
        live.says(name)
    return live
