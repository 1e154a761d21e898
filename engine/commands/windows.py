"""Who is asked to book a meeting for which somebody else was asked before."""

from collections.abc import Collection, Iterator

from engine.commands.standing import Standing
from engine.company import company_of
from engine.facts import Noticed
from engine.ids import ActionId, PersonId
from engine.matches import Match
from engine.spec.activities import Meeting


def to_book(
    standing: Standing, match: Match, people: Collection[PersonId]
) -> Iterator[Noticed]:
    """Yield the question to each of these who books a meeting that was asked for.

    Args:
        standing: The cohort, before or after they came into it.
        match: As it is with them.
        people: Who came into it, or is back.
    """
    state = standing.record.state
    for one in standing.timeline.occurrences.values():
        meeting = standing.record.frozen.programme.activity(one.slot.activity)
        company = company_of(state, one.slot.series)
        asked = ActionId(f"{one.id}/ask") in state.done
        if one.slot.match != match.id or not isinstance(meeting, Meeting):
            continue
        if not asked or company is None or one.id in {*state.booked, *state.lapsed}:
            continue
        for person in match.members.get(meeting.booked_by, ()):
            if person in people and company.person in (None, person):
                yield Noticed(
                    notice=f"{match.id}/to-book/{one.id}/{person}/{state.number}",
                    person=person,
                    wording="book-meeting",
                    occurrence=one.id,
                )
