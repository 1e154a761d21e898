"""Whether a meeting that people book has somebody to book it, and to be met."""

from collections.abc import Iterator

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds
from engine.checks.places import Placed, placed_activities
from engine.spec.activities import Meeting
from engine.spec.matches import MatchPart
from engine.spec.programme import Programme
from engine.spec.wording import quoted

_NUMBERS = {1: "two", 2: "two", 3: "three"}
"""How many are in a match that has one of each role, by how many roles there are."""


def check_meetings(programme: Programme) -> Iterator[Finding]:
    """Yield every role of a booked meeting that its kind of match does not have."""
    for one in placed_activities(programme):
        if isinstance(one.activity, Meeting):
            match = programme.matches.get(one.activity.with_)
            if match is not None:
                yield from _roles(one, one.activity, match)
                yield from _one_by_one(one, one.activity, match)


def _roles(one: Placed, meeting: Meeting, match: MatchPart) -> Iterator[Finding]:
    kind = meeting.with_
    grounds = Grounds(values=(("matches", kind, "roles"), (*one.path, "with")))
    told = {"booked by": meeting.booked_by, "one by one": meeting.one_by_one}
    for key, role in told.items():
        if role is not None and role not in match.everybody:
            problem = f"{quoted(role)} is no role of {kind}"
            finding = Finding((*one.path, key), problem, "", grounds=grounds)
            yield unknown(finding, role, match.everybody)


def _one_by_one(one: Placed, meeting: Meeting, match: MatchPart) -> Iterator[Finding]:
    """Yield a role of which nobody meets those of other roles alone."""
    role, kind, path = meeting.one_by_one, meeting.with_, (*one.path, "one by one")
    if role not in match.everybody or (role == match.many and len(match.everybody) > 1):
        return
    of_match = ("matches", kind)
    grounds = Grounds(
        values=(*((*of_match, key) for key in ("roles", "shape")), (*one.path, "with")),
        gaps=(of_match,),
    )
    problem = f"there is one {role} in each {kind}"
    remedy = f"write `{match.many}`"
    if match.many is None:
        remedy = f"leave it out: the {_NUMBERS[len(match.roles)]} of them meet"
    if len(match.everybody) == 1:
        problem = f"{quoted(role)} is the only role of {kind}: nobody is left to meet"
        remedy = "leave it out: they meet together"
    if role == match.many:
        remedy = f"add, for example, `joined by: consultant` to {kind}, or leave it out"
    yield Finding(path, problem, remedy, grounds=grounds)
