"""Somebody takes another's place in a match that goes on."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace as changed

from engine.commands.announcing import call
from engine.commands.decision import Decision, RefusedError
from engine.commands.joining import grown, telling
from engine.commands.parting import PLACE_FREE, living_match
from engine.commands.standing import Standing
from engine.commands.windows import to_book
from engine.company import Company, rests
from engine.facts import Event, Members, Noticed, Reformed, Settled
from engine.ids import MatchId, PersonId
from engine.matches import Match
from engine.matching import check, word_breach
from engine.problems import problem
from engine.record import Record
from engine.waiting import CHANGED, GIVEN, JOINED

BROKEN = "rule-broken"
"""The task of a match that breaks a rule, because somebody wanted it so."""

_LANGUAGE = "en"

Exchange = tuple[MatchId, PersonId, PersonId]
"""A match, who gives up a place in it, and who gets that place."""


def replace(
    standing: Standing,
    *,
    match: MatchId,
    old: PersonId,
    new: PersonId,
    now: dt.datetime,
    anyway: bool = False,
) -> Decision:
    """Put somebody into a match in another's place, who may have left it before.

    Args:
        standing: The cohort.
        match: Which; its id and its meetings stay.
        old: Whose place it is, or was.
        new: Who takes it.
        now: When.
        anyway: Whether a rule may be broken by it; then that is a task.

    Raises:
        RefusedError: If it is not theirs to take, or breaks a rule of the match.
    """
    return exchange(standing, ((match, old, new),), now=now, anyway=anyway)


def swap(
    standing: Standing,
    *,
    one: tuple[MatchId, PersonId],
    other: tuple[MatchId, PersonId],
    now: dt.datetime,
    anyway: bool = False,
) -> Decision:
    """Let two people of two matches change places.

    Raises:
        RefusedError: As when one is replaced.
    """
    exchanges = ((one[0], one[1], other[1]), (other[0], other[1], one[1]))
    if one[0] == other[0]:
        raise RefusedError(f"both are in {one[0]}", "name two matches")
    return exchange(standing, exchanges, now=now, anyway=anyway)


def exchange(
    standing: Standing,
    exchanges: Sequence[Exchange],
    *,
    now: dt.datetime,
    anyway: bool,
) -> Decision:
    """Let all these exchanges happen at once, so that a rule sees only their end.

    Raises:
        RefusedError: As when one is replaced.
    """
    record = standing.record
    wanted = _wanted(record, exchanges)
    broken = (*_never_refilled(record, exchanges), *_broken(record, wanted))
    if broken and not anyway:
        raise RefusedError(
            "; ".join(broken), "choose somebody else, or do it with --anyway"
        )
    events: list[Event] = [
        Reformed(match=match, members=members) for match, members in wanted.items()
    ]
    after = grown(record, events, now=now)
    for match in wanted:
        places = {old: new for id_, old, new in exchanges if id_ == match}
        events += _replaced(standing, after, match, places)
        if broken:
            events += call(after, BROKEN, subject=match, match=match)
    people = {person for _, *both in exchanges for person in both}
    return telling(record, Decision(events=events), people, now=now)


def _replaced(
    standing: Standing,
    after: Record,
    match: MatchId,
    places: Mapping[PersonId, PersonId],
) -> Iterator[Event]:
    """Yield who is told of new members, who is to book, and which tasks that settles.

    Args:
        standing: The cohort before.
        after: The cohort with the new members.
        match: Which match.
        places: Who takes whose place, by who had it.
    """
    record, reformed = standing.record, after.state.matches[match]
    yield from _told(record, reformed, places)
    rested = rests(record.state, Company(match=record.state.matches[match]))
    who = reformed.people if rested else tuple(places.values())
    yield from to_book(standing, reformed, who)
    for old in places:
        if (task := f"{PLACE_FREE}/{match}/{old}") in record.state.tasks:
            yield Settled(task=task)


def _wanted(record: Record, exchanges: Sequence[Exchange]) -> Mapping[MatchId, Members]:
    """Return who would be in each match once all of its exchanges have happened."""
    wanted: dict[MatchId, Members] = {}
    for id_, old, new in exchanges:
        found = _agreed_match(record, id_)
        so_far = changed(found, members=wanted.get(id_, found.members))
        wanted[id_] = _members(record, so_far, old, new)
    return wanted


def _agreed_match(record: Record, id_: MatchId) -> Match:
    found = living_match(record, id_)
    if found.agreed is None:
        raise RefusedError(
            f"not all of {found.id} have said yes", "let them answer, or end it first"
        )
    return found


def _members(record: Record, match: Match, old: PersonId, new: PersonId) -> Members:
    """Return who would be in a match, in the same order."""
    role = match.role(old)
    _refuse(record, match, old, new)
    if old not in match.people:
        return {**match.members, role: (*match.members[role], new)}
    return {
        each: tuple(new if one == old else one for one in people)
        for each, people in match.members.items()
    }


def _refuse(record: Record, match: Match, old: PersonId, new: PersonId) -> None:
    ids = {one: record.people[one].id for one in (old, new)}
    role = match.role(old)
    if not role:
        raise RefusedError(f"{ids[old]} is not in {match.id}", "see stafet status")
    if new in match.people:
        raise RefusedError(f"{ids[new]} is in {match.id} already", "name another")
    if new in record.state.presence.paused:
        raise RefusedError(f"{ids[new]} is away", "let them come back: stafet resume")
    if not record.state.enrolled.get(new):
        raise RefusedError(
            f"{ids[new]} takes no part now", "add them to the file, or stafet join"
        )
    if role not in record.state.enrolled[new]:
        raise RefusedError(
            f"{ids[new]} is no {role}", "give them the role in the file, and apply it"
        )
    if old not in match.people and not _has_room(record, match, role):
        raise RefusedError(f"{match.id} has no place free", "see stafet status")


def _has_room(record: Record, match: Match, role: str) -> bool:
    """Return whether a role of a match lacks somebody."""
    part, here = record.frozen.programme.matches[match.kind], match.members[role]
    most = part.size.most if part.size and role == part.placed else 1
    return len(here) < most


def _never_refilled(record: Record, exchanges: Sequence[Exchange]) -> Iterator[str]:
    """Yield that somebody new would come into what gets nobody new."""
    for match, old, new in exchanges:
        found = record.state.matches[match]
        part = record.frozen.programme.matches[found.kind]
        never = part.when_someone_leaves == "never refill"
        if never and part.many and found.role(old) == part.many:
            name, rule = record.people[new].id, "when someone leaves: never refill"
            yield f"{name} would be new in {match}, which `{rule}` does not allow"


def _broken(record: Record, wanted: Mapping[MatchId, Members]) -> Iterator[str]:
    """Yield the rules that are broken then and were kept before, in words."""
    names = {person: one.id for person, one in record.people.items()}
    for kind in dict.fromkeys(record.state.matches[one].kind for one in wanted):
        # A match that lost somebody may be smaller than it would be made.
        asked = changed(
            problem(record, kind, ignore_matches=True),
            participants=record.participants,
            least=1,
        )
        living = {
            one.id: one.members
            for one in record.state.matches.values()
            if one.kind == kind and not one.dissolved
        }
        before = check(asked, living.values())
        after = check(asked, [wanted.get(id_, one) for id_, one in living.items()])
        for breach in after:
            if breach not in before:
                yield word_breach(breach, _LANGUAGE, names=names)


def _told(
    record: Record, match: Match, places: Mapping[PersonId, PersonId]
) -> Iterator[Noticed]:
    """Yield what each is told: who gives a place up, who gets it, and the others.

    Args:
        record: The cohort before it.
        match: As it is with them.
        places: Who gets whose place.
    """
    before = record.state.matches[match.id].people
    for old, new in places.items():
        others = (one for one in match.people if one not in places.values())
        wordings = {**dict.fromkeys(others, CHANGED), new: JOINED}
        if old in before:
            wordings[old] = GIVEN
        for person, wording in wordings.items():
            yield Noticed(
                notice=f"{match.id}/{wording}/{person}/{new}/{record.state.number}",
                person=person,
                wording=wording,
                match=match.id,
                about=None if wording == JOINED else new,
            )
