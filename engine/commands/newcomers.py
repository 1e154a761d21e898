"""Who is proposed, and who their manager is, as rows of the cohort."""

from dataclasses import replace

from engine.commands.minting import Identify
from engine.ids import PersonId
from engine.people import Mailbox, Participant
from engine.proposals import Proposal
from engine.record import Record

_NEW = PersonId("")


def newcomers(
    record: Record, by: PersonId, proposal: Proposal, identify: Identify
) -> tuple[Participant, Participant]:
    """Return the nominee and their manager, each with a surrogate.

    Whoever stands in the cohort already stays as they are told there; what is not told
    of them is added. Without another manager it is who proposes them.
    """
    nominator = record.people[by]
    manager = _manager(record, nominator, proposal.manager)
    nominee = _nominee(record, nominator, manager, proposal)
    new = [one for one in (nominee, manager) if one.person == _NEW]
    known = {one.email.lower(): one for one in identify(new)} if new else {}
    return (
        _named(nominee, known.get(nominee.email.lower()), "nominee"),
        _named(manager, known.get(manager.email.lower()), "manager"),
    )


def _manager(
    record: Record, nominator: Participant, told: Mailbox | None
) -> Participant:
    if told is None:
        return nominator
    return record.at_address(told.address.lower()) or Participant(
        person=_NEW,
        id="",
        name=told.name,
        email=told.address,
        language=nominator.language,
        roles=(),
    )


def _nominee(
    record: Record,
    nominator: Participant,
    manager: Participant,
    proposal: Proposal,
) -> Participant:
    named = manager.id if manager.roles else f"{manager.name} <{manager.email}>"
    known = record.at_address(proposal.email.lower())
    if known is None:
        return Participant(
            person=_NEW,
            id="",
            name=proposal.name,
            email=proposal.email,
            language=nominator.language,
            roles=(),
            department=nominator.department,
            manager=named,
            values=proposal.values,
        )
    told = {name: value for name, value in known.values.items() if value}
    return replace(
        known,
        department=known.department or nominator.department,
        manager=known.manager or named,
        values={**proposal.values, **told},
    )


def _named(one: Participant, known: Participant | None, what: str) -> Participant:
    """Return somebody with the id that stands for them until a people file has one."""
    return replace(known, id=f"{what}-{known.person}") if known else one
