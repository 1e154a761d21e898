"""How a difference between a file and the models is told to a coordinator."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from engine.spec.faults import Fault, Path
from engine.spec.mismatches import Mismatch
from engine.spec.positions import Document
from engine.spec.shapes import Shape, example_of, field_at, homes_of_keys, shapes_at
from engine.spec.wording import (
    LIKELY,
    described,
    in_quotes,
    listed,
    nearest,
    quoted,
    shortened,
    spaced,
    written,
)

_USUAL = {
    "a whole number": "write digits, such as `3`",
    "a number": "write digits, such as `3` or `0.5`",
    "`true` or `false`": "write `true` or `false`",
    "a list": "write `[…, …]`, or a line `- …` for each",
    "a mapping": "write `key: value` lines below it, indented",
}


class Explanation:
    """Words the mismatches of one file, with the keys that its models know."""

    def __init__(
        self,
        model: type[BaseModel],
        document: Document,
        mismatches: Sequence[Mismatch],
    ) -> None:
        self._model = model
        self._document = document
        self._mismatches = mismatches

    def faults(self, mismatches: Iterable[Mismatch]) -> list[Fault]:
        """Return the faults of those mismatches that are not told already."""
        fresh = [one for one in mismatches if not self._refused(one.path)]
        meant = {(one.path[:-1], self.guess(one)) for one in fresh if one.unknown}
        return [
            self._fault(one)
            for one in fresh
            if not (one.missing and (one.path, one.missing) in meant)
            and not self._misread(one)
        ]

    def guess(self, one: Mismatch) -> str | None:
        """Return the key that was meant by an unknown one."""
        known = [key for shape in self._shapes(one) for key in shape.known()]
        free = [key for key in known if not self._is_beside(key, one.path)]
        missing = [
            other.missing for other in self._mismatches if other.path == one.path[:-1]
        ]
        return nearest(one.unknown, free) or nearest(
            one.unknown, [key for key in missing if key in free], close=LIKELY
        )

    def _is_beside(self, key: str, path: Path) -> bool:
        """Whether the file that has a value writes a key beside it: none inherited."""
        node, other = (self._document.node((*path[:-1], to)) for to in (path[-1], key))
        return other is not None and (node is None or other.sheet is node.sheet)

    def _misread(self, one: Mismatch) -> bool:
        """Whether a missing key is there, refused for its form."""
        return bool(one.missing) and any(
            path[:-1] == one.path and nearest(str(path[-1]), (one.missing,))
            for path in self._document.refused
            if path
        )

    def _refused(self, path: Path) -> bool:
        """Whether the value, or one that it is in, is refused for its form."""
        ends = range(len(path) + 1)
        return any(path[:end] in self._document.refused for end in ends)

    def _fault(self, one: Mismatch) -> Fault:
        if one.missing:
            problem, remedy = f"missing `{one.missing}`", self._example(one)
            remedy = remedy or f"write `{one.missing}: …`"
        elif one.unknown:
            problem, remedy = self._unknown(one)
        elif one.problem:
            problem, remedy = one.problem, one.remedy
        else:
            words = (*one.expected, *(f"`{word}`" for word in one.choices))
            problem = f"expected {listed(words)}, found {described(one.found)}"
            remedy = self._remedy(one)
        return self._document.fault(one.path, problem, remedy, key=one.at_key)

    def _shapes(self, one: Mismatch) -> tuple[Shape, ...]:
        return shapes_at(self._model, one.loc[:-1])

    def _unknown(self, one: Mismatch) -> tuple[str, str]:
        shapes = self._shapes(one)
        keywords = [shape.keyword for shape in shapes if shape.keyword]
        of = f"of `{keywords[0]}`" if len(keywords) == 1 else "here"
        problem = f"{quoted(one.unknown)} is not a key {of}"
        if guess := self.guess(one):
            return f"{problem}; did you mean {quoted(guess)}?", f"write `{guess}`"
        for shape in self._namesakes(one, shapes):
            return self._of_namesake(one, shapes[0], shape)
        if homes := homes_of_keys(self._model).get(one.unknown):
            return problem, f"it is a key of {listed(homes)}: move or indent it"
        known = dict.fromkeys(key for shape in shapes for key in shape.known())
        return problem, f"known: {listed(tuple(known), last='and')}"

    def _namesakes(self, one: Mismatch, shapes: Sequence[Shape]) -> list[Shape]:
        """Return the other shapes of the same keyword that know an unknown key."""
        keywords = [shape.keyword for shape in shapes]
        return [
            shape
            for shape in shapes_at(self._model, one.loc[:-2])
            if shape.keyword
            and keywords == [shape.keyword]
            and shape.field(one.unknown)
        ]

    def _of_namesake(self, one: Mismatch, own: Shape, other: Shape) -> tuple[str, str]:
        """Return what makes it the one shape, and what would make it the other."""
        beside = self._document.value(one.path[:-1])
        keys = set(beside) if isinstance(beside, dict) else set()
        present = [key for key in own.told_by() if key in keys]
        problem = f"{quoted(one.unknown)} is not a key of a `{own.keyword}`"
        if present:
            problem += f" with {_keys(present, last='and')}"
        return problem, f"leave it out, or write one with {_keys(other.told_by())}"

    def _example(self, one: Mismatch) -> str:
        """Return how a key may be written, if the model gives an example."""
        key = one.missing or one.path[-1]
        example = example_of(field_at(self._model, one.loc, key))
        if example is None:
            return ""
        return f"write, for example, `{key}: {written(example)}`"

    def _remedy(self, one: Mismatch) -> str:
        """Return what to write instead of a value of the wrong kind."""
        return self._hint(one) or self._example(one) or _usual(one)

    def _hint(self, one: Mismatch) -> str:
        """Return what was probably meant."""
        found = one.found
        if found is None and self._commented_out(one.path):
            return "what follows # is a comment: put a text with # in quotes"
        if "text" in one.expected and isinstance(found, int | float):
            raw = self._document.written(one.path)
            return f"put it in quotes: {shortened(in_quotes(raw))}"
        if not isinstance(found, str):
            return ""
        if guess := nearest(found, one.choices):
            return f"write `{guess}`"
        if "a mapping" in one.expected and (meant := spaced(found)):
            return f"put a space after the colon: `{shortened(meant)}`"
        return ""

    def _commented_out(self, path: Path) -> bool:
        return self._document.after(path).strip().startswith("#")


def _keys(keys: Sequence[str], *, last: str = "or") -> str:
    return listed([f"`{key}`" for key in keys], last=last)


def _usual(one: Mismatch) -> str:
    if len(one.choices) == 1 and not one.expected:
        return f"write `{one.choices[0]}`"
    if one.choices and not one.expected:
        return "write one of these"
    if one.found is None:
        return "write a value after the colon" if one.expected != ("nothing",) else ""
    return next((_USUAL[word] for word in one.expected if word in _USUAL), "")
