"""Whether a kind of match has the roles, size and aims that its shape takes."""

from collections.abc import Iterator
from functools import partial

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds
from engine.matching.aims import BALANCE
from engine.matching.aims import EVERYONE as MATCHED
from engine.record import COORDINATOR, EVERYONE
from engine.spec.faults import Path
from engine.spec.matches import ROLES, MatchPart
from engine.spec.programme import Programme
from engine.spec.wording import quoted

_NUMBERS = {1: "one role", 2: "two roles", 3: "three roles"}
_SIZED = {
    "groups": "`size: 6 mentees to 1 mentor`",
    "networks": "`size: 6 to 8 members`",
}
_ONE_BY_ONE = ("pairs", "trios")


def check_roles(programme: Programme) -> Iterator[Finding]:
    """Yield every role that cannot be one; what names a role hangs on it."""
    for kind, match in programme.matches.items():
        path = ("matches", kind)
        yield from _number_of_roles(path, match)
        yield from _roles((*path, "roles"), match.roles)
        if match.joined_by is not None:
            yield from _role((*path, "joined by"), match.joined_by)


def check_matches(programme: Programme) -> Iterator[Finding]:
    """Yield what does not go with the shape of a match."""
    if any(check_roles(programme)):
        return
    for kind, match in programme.matches.items():
        path = ("matches", kind)
        yield from _size(path, match)
        yield from _joined(path, match)
        yield from _confirm(path, match)
        yield from _aim(path, match)


def _number_of_roles(path: Path, match: MatchPart) -> Iterator[Finding]:
    usual = ROLES[match.shape]
    if len(match.roles) == len(usual):
        return
    problem = f"{match.shape} have {_NUMBERS[len(usual)]}"
    remedy = f"write, for example, `roles: [{', '.join(usual)}]`"
    grounds = Grounds(values=((*path, "shape"), (*path, "roles")), gaps=(path,))
    written = "roles" in match.model_fields_set
    where = (*path, "roles" if written else "shape")
    yield Finding(where, problem, remedy, grounds=grounds)


def _roles(path: Path, roles: tuple[str, ...]) -> Iterator[Finding]:
    for number, role in enumerate(roles):
        if role in roles[:number]:
            problem = f"both sides of the match are called {quoted(role)}"
            if len(roles) > len(ROLES["pairs"]):
                problem = f"two roles of the match are called {quoted(role)}"
            remedy = "give each side a role of its own"
            yield Finding((*path, number), problem, remedy)
        yield from _role((*path, number), role)


def _role(where: Path, role: str) -> Iterator[Finding]:
    if role in (EVERYONE, COORDINATOR):
        problem = f"{quoted(role)} has a meaning of its own"
        yield Finding(where, problem, "choose another word")
    elif role.endswith("s") or not role.strip():
        problem = f"{quoted(role)} is not a role in the singular"
        better = role.removesuffix("s").strip() or "mentor"
        yield Finding(where, problem, f"write, for example, `{better}`")


def _size(path: Path, match: MatchPart) -> Iterator[Finding]:
    where, shape = (*path, "size"), (*path, "shape")
    if match.shape not in _SIZED:
        if match.size is not None:
            problem = f"{match.shape} have no size to choose"
            grounds = Grounds(values=(shape,))
            remedy = "leave it out, or write another shape"
            yield Finding(where, problem, remedy, key=True, grounds=grounds)
        return
    if match.size is None:
        problem = f"nothing says how many are in one of these {match.shape}"
        remedy = f"add, for example, {_SIZED[match.shape]}"
        yield Finding(shape, problem, remedy, grounds=Grounds(gaps=(path,)))
        return
    leader = match.roles[0] if match.shape == "groups" else ""
    plural = match.placed if match.size.most == 1 else f"{match.placed}s"
    if (match.size.plural, match.size.leader) == (plural, leader):
        return
    count = str(match.size).split(f" {match.size.plural}")[0]
    proper = f"{count} {plural}" + (f" to 1 {leader}" if leader else "")
    problem = f"{quoted(str(match.size))} does not count the roles of this match"
    grounds = Grounds(values=((*path, "roles"), shape), gaps=(path,))
    yield Finding(where, problem, f"write `{proper}`", grounds=grounds)


def _joined(path: Path, match: MatchPart) -> Iterator[Finding]:
    if match.joined_by is None:
        return
    where = (*path, "joined by")
    if match.shape != "networks":
        problem = "only networks are joined by somebody"
        remedy = "leave it out, or name the role in `roles`"
        grounds = Grounds(values=((*path, "shape"),))
        yield Finding(where, problem, remedy, key=True, grounds=grounds)
    elif match.joined_by in match.roles:
        problem = f"{quoted(match.joined_by)} is who the network is made of"
        yield Finding(where, problem, "name another role, such as `consultant`")


def _confirm(path: Path, match: MatchPart) -> Iterator[Finding]:
    for role in match.confirm.turns if match.confirm else ():
        if role not in match.everybody:
            problem = f"{quoted(role)} is no role of this match"
            grounds = Grounds(values=((*path, "roles"),), gaps=(path,))
            finding = Finding((*path, "confirm"), problem, "", grounds=grounds)
            written = partial(str(match.confirm).replace, role)
            yield unknown(finding, role, match.everybody, written=written)


def _aim(path: Path, match: MatchPart) -> Iterator[Finding]:
    """Yield an aim that leads, where people are placed before anything is weighed.

    Nor is there a load to balance where nobody has several matches.
    """
    if match.repeated is None and BALANCE in match.aim:
        problem = f"nobody has several matches in {match.shape}"
        where = (*path, "aim", match.aim.index(BALANCE))
        grounds = Grounds(values=((*path, "shape"),))
        yield Finding(where, problem, "leave it out", grounds=grounds)
    if match.shape in _ONE_BY_ONE or not match.aim or match.aim[0] == MATCHED:
        return
    problem = f"{match.shape} are made to match everyone that they can first"
    remedy = f'write "{MATCHED}" before it'
    grounds = Grounds(values=((*path, "shape"),))
    yield Finding((*path, "aim", 0), problem, remedy, grounds=grounds)
