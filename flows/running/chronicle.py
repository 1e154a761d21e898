"""What has been done since we last looked, whoever did it: a line for each cohort.

It is read from the facts, so that it holds for Prefect's runs and for our own alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import singledispatch

from engine.commands.advance import SCHEDULE
from engine.facts import Applied, Approved, Done, Fact, Posted
from engine.ids import CohortId
from flows.wiring import App

_MANY = 8


@dataclass(kw_only=True)
class Chronicle:
    """How far each cohort was when its last line was told."""

    app: App
    _numbers: dict[CohortId, int] = field(default_factory=dict)
    _sent: dict[CohortId, int] = field(default_factory=dict)

    def skip(self) -> None:
        """Leave untold what was done before."""
        tuple(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield what came of each cohort: ids of actions, and how many mails left."""
        for cohort in self.app.unit.store.cohorts():
            words = [*self._done(cohort), *self._mails(cohort)]
            if words:
                yield f"{cohort}: {'; '.join(words)}"

    def _done(self, cohort: CohortId) -> Iterator[str]:
        known = self._numbers.get(cohort, 0)
        facts = self.app.unit.store.facts(cohort, after=known)
        if facts:
            self._numbers[cohort] = facts[-1].number
        done = tuple(told(facts))
        if done:
            more = len(done) - _MANY
            rest = (f"and {more} more",) if more > 0 else ()
            yield ", ".join((*done[:_MANY], *rest))

    def _mails(self, cohort: CohortId) -> Iterator[str]:
        sent = sum(one.status == "sent" for one in self.app.outbox.standings(cohort))
        new = sent - self._sent.get(cohort, 0)
        self._sent[cohort] = sent
        if new > 0:
            yield f"{new} mails sent"


def told(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield what the schedule did, by id, and what coordinators put into force."""
    for fact in facts:
        if fact.actor == SCHEDULE or isinstance(fact.event, Applied | Approved):
            yield from _words(fact.event)


@singledispatch
def _words(_event: object) -> tuple[str, ...]:
    return ()


@_words.register
def _(event: Done) -> tuple[str, ...]:
    skipped = " skipped" if event.outcome == "skipped" else ""
    return (f"{event.action}{skipped}",)


@_words.register
def _(event: Posted) -> tuple[str, ...]:
    return (event.letter,) if event.letter else ()


@_words.register
def _(event: Applied) -> tuple[str, ...]:
    return (f"revision {event.revision} applied",)


@_words.register
def _(event: Approved) -> tuple[str, ...]:
    return (f"{event.match} approved",)
