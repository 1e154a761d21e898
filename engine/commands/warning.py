"""What a coordinator should think of before they say yes to a plan."""

from collections.abc import Iterator

from engine.commands.decision import Decision
from engine.commands.standing import Standing
from engine.facts import Noticed
from engine.record import Record
from engine.waiting import NO_MATCH


def warnings(after: Standing, decision: Decision) -> Iterator[str]:
    """Yield each warning, in words; none of them stops anything.

    Args:
        after: Where it would stand.
        decision: What would be done.
    """
    yield from _told_while_away(after.record, decision)


def _told_while_away(after: Record, decision: Decision) -> Iterator[str]:
    """Yield who is away, was told that they keep their match, and does not."""
    for one in decision.events:
        if not isinstance(one, Noticed) or one.wording not in NO_MATCH:
            continue
        if one.person in after.state.presence.paused:
            name = after.people[one.person].id
            yield (
                f"{name} is away, and was told that they keep their match: "
                f"they are written to now, so talk to them first"
            )
