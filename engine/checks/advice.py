"""What guides ask of a good programme, and this one lacks: advice, no fault."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.spec.activities import Agreement, Evaluation, Gathering, Meeting
from engine.spec.programme import Programme
from engine.spec.wording import listed

_MOST_MENTEES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """One thing that would make a programme better.

    Attributes:
        missing: What it lacks, without a full stop.
        reason: Why guides ask for it.
        remedy: What to write.
    """

    missing: str
    reason: str
    remedy: str

    def shown(self, source: str) -> str:
        """Return it as `stafet check --advice` shows it."""
        return f"{source}: advice: {self.missing}\n  = {self.reason}\n  = {self.remedy}"


def advice(programme: Programme) -> Iterator[Advice]:
    """Yield what a programme lacks."""
    has = [activity for _, activity in programme.activities()]
    met = [one for one in has if isinstance(one, Meeting)]
    if met and not any(isinstance(one, Agreement) for one in has):
        yield Advice(
            missing="no match makes an agreement",
            reason="the first meeting is the contract: goals, confidentiality, how "
            "often, what is off limits",
            remedy="write `- agreement: …` with the points to agree on",
        )
    if met and not _asks_after_the_first(has):
        yield Advice(
            missing="nobody is asked whether the match fits",
            reason="a wrong match found after the first meeting can still be changed",
            remedy=f"write `- evaluation: …` with `when: 3 days after the 1st held "
            f"{met[0].name}`",
        )
    if not any(_is_midway(one) for one in has):
        yield Advice(
            missing="nobody is asked mid-way",
            reason="what is asked only at the end helps nobody in this cohort",
            remedy="write `- evaluation: …` with `when: midway between kick-off and …`",
        )
    yield from _of_people(programme, has)
    yield from _of_dates(has)


def _of_people(programme: Programme, has: Sequence[object]) -> Iterator[Advice]:
    mentors = any("mentor" in part.roles for part in programme.matches.values())
    if mentors and not any(_trains(one) for one in has):
        yield Advice(
            missing="mentors are not trained or briefed",
            reason="programmes last where mentors know their role before they begin",
            remedy="write `- gathering: mentor-training` with `for: mentors`",
        )
    if programme.matches and programme.changes.exit is None:
        yield Advice(
            missing="nothing says how a match may end early",
            reason="people stay in what does not work where leaving needs a reason",
            remedy="write `changes: {exit: without blame, rematch: 60 days}`",
        )
    for kind, part in programme.matches.items():
        if part.size and part.size.leader and part.size.most > _MOST_MENTEES:
            yield Advice(
                missing=f"{kind}: {part.size}",
                reason=f"guides advise at most {_MOST_MENTEES} to a mentor, so that "
                "each gets a turn",
                remedy=f"write `size: {_MOST_MENTEES} {part.size.plural} to 1 "
                f"{part.size.leader}`, or leave it: six is used too",
            )


def _of_dates(has: Sequence[object]) -> Iterator[Advice]:
    late = [
        one.name
        for one in has
        if isinstance(one, Gathering)
        and one.kind == Gathering.KEYWORD
        and one.hold_the_date is None
    ]
    if late:
        yield Advice(
            missing=f"the dates of {listed(late, last='and')} are not held early",
            reason="leaders' calendars fill months ahead",
            remedy="write `hold the date: at once`",
        )


def _asks_after_the_first(has: Sequence[object]) -> bool:
    return any(
        isinstance(one, Evaluation) and one.when.anchor.which == "held" for one in has
    )


def _is_midway(activity: object) -> bool:
    if not isinstance(activity, Evaluation):
        return False
    when = activity.when
    return when.until is not None or when.anchor.several or "mid" in activity.name


def _trains(activity: object) -> bool:
    return isinstance(activity, Gathering) and activity.for_ in (
        "mentors",
        ("mentors",),
    )
