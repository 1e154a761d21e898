"""What a coordinator does by command while the year runs: who leaves, what is moved."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from engine.commands.addressing import addressed
from engine.commands.calling import call_me
from engine.commands.decision import Decision
from engine.commands.ending import end
from engine.commands.leaving import drop
from engine.commands.messaging import message
from engine.commands.moving import call_off, reschedule
from engine.commands.pausing import pause, resume
from engine.commands.proposing import lay, rematch
from engine.commands.reforming import replace, swap
from engine.commands.standing import Standing
from engine.commands.starting import join
from engine.commands.transferring import receive
from engine.commands.vetoing import allow, veto
from engine.ids import CohortId, PersonId
from engine.letters.texts import Wording
from engine.trials import Trial, tried
from engine.waiting import GONE_OVER
from tests.simulation.choices import Choice
from tests.simulation.machines import Command
from tests.simulation.world import World

T = TypeVar("T")
_WHO = "coordinator"
_BACK_BEFORE = 0.6
"""How many of those who are away come back at another time than was said."""
_ALLOWED = 0.3
"""How many of those who want a veto, where there is one, take one back instead."""

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)

_WORDS = {
    "da": Wording(subject="Nyt lokale", text="Kære {first name}\n\nVi er i kantinen."),
    "en": Wording(subject="Another room", text="Dear {first name}\n\nIn the canteen."),
}
_TO = ("everyone", "mentors", "mentees", "mentees without a match")


def _leaves(choice: Choice) -> Command | None:
    return choice.about(
        choice.people,
        lambda one: lambda known, at: drop(known, person=one.person, now=at),
    )


def _joins(choice: Choice) -> Command | None:
    left = sorted(choice.standing.record.state.presence.left)
    late = sorted(one.person for one in choice.people)
    return choice.about(
        left or late, lambda one: lambda known, at: join(known, person=one, now=at)
    )


def _pauses(choice: Choice) -> Command | None:
    until = choice.now + choice.dice.randint(10, 90) * DAY
    return choice.about(
        choice.people,
        lambda one: (
            lambda known, at: pause(known, person=one.person, until=until, now=at)
        ),
    )


def _resumes(choice: Choice) -> Command | None:
    away = choice.standing.record.state.presence.paused
    return choice.about(
        sorted(away), lambda one: lambda known, at: resume(known, person=one, now=at)
    )


def _calls(choice: Choice) -> Command | None:
    return choice.about(
        choice.people, lambda one: lambda known, _: call_me(known, person=one.person)
    )


def _writes(choice: Choice) -> Command | None:
    phrase = choice.dice.choice(_TO)
    return lambda known, at: message(
        known, people=addressed(known, phrase, now=at), words=_WORDS, now=at
    )


def _ends(choice: Choice) -> Command | None:
    return choice.about(
        choice.matches, lambda one: lambda known, at: end(known, match=one.id, now=at)
    )


def _rematches(_choice: Choice) -> Command | None:
    return lambda known, _: rematch(known)


def _proposes(choice: Choice) -> Command | None:
    """Have two be together who would not be, if that can be."""

    def pinned(two: tuple[PersonId, PersonId]) -> Command:
        def command(known: Standing, _: dt.datetime) -> Decision:
            solved = tried(known.record, "pair", Trial(pins=(two,)))
            matches = [one.members for one in solved.then.matches]
            return lay(known, kind="pair", matches=matches)

        return command

    return choice.about(choice.pairs, pinned)


def _vetoes(choice: Choice) -> Command | None:
    """Keep two apart who are proposed, or any; or take it back where some are."""
    state = choice.standing.record.state
    vetoed = [two for _, two in state.vetoes]
    if vetoed and choice.dice.random() < _ALLOWED:
        return choice.about(
            vetoed, lambda two: lambda known, _: allow(known, kind="pair", twos=[two])
        )
    waiting = [
        (one.members["mentor"][0], one.members["mentee"][0])
        for laid in state.proposed.values()
        for one in laid.matches
    ]
    return choice.about(
        waiting or choice.pairs,
        lambda two: lambda known, at: veto(known, kind="pair", twos=[two], now=at),
    )


def _replaces(choice: Choice) -> Command | None:
    exchanges = [
        (match.id, old, new.person)
        for match in choice.matches
        for old in match.people
        for new in choice.people
        if new.person not in match.people and match.role(old) in new.roles
    ]
    return choice.about(
        exchanges,
        lambda one: (
            lambda known, at: replace(
                known, match=one[0], old=one[1], new=one[2], now=at, anyway=True
            )
        ),
    )


def _swaps(choice: Choice) -> Command | None:
    places = [(match, person) for match in choice.matches for person in match.people]
    pairs = [
        ((here.id, one), (there.id, other))
        for here, one in places
        for there, other in places
        if here.id < there.id and here.role(one) == there.role(other)
    ]
    return choice.about(
        pairs,
        lambda both: (
            lambda known, at: swap(
                known, one=both[0], other=both[1], now=at, anyway=True
            )
        ),
    )


def _moves(choice: Choice) -> Command | None:
    later = choice.dice.choice([1, 2, 24, 48, -24]) * HOUR
    return choice.about(
        choice.gatherings,
        lambda one: (
            lambda known, at: reschedule(
                known, occurrence=one.id, starts=one.starts + later, now=at
            )
        ),
    )


def _cancels(choice: Choice) -> Command | None:
    workshops = [one for one in choice.gatherings if one.id.startswith("workshop")]
    return choice.about(
        workshops,
        lambda one: lambda known, at: call_off(known, occurrence=one.id, now=at),
    )


COMMANDS: Mapping[str, Callable[[Choice], Command | None]] = {
    "call-me": _calls,
    "cancel": _cancels,
    "drop": _leaves,
    "end": _ends,
    "join": _joins,
    "message": _writes,
    "move": _moves,
    "pause": _pauses,
    "propose": _proposes,
    "rematch": _rematches,
    "replace": _replaces,
    "resume": _resumes,
    "swap": _swaps,
    "veto": _vetoes,
}


NAMES = (*COMMANDS, "transfer")
"""What may be asked for."""


def ask(world: World, cohort: CohortId, name: str, number: int) -> None:
    """Ask for a command, as a number decides, about what there is by then."""
    known = world.eye.store.cohorts()
    if cohort not in known:
        return
    choice = Choice(
        standing=world.standing(cohort), dice=random.Random(number), now=world.time.now
    )
    if name == "transfer":
        others = [one for one in known if one != cohort]
        if others and choice.people:
            who = choice.dice.choice(choice.people)
            _go_over(world, cohort, choice.dice.choice(others), who.person)
    elif (command := COMMANDS[name](choice)) is not None:
        world.click(cohort, command, actor=_WHO, about=name)
        if name == "pause" and choice.dice.random() < _BACK_BEFORE:
            back = choice.now + choice.dice.randint(2, 60) * DAY
            world.put(back, partial(ask, world, cohort, "resume", number))


def _go_over(world: World, here: CohortId, there: CohortId, who: PersonId) -> None:
    """Let somebody leave and start elsewhere; killed between the two, it goes on."""
    again = partial(_go_over, world, here, there, who)
    if world.is_down:
        world.in_minutes(60, 3000, again)
        return
    record = world.standing(here).record
    one = record.people[who]

    def leaves(known: Standing, at: dt.datetime) -> Decision:
        # What cannot be done there is not begun here.
        receive(world.standing(there), one=one, now=at)
        return drop(known, person=who, now=at, wording=GONE_OVER)

    def comes(known: Standing, at: dt.datetime) -> Decision:
        return receive(known, one=one, now=at)

    fate = "done"
    if who not in record.state.presence.left:
        fate = world.clicked(here, leaves, actor=_WHO, about="transfer-leaves")
    if fate == "done":
        fate = world.clicked(there, comes, actor=_WHO, about="transfer")
    if fate in {"killed", "database gone"}:
        world.in_minutes(1, 40, again)


def carried_out(world: World) -> Counter[str]:
    """Return how often each kind of command came to something."""
    lines = (line.split() for line in world.time.lines)
    return Counter(words[4] for words in lines if words[1] == "carried")
