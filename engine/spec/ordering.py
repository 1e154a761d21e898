"""In which order the phases or activities of a variant stand."""

from dataclasses import dataclass

from engine.spec.faults import Fault
from engine.spec.members import AFTER, Member, Value
from engine.spec.positions import Document
from engine.spec.wording import listed, nearest, quoted


@dataclass(slots=True, eq=False)
class _Place:
    """One of the line.

    Attributes:
        name: Its own, and `label` with its kind; empty for what has none.
        behind: The label of what it was put after.
    """

    label: str
    name: str
    value: Value
    behind: str = ""


class Line:
    """The inherited members in their order, and those that a variant writes.

    A new one stands at the end, or where its `after` says. An inherited one that says
    so moves there.

    Attributes:
        faults: What is wrong with where they are to stand.
        is_whole: Whether nothing that was written is missing.
    """

    def __init__(self, own: Document) -> None:
        self.faults: list[Fault] = []
        self.is_whole = True
        self._own = own
        self._places: list[_Place] = []
        self._waiting: list[tuple[Member, _Place]] = []
        self._written: set[str] = set()

    def inherit(self, member: Member | None, value: Value) -> None:
        """Take a member of the base, the last so far."""
        self._places.append(_place(member, value))

    def write(self, member: Member | None, value: Value) -> None:
        """Take a member of the variant, in the place of an inherited one or as new."""
        place = _place(member, value)
        if member is None:
            self._places.append(place)
            return
        if member.label in self._written:
            problem = f"{quoted(member.label)} is written twice"
            path = (*member.path, member.key)
            self._tell(path, problem, "put what changes into the first one")
            self.is_whole = False
            return
        self._written.add(member.label)
        at = self._position(member.label)
        if AFTER in member.plain:
            if at is not None:
                del self._places[at]
            self._waiting.append((member, place))
        elif at is None:
            self._places.append(place)
        else:
            self._places[at] = place

    def values(self) -> list[Value]:
        """Return all of them in order."""
        left = list(self._waiting)
        while placed := next((one for one in left if self._put(*one)), None):
            left.remove(placed)
        for member, place in left:
            self._unknown(member)
            self._places.append(place)
        return [place.value for place in self._places]

    def _put(self, member: Member, place: _Place) -> bool:
        """Put a member after what it names, if that stands in the line by now."""
        at = self._position(str(member.plain[AFTER]))
        if at is None:
            return False
        place.behind = self._places[at].label
        at += 1
        while at < len(self._places) and self._places[at].behind == place.behind:
            at += 1
        self._places.insert(at, place)
        return True

    def _position(self, words: str) -> int | None:
        """Return where the one stands that is called so, with its kind or without."""
        for called in ("label", "name"):
            for position, place in enumerate(self._places):
                if words and getattr(place, called) == words:
                    return position
        return None

    def _unknown(self, member: Member) -> None:
        after = member.plain[AFTER]
        known = [place.name for place in self._places if place.name]
        problem = f"there is no {quoted(str(after))} here that it could come after"
        remedy = f"known: {listed(known, last='and')}" if known else "delete this line"
        if guess := nearest(str(after), known):
            problem += f"; did you mean {quoted(guess)}?"
            remedy = f"write `{guess}`"
        self._tell((*member.path, AFTER), problem, remedy)

    def _tell(self, path: tuple[str | int, ...], problem: str, remedy: str) -> None:
        self.faults.append(self._own.fault(path, problem, remedy))


def _place(member: Member | None, value: Value) -> _Place:
    if member is None:
        return _Place("", "", value)
    return _Place(member.label, member.name, value)
