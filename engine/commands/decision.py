"""What a command decided: facts, and whatever goes with them in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.facts import Event
from engine.frozen import Frozen
from engine.letters.outgoing import Outgoing
from engine.people import Participant
from engine.ports import Response


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """Everything that one command comes to; nothing of it is done yet."""

    events: Sequence[Event] = ()
    mails: Sequence[Outgoing] = ()
    responses: Sequence[Response] = ()
    people: Sequence[Participant] = field(default_factory=tuple)
    frozen: Frozen | None = None
    written: Mapping[str, str] = field(default_factory=dict)


NOTHING = Decision()


class RefusedError(Exception):
    """A command that cannot be done as asked; nothing was changed.

    Attributes:
        problem: What is wrong.
        remedy: What to do instead.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")
