"""What becomes of a match that ends, or that somebody is in no more."""

from collections.abc import Iterator

from engine.commands.announcing import call
from engine.commands.decision import RefusedError
from engine.facts import Dissolved, Event, Members, Noticed, Reformed, Settled
from engine.ids import MatchId, PersonId
from engine.matches import TOGETHER, Match
from engine.record import Record

FIND_MATCH, PLACE_FREE = "find-match", "place-free"
"""Tasks of the coordinator: some have no match any more; a match lacks somebody."""


def living(record: Record, person: PersonId) -> tuple[Match, ...]:
    """Return the matches that somebody is in, in the order of approval."""
    matches = record.state.matches.values()
    return tuple(one for one in matches if person in one.people and not one.dissolved)


def living_match(record: Record, match: MatchId) -> Match:
    """Return a match that is not over.

    Raises:
        RefusedError: If there is none of this id.
    """
    found = record.state.matches.get(match)
    if found is None or found.dissolved:
        known = [one.id for one in record.state.matches.values() if not one.dissolved]
        remedy = f"known are: {', '.join(known) or 'none'}"
        raise RefusedError(f"{match} is no match that goes on", remedy)
    return found


def without(record: Record, match: Match, person: PersonId) -> Iterator[Event]:
    """Yield that somebody is in a match no more, and what becomes of the others.

    It goes on where its shape allows for fewer, and those in it can still meet or wait
    for somebody new. Otherwise it ends.
    """
    members = {
        role: tuple(one for one in people if one != person)
        for role, people in match.members.items()
    }
    if not _goes_on(record, match, members):
        yield from over(record, match, wording="partner-left", about=person)
        return
    yield Reformed(match=match.id, members=members)
    wording = "member-left" if all(members.values()) else "member-missed"
    yield from told(record, match, wording=wording, about=person)
    part = record.frozen.programme.matches[match.kind]
    if part.when_someone_leaves == "refill" or not all(members.values()):
        yield from call(
            record,
            PLACE_FREE,
            subject=f"{match.id}/{person}",
            match=match.id,
            person=person,
        )


def over(
    record: Record, match: Match, *, wording: str, about: PersonId | None = None
) -> Iterator[Event]:
    """Yield that a match ends, that its people are told, and the task to match anew."""
    yield Dissolved(match=match.id)
    for name, task in record.state.tasks.items():
        if task.raised.match == match.id:
            yield Settled(task=name)
    yield from told(record, match, wording=wording, about=about)
    yield from call(record, FIND_MATCH, subject=match.id, match=match.id)


def told(
    record: Record, match: Match, *, wording: str, about: PersonId | None = None
) -> Iterator[Noticed]:
    """Yield the telling of each other who knows of the match, apart from the others."""
    for person in match.people:
        if person != about and knows(record, match, person):
            yield Noticed(
                notice=f"{match.id}/{wording}/{person}/{record.state.number}",
                person=person,
                wording=wording,
                match=match.id,
                about=about,
            )


def knows(record: Record, match: Match, person: PersonId) -> bool:
    """Return whether somebody has heard of a match: all said yes, or they did."""
    asked = record.frozen.programme.matches[match.kind].asked(match.members)
    said_yes = person in match.confirmed and any(person in turn for turn in asked)
    return match.agreed is not None or said_yes


def _goes_on(record: Record, match: Match, members: Members) -> bool:
    """Return whether these are still a match.

    Two who are left of three buddies still are one. Of many around somebody, those who
    are left wait for another in the middle, once all have said yes.
    """
    left = [one for people in members.values() for one in people]
    many = record.frozen.programme.matches[match.kind].many
    placed = members.get(many, ()) if many else ()
    waits = len(placed) >= TOGETHER and match.agreed is not None
    return len(left) >= TOGETHER and (all(members.values()) or waits)
