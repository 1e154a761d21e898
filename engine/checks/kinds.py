"""Whether activities name kinds of match, roles and audiences that there are."""

from collections.abc import Iterator

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds, matches, roles
from engine.checks.matches import check_matches, check_roles
from engine.checks.meetings import check_meetings
from engine.checks.places import Placed, parts, placed_activities, told
from engine.record import EVERYONE, NOMINEES
from engine.spec.activities import (
    Activity,
    Evaluation,
    Matching,
    Meeting,
    Nomination,
    PlacedMeeting,
    Task,
)
from engine.spec.cells import roles_of
from engine.spec.faults import Path
from engine.spec.programme import Programme
from engine.spec.wording import quoted


def check_kinds(programme: Programme) -> Iterator[Finding]:
    """Yield every kind of match, role or audience that there is not."""
    misnamed = list(check_roles(programme))
    yield from misnamed
    yield from check_matches(programme)
    if not misnamed:
        yield from check_meetings(programme)
    for one in placed_activities(programme):
        activity = one.activity
        if not misnamed:
            yield from _audiences(one, programme)
        if isinstance(activity, Matching):
            yield from _kind(one.name_path, activity.name, programme)
        if isinstance(activity, Meeting | PlacedMeeting) and activity.with_:
            yield from _kind((*one.path, "with"), activity.with_, programme)
        if isinstance(activity, PlacedMeeting) and activity.with_ is None:
            yield from _of_members(one, activity)
        if isinstance(activity, Evaluation):
            yield from _asked(one, activity, programme)


def _audiences(one: Placed, programme: Programme) -> Iterator[Finding]:
    for path, part in parts(one.activity, one.path):
        for name, key, value in told(part):
            own = isinstance(part, Task) and part.is_the_coordinators
            if name == "for_" and not own:
                yield from _audience((*path, key), value, programme)


def _audience(path: Path, value: object, programme: Programme) -> Iterator[Finding]:
    plurals = [f"{role}s" for role in roles_of(programme)]
    nominees = (NOMINEES,) if programme.nominated else ()
    known = (EVERYONE, *nominees, *plurals)
    if value == ():
        remedy, gap = f"write, for example, `{EVERYONE}`", Grounds(gaps=(path,))
        yield Finding(path, "nobody is named", remedy, grounds=gap)
    words = value if isinstance(value, tuple) else (value,)
    for number, word in enumerate(words):
        if isinstance(word, str) and word not in known:
            where = (*path, number) if isinstance(value, tuple) else path
            problem = f"{quoted(word)} is nobody in this programme"
            finding = Finding(where, problem, "", grounds=roles(programme))
            yield unknown(finding, word, known)


def _kind(path: Path, kind: str, programme: Programme) -> Iterator[Finding]:
    if kind not in programme.matches:
        problem = f"there is no kind of match called {quoted(kind)}"
        remedy = "" if programme.matches else f"add `{kind}` to `matches`"
        finding = Finding(path, problem, remedy, stops=True, grounds=matches(programme))
        yield unknown(finding, kind, tuple(programme.matches))


def _of_members(one: Placed, meeting: PlacedMeeting) -> Iterator[Finding]:
    """Yield what only the members of a match are told, where an audience meets."""
    for _, key, value in told(meeting):
        if key in ("prompts", "logbook") and value:
            problem = f"`{key}` is for the members of a match, and nobody gets it here"
            remedy = "leave it out, or write `with: …` a kind of match"
            grounds = Grounds(values=((*one.path, "with"),), gaps=(one.path,))
            path = (*one.path, key)
            yield Finding(path, problem, remedy, key=True, grounds=grounds)


def _asked(
    one: Placed, evaluation: Evaluation, programme: Programme
) -> Iterator[Finding]:
    """Yield an evaluation that asks nobody, or whose answers can never be shown."""
    anchor = evaluation.when.anchor
    grounds = Grounds(values=((*one.path, "when"),), gaps=(one.path,))
    target: Activity | None = programme.activity(anchor.activity)
    ours = evaluation.for_ is None and not anchor.of_matches
    if ours and isinstance(target, (Nomination, Matching)):
        problem = f"nobody is asked: {quoted(target.name)} has no audience"
        remedy = "write, for example, `for: everyone`"
        yield Finding(one.name_path, problem, remedy, grounds=grounds)
    if (
        anchor.of_matches
        and evaluation.for_ is None
        and evaluation.anonymous is not None
    ):
        problem = "only the two of a match are asked, so no answer is ever shown"
        remedy = "leave it out: the two are not anonymous to each other"
        path = (*one.path, "anonymous")
        yield Finding(path, problem, remedy, key=True, grounds=grounds)
