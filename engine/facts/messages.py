"""What the coordinator wrote to people outside the plan, in the past tense."""

from dataclasses import dataclass

from engine.ids import PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class Messaged:
    """The coordinator wrote to these people; the words are kept apart, by its name."""

    message: str
    people: tuple[PersonId, ...]
