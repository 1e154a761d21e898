"""What is done around a matching: a proposal, and the yes of each member in turn."""

import datetime as dt
from collections.abc import Iterator

from engine.actions.around import Around
from engine.actions.model import Action, Call, Notify, Propose
from engine.ids import PersonId
from engine.matches import Match
from engine.spec.activities import Matching
from engine.spec.moments import Step

_PATIENCE = Step.parse("after 14 days")


def matching_steps(matching: Matching, around: Around) -> Iterator[Action]:
    """Yield: a proposal is made, and those in an approved match are asked in turn."""
    yield around.action("propose", around.one.starts, Propose(kind=matching.name))
    for match in around.record.state.matches.values():
        if match.kind == matching.name and not match.dissolved:
            yield from _confirming(matching, around, match)


def _confirming(matching: Matching, around: Around, match: Match) -> Iterator[Action]:
    """Yield the asking of those whose turn it is, or the good news to everybody.

    Where nobody is asked, the good news follows the approval.
    """
    turn = match.approved
    part = around.record.frozen.programme.matches[match.kind]
    for side in part.asked(match.members):
        waiting = [person for person in side if person not in match.confirmed]
        for person in waiting:
            if person in around.record.state.presence.absent:
                continue
            yield from _asking(matching, around, match, person, turn)
        if waiting:
            return
        turn = max((match.confirmed[person] for person in side), default=turn)
    agreed = Notify(wording="match-agreed", people=match.people, match=match.id)
    yield around.action(f"{match.id}/agreed", around.record.days.sending(turn), agreed)


def _asking(
    matching: Matching,
    around: Around,
    match: Match,
    person: PersonId,
    turn: dt.datetime,
) -> Iterator[Action]:
    step = f"{match.id}/{person}"
    asked = around.record.days.sending(turn)
    ask = Notify(wording="confirm-match", people=(person,), match=match.id)
    yield around.action(f"{step}/ask", asked, ask)
    again = Notify(wording="confirm-match-again", people=(person,), match=match.id)
    for number, span in enumerate(matching.remind, start=1):
        yield around.action(f"{step}/remind-{number}", around.step(asked, span), again)
    silent = Call(wording="no-answer-on-match", match=match.id, person=person)
    yield around.action(f"{step}/silent", around.step(asked, _PATIENCE), silent)
