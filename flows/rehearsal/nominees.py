"""How the people of a rehearsal nominate, give time, and say yes or no."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from engine.commands.minting import Identify
from engine.commands.nominating import (
    CONSENT_SILENT,
    SILENT,
    UNDECIDED,
    admit,
    consent,
    nominate,
    refuse,
    respond,
)
from engine.commands.standing import Standing
from engine.facts import Noticed, Raised
from engine.ids import PersonId
from engine.nominations import Nominating, nominating
from engine.people import Mailbox, Participant, Value
from engine.proposals import Proposal, columns_asked
from engine.record import COORDINATOR
from engine.spec.programme import ColumnPart
from flows.rehearsal.chance import Chance
from flows.rehearsal.reactions import Reaction

_NAMES = ("Kim", "Robin", "Alex", "Sascha", "Noa", "Mika", "Toni", "Luca")
_AGAIN = "-again"
_CHOSEN = "by the coordinator"


@dataclass(frozen=True, kw_only=True)
class Nominees:
    """Those who nominate and are nominated, each as their chances have it.

    Attributes:
        identify: Gives surrogates to people whom somebody thinks up.
    """

    chance: Chance
    identify: Identify

    def read(
        self, standing: Standing, notice: Noticed, at: dt.datetime
    ) -> Iterator[Reaction]:
        """Yield what a reader of a letter does about a nomination in it."""
        asked = nominating(standing.record, standing.timeline, notice.occurrence)
        wording = notice.wording.removesuffix(_AGAIN)
        again = notice.wording.endswith(_AGAIN)
        if asked is None:
            return
        if wording in ("nominate", "nominee-replace"):
            yield from self._nominates(asked, notice.person, at, again=again)
        elif wording == "nominee":
            yield from self._answers(asked, notice.person, at, again=again)
        elif wording == "nominee-consent" and notice.about is not None:
            yield self._consents(asked, notice.person, notice.about, at)

    def called(
        self, standing: Standing, raised: Raised, at: dt.datetime
    ) -> Iterator[Reaction]:
        """Yield what the coordinator does about a task of a nomination."""
        asked = nominating(standing.record, standing.timeline, raised.occurrence)
        if asked is None:
            return
        acts = standing.record.days.sending(at + dt.timedelta(hours=26))
        if raised.wording == SILENT and raised.person is not None:
            yield self._answer(asked, raised.person, acts)
        elif raised.wording == CONSENT_SILENT and raised.person is not None:
            yield self._consents(asked, COORDINATOR, raised.person, acts)
        elif raised.wording == UNDECIDED and asked.activity.admitted == _CHOSEN:
            yield from _decided(asked, acts)

    def _nominates(
        self, asked: Nominating, by: PersonId, at: dt.datetime, *, again: bool
    ) -> Iterator[Reaction]:
        """Yield one nomination for each that is missing: by most at once."""
        question = ("nominates", by, asked.one.id, "again" if again else "")
        if self.chance.happens(0.2, *question):
            return
        number = len(asked.by(by))
        for kind, count in asked.missing(by).items():
            for _ in range(count):
                number += 1
                proposal = self._somebody(asked, by, kind, number)
                acts = self.chance.later(asked.record, at, 6, *question, str(number))
                yield Reaction(
                    at=acts,
                    actor=by,
                    command=partial(
                        nominate,
                        occurrence=asked.one.id,
                        by=by,
                        proposal=proposal,
                        identify=self.identify,
                        now=acts,
                    ),
                )

    def _somebody(
        self, asked: Nominating, by: PersonId, kind: str, number: int
    ) -> Proposal:
        """Return an invented person of a kind, with what is asked of them."""
        nominator = asked.record.people[by]
        programme = asked.record.frozen.programme
        question = ("nominee", by, asked.one.id, str(number))
        columns = columns_asked(asked.activity, programme)
        values: dict[str, Value] = {
            name: self._cell(part, *question, name) if name in columns else None
            for name, part in programme.columns.items()
        }
        if asked.column is not None:
            values[asked.column] = kind
        first = self.chance.pick(_NAMES, *question)
        asks_first = asked.activity.consent is not None
        other = asks_first and self.chance.happens(0.5, "has a manager", *question)
        return Proposal(
            name=f"{first} {_surname(nominator, number)}",
            email=f"{nominator.id}-{number}@example.org",
            values=values,
            manager=_manager_below(nominator) if other else None,
        )

    def _cell(self, part: ColumnPart, *question: str) -> Value:
        match part.type:
            case "number":
                return 2 + self.chance.whole(7, *question)
            case "scale":
                return self.chance.pick(part.values, *question)
            case "yes or no":
                return self.chance.happens(0.5, *question)
            case "tags" | "people":
                return ()
            case "text":
                return None

    def _answers(
        self, asked: Nominating, person: PersonId, at: dt.datetime, *, again: bool
    ) -> Iterator[Reaction]:
        """Yield a yes or a no: by most at once, by some when reminded."""
        silent = ("is silent", person, asked.one.id, "again" if again else "")
        if self.chance.happens(0.15, *silent):
            return
        yield self._answer(asked, person, at)

    def _answer(self, asked: Nominating, person: PersonId, at: dt.datetime) -> Reaction:
        """Return what a nominee says: nearly all say yes."""
        question = ("says", person, asked.one.id)
        acts = self.chance.later(asked.record, at, 5, *question)
        return Reaction(
            at=acts,
            actor=person,
            command=partial(
                respond,
                occurrence=asked.one.id,
                person=person,
                agrees=not self.chance.happens(0.12, "says no", *question),
                now=acts,
            ),
        )

    def _consents(
        self, asked: Nominating, manager: str, about: PersonId, at: dt.datetime
    ) -> Reaction:
        question = ("gives the time", manager, about, asked.one.id)
        return Reaction(
            at=self.chance.later(asked.record, at, 4, *question),
            actor=manager,
            command=partial(
                consent,
                occurrence=asked.one.id,
                nominee=about,
                agrees=not self.chance.happens(0.05, "withholds it", *question),
            ),
        )


def _decided(asked: Nominating, acts: dt.datetime) -> Iterator[Reaction]:
    """Yield places in the order of the yeses, and a kind no to the others."""
    for number, nominee in enumerate(asked.queue):
        decide = admit if number < (asked.free or 0) else refuse
        yield Reaction(
            at=acts,
            actor=COORDINATOR,
            command=partial(
                decide,
                occurrence=asked.one.id,
                person=nominee.person,
                now=acts,
            ),
        )


def _manager_below(nominator: Participant) -> Mailbox:
    """Return the manager of whoever is not right below the one who nominates."""
    return Mailbox(
        name=f"Leder {_surname(nominator, 0)}",
        address=f"{nominator.id}-leder@example.org",
    )


def _surname(nominator: Participant, number: int) -> str:
    """Return a name by which a reader sees that the person is invented."""
    return f"Indstillet{nominator.id.upper()}{number}"
