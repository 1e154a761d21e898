"""What a programme leaves out of the one that it extends."""

from collections.abc import Iterator, Sequence

from engine.spec.faults import Fault
from engine.spec.members import activities_of, phases_of
from engine.spec.positions import Document, Node, Plain
from engine.spec.wording import described, listed, nearest, quoted

LEAVE_OUT = "leave out"
_TABLES = {"column": "people", "match": "matches"}
_OF = " of "


def omitted(own: Document, base: Document) -> tuple[frozenset[Node], list[Fault]]:
    """Return the values of the base that are left out, and what is not there.

    `phase closing`, `evaluation final`, `column wishes` and `match pair` are left out
    by kind and name; anything else by its key, `until of meeting conversation`.
    """
    told = own.value((LEAVE_OUT,))
    if told is None:
        return frozenset(), []
    if not isinstance(told, list):
        problem = f"expected a list, found {described(told)}"
        remedy = "write, for example, `leave out: [evaluation final, phase closing]`"
        return frozenset(), [own.fault((LEAVE_OUT,), problem, remedy)]
    things = _things(base)
    gone: set[Node] = set()
    faults = []
    for position, words in enumerate(told):
        found = _resolved(words, things) if isinstance(words, str) else _no_text(words)
        if isinstance(found, Node):
            gone.add(found)
        else:
            problem, remedy = found
            faults.append(own.fault((LEAVE_OUT, position), problem, remedy))
    return frozenset(gone), faults


def _things(base: Document) -> dict[str, Node]:
    """Return what can be left out by a name of its own."""
    things: dict[str, Node] = {}
    for phase in phases_of(base):
        for one in (phase, *activities_of(base, phase)):
            node = base.node(one.path)
            if node is not None:
                things.setdefault(one.label, node)
    for word, key in _TABLES.items():
        table = base.node((key,))
        for name, node in _entries(table):
            things[f"{word} {name}"] = node
    return things | dict(_entries(base.root))


def _resolved(words: str, things: dict[str, Node]) -> Node | tuple[str, str]:
    """Return what is meant, or what is wrong and what to write."""
    *keys, thing = words.split(_OF)
    thing = " ".join(thing.split())
    if words in things:
        keys, thing = [], words
    if thing not in things:
        return _unknown(thing, keys, tuple(things))
    node = things[thing]
    while keys:
        key, known = keys.pop().strip(), dict(_entries(node))
        if key not in known:
            return _no_key(key, keys, thing, tuple(known))
        node = known[key]
        thing = f"{key}{_OF}{thing}"
    return node


def _no_text(told: Plain) -> tuple[str, str]:
    """Return what is wrong with `- phase: closing`, and what to write."""
    remedy = "write, for example, `evaluation final`"
    if isinstance(told, dict) and len(told) == 1:
        ((kind, name),) = told.items()
        remedy = f"write it without the colon: `{kind} {name}`"
    return f"expected text, found {described(told)}", remedy


def _unknown(thing: str, keys: Sequence[str], known: Sequence[str]) -> tuple[str, str]:
    problem = f"there is no {quoted(thing)} to leave out"
    before = "".join(f"{key}{_OF}" for key in keys)
    same = [name for name in known if name.partition(" ")[2] == thing]
    if same:
        return problem, f"write {listed([f'`{before}{name}`' for name in same])}"
    kind, _, own = thing.partition(" ")
    alike = [name.partition(" ")[2] for name in known if name.startswith(f"{kind} ")]
    guess = nearest(own, alike) if alike else nearest(thing, known)
    if guess:
        meant = f"{kind} {guess}" if alike else guess
        problem += f"; did you mean {quoted(meant)}?"
        return problem, f"write `{before}{meant}`"
    if alike:
        return problem, f"known: {listed([f'{kind} {name}' for name in alike])}"
    remedy = "write its kind and name, such as `phase closing` or `evaluation final`"
    return problem, remedy


def _no_key(
    key: str, keys: Sequence[str], thing: str, known: Sequence[str]
) -> tuple[str, str]:
    problem = f"{quoted(thing)} has no {quoted(key)} to leave out"
    if guess := nearest(key, known):
        problem += f"; did you mean {quoted(guess)}?"
        return problem, f"write `{_OF.join([*keys, guess, thing])}`"
    if not known:
        return problem, f"write `{thing}`"
    return problem, f"it has: {listed(known, last='and')}"


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    within = node.children if node else None
    yield from within.items() if isinstance(within, dict) else ()
