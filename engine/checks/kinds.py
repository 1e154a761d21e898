"""Whether activities name kinds of match, roles and audiences that there are."""

from collections.abc import Iterator

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds, matches, names, roles
from engine.checks.matches import check_matches, check_roles
from engine.checks.places import Placed, parts, placed_activities, told
from engine.record import EVERYONE
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
    for one in placed_activities(programme):
        activity = one.activity
        if not misnamed:
            yield from _audiences(one, programme)
            yield from _booked_by(one, programme)
        if isinstance(activity, Matching):
            yield from _kind(one.name_path, activity.name, programme)
        if isinstance(activity, Meeting | PlacedMeeting) and activity.with_:
            yield from _meeting(one, activity.with_, programme)
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
    known = (EVERYONE, *plurals)
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


def _meeting(one: Placed, kind: str, programme: Programme) -> Iterator[Finding]:
    path = (*one.path, "with")
    if kind not in programme.matches:
        yield from _kind(path, kind, programme)
        return
    if programme.matching(kind) is None:
        problem = f"no activity makes the matches of {quoted(kind)}"
        remedy = f"add an activity `- matching: {kind}`"
        yield Finding(path, problem, remedy, grounds=names(programme))


def _booked_by(one: Placed, programme: Programme) -> Iterator[Finding]:
    if not isinstance(one.activity, Meeting):
        return
    role, kind = one.activity.booked_by, one.activity.with_
    match = programme.matches.get(kind)
    if match is not None and role not in match.everybody:
        problem = f"{quoted(role)} is no role of {kind}"
        grounds = Grounds(values=(("matches", kind, "roles"), (*one.path, "with")))
        finding = Finding((*one.path, "booked by"), problem, "", grounds=grounds)
        yield unknown(finding, role, match.everybody)


def _asked(
    one: Placed, evaluation: Evaluation, programme: Programme
) -> Iterator[Finding]:
    """Yield an evaluation that asks nobody, or whose answers can never be shown."""
    anchor = evaluation.when.anchor
    grounds = Grounds(values=((*one.path, "when"),), gaps=(one.path,))
    target: Activity | None = programme.activity(anchor.activity)
    if evaluation.for_ is None and isinstance(target, (Nomination, Matching)):
        problem = f"nobody is asked: {quoted(target.name)} has no audience"
        remedy = "write, for example, `for: everyone`"
        yield Finding(one.name_path, problem, remedy, grounds=grounds)
    if (
        anchor.which == "held"
        and evaluation.for_ is None
        and evaluation.anonymous is not None
    ):
        problem = "only the two of a match are asked, so no answer is ever shown"
        remedy = "leave it out: the two are not anonymous to each other"
        path = (*one.path, "anonymous")
        yield Finding(path, problem, remedy, key=True, grounds=grounds)
