"""Whether those who are to propose people can: roles, columns, numbers and places."""

from collections.abc import Iterator, Sequence
from functools import partial

from engine.checks.columns import FIXED
from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds, columns, roles
from engine.checks.places import Placed, placed_activities, told
from engine.people import Participant
from engine.record import EVERYONE, NOMINEES
from engine.spec.activities import Nomination
from engine.spec.cells import folded, roles_of
from engine.spec.model import Audience
from engine.spec.programme import Programme
from engine.spec.quotas import ANYBODY
from engine.spec.wording import quoted

_ACTING = (
    *("role", "each", "more than once", "asks for", "criteria", "consent"),
    *("answer within", "places", "admitted", "replaced", "remind"),
)
"""Keys that say how people propose, which only `nominators` do."""


def check_nominations(programme: Programme) -> Iterator[Finding]:
    """Yield what keeps the nominations of a programme from being carried out."""
    for one in placed_activities(programme):
        match one.activity:
            case Nomination(nominators=None) as nomination:
                yield from _nobody_asked(one, nomination)
            case Nomination() as nomination:
                yield from _roles(one, nomination, programme)
                yield from _each(one, nomination, programme)
                yield from _asks_for(one, nomination, programme)
                yield from _places(one, nomination)


def check_nominators(
    programme: Programme, participants: Sequence[Participant]
) -> Iterator[Finding]:
    """Yield the nominations for which nobody in a people file can propose."""
    there = {role for one in participants for role in one.roles}
    for one in placed_activities(programme):
        if isinstance(one.activity, Nomination) and one.activity.nominators:
            role = one.activity.nominators
            if role in roles_of(programme) and role not in there:
                problem = f"nobody is a {role}, so nobody proposes {one.activity.name}"
                remedy = f"write `{role}` in the column roles of the participants file"
                grounds = Grounds(values=((*one.path, "nominators"),))
                yield Finding(("people",), problem, remedy, in_programme=grounds)


def may_grow(programme: Programme, audience: Audience | None) -> bool:
    """Return whether people may come into an audience by being proposed.

    Without one of its own it may be anybody's.
    """
    words = (audience,) if isinstance(audience, str) else audience
    comes = {f"{role}s" for role in programme.nominated}
    return bool(comes) and (
        words is None or bool({EVERYONE, NOMINEES, *comes} & {*words})
    )


def _nobody_asked(one: Placed, nomination: Nomination) -> Iterator[Finding]:
    for _, key, _value in told(nomination):
        if key in _ACTING:
            problem = f"nobody is asked to propose, so `{key}` means nothing"
            remedy = "leave it out, or write `nominators: …` a role"
            grounds = Grounds(gaps=(one.path,))
            where = (*one.path, key)
            yield Finding(where, problem, remedy, key=True, grounds=grounds)


def _roles(
    one: Placed, nomination: Nomination, programme: Programme
) -> Iterator[Finding]:
    known, grounds = roles_of(programme), roles(programme)
    if nomination.nominators is not None and nomination.nominators not in known:
        problem = f"{quoted(nomination.nominators)} is no role of the programme"
        path = (*one.path, "nominators")
        finding = Finding(path, problem, "", grounds=grounds)
        yield unknown(finding, nomination.nominators, known)
    role = nomination.nominated_for
    if role in known:
        return
    if nomination.role is not None:
        problem = f"{quoted(role)} is no role of the programme"
        finding = Finding((*one.path, "role"), problem, "", grounds=grounds)
        yield unknown(finding, role, known)
    else:
        problem = f"nothing says for which role: {quoted(role)} is none"
        remedy = f"add, for example, `role: {known[0]}`"
        yield Finding(one.name_path, problem, remedy, grounds=grounds)


def _each(
    one: Placed, nomination: Nomination, programme: Programme
) -> Iterator[Finding]:
    if nomination.each is None:
        return
    path, scales = (*one.path, "each"), _scales(programme)
    steps = tuple(step for values in scales.values() for step in values)
    kinds = nomination.each.kinds
    strange = [kind for kind in kinds if kind not in steps]
    for kind in strange:
        problem = f"{quoted(kind)} is no step of any scale in `people`"
        remedy = "" if steps else f"write `2 {ANYBODY[-1]}`, or add a scale to `people`"
        finding = Finding(path, problem, remedy, grounds=columns(programme))
        yield unknown(
            finding, kind, steps, written=partial(_with, str(nomination.each), kind)
        )
    homes = [name for name, values in scales.items() if set(kinds) <= set(values)]
    if kinds and not strange and len(homes) != 1:
        where = "several columns have" if homes else "no column has all of"
        problem = f"{where} these steps, so that nothing says which one is meant"
        remedy = "name steps of one scale, which no other scale has"
        yield Finding(path, problem, remedy, grounds=columns(programme))


def _with(phrase: str, kind: str, other: str) -> str:
    return phrase.replace(kind, other)


def _scales(programme: Programme) -> dict[str, Sequence[str]]:
    return {
        name: part.values
        for name, part in programme.columns.items()
        if part.type == "scale"
    }


def _asks_for(
    one: Placed, nomination: Nomination, programme: Programme
) -> Iterator[Finding]:
    declared = programme.columns
    for number, name in enumerate(nomination.asks_for):
        path = (*one.path, "asks for", number)
        if name in nomination.asks_for[:number]:
            yield Finding(path, f"{quoted(name)} is listed twice", "leave one out")
        elif folded(name) in FIXED:
            problem = f"{quoted(name)} is no column of this programme's own"
            remedy = "leave it out: name, address and manager are asked for anyway"
            yield Finding(path, problem, remedy)
        elif name not in declared:
            problem = f"{quoted(name)} is no column of the participants file"
            finding = Finding(path, problem, "", grounds=columns(programme))
            yield unknown(finding, name, tuple(declared))
        elif declared[name].type == "people":
            problem = f"{quoted(name)} holds ids, which nominators do not know"
            yield Finding(path, problem, "leave it out")


def _places(one: Placed, nomination: Nomination) -> Iterator[Finding]:
    told_of = nomination.model_fields_set
    if nomination.places is not None and nomination.places < 1:
        problem = f"{nomination.places} places are none"
        yield Finding(
            (*one.path, "places"), problem, "write 1 or more, or leave it out"
        )
    waits = nomination.replaced == "from the waiting list"
    if "replaced" in told_of and waits and nomination.places is None:
        problem = "nobody waits where places are without end"
        remedy = "add, for example, `places: 18`, or write `by the nominator`"
        grounds = Grounds(gaps=(one.path,))
        yield Finding((*one.path, "replaced"), problem, remedy, grounds=grounds)
