"""Which phases and activities of a variant look new, and were meant as a change."""

from collections.abc import Iterable, Mapping

from engine.spec.faults import Fault
from engine.spec.members import KEYWORDS, Member, Value, members
from engine.spec.positions import Document
from engine.spec.wording import described, in_quotes, nearest, quoted


def stray(
    member: Member,
    value: Value,
    *,
    free: Iterable[str],
    homes: Mapping[str, str],
    own: Document,
) -> Fault | None:
    """Return what is wrong with a phase or activity that the base does not have there.

    Args:
        member: The phase or activity.
        value: The same with its places.
        free: What the base has there that the variant does not write.
        homes: The phase of each activity of the base.
        own: The file of the variant.
    """
    if not member.name:
        return _nameless(member, own)
    path = (*member.path, member.key)
    home = homes.get(member.label)
    if home is not None:
        called = f"{member.kind} {quoted(member.name)}"
        problem = f"the {called} is in the phase {quoted(home)}"
        remedy = f"write it below `- phase: {home}`, or leave it out there"
        return own.fault(path, problem, remedy)
    name = _near(member, free)
    if name is None or _could_be_new(member, value, homes, name):
        return None
    problem = f"there is no {member.kind} {quoted(member.name)} to change"
    problem += f"; did you mean {quoted(name)}?"
    return own.fault(path, problem, f"write `{name}`")


def _near(member: Member, free: Iterable[str]) -> str | None:
    """Return the name of one of its kind that it may have been meant to change."""
    kind = f"{member.kind} "
    names = [one.removeprefix(kind) for one in free if one.startswith(kind)]
    return nearest(member.name, names)


def _nameless(member: Member, own: Document) -> Fault:
    """Return that nobody knows which one is meant."""
    path, found = (*member.path, member.key), member.plain[member.key]
    remedy = "write a value after the colon"
    if isinstance(found, int | float):
        remedy = f"put it in quotes: {in_quotes(own.written(path))}"
    elif found is not None:
        remedy = f"write, for example, `{member.kind}: closing`"
    return own.fault(path, f"expected text, found {described(found)}", remedy)


def _could_be_new(
    member: Member, value: Value, homes: Mapping[str, str], near: str
) -> bool:
    """Return whether it says all that a new one needs, and changes nothing there."""
    if not member.is_whole:
        return False
    inner = value.entries().get("activities")
    within = members(inner, (), KEYWORDS) if inner else []
    return all(
        one is None or (one.is_whole and homes.get(one.label) != near) for one in within
    )
