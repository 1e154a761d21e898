"""What a cell of the participants file holds, by the column that it stands in.

Several tags, people or roles in one cell are separated by `|`; `,` and `;` do as well,
and between roles also `+` and spaces. Each counts once, in the order written.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from email.utils import parseaddr

from engine.people import Value
from engine.spec.programme import ColumnPart, Programme
from engine.spec.wording import listed, nearest, quoted

Parse = Callable[[str], Value]
"""Reads a cell that is cleaned; an empty one means that nothing is told."""

SEVERAL = "|"
"""Stands between tags, people or roles where we write a cell."""

ANSWERS: Mapping[str, bool] = {
    "yes": True,
    "ja": True,
    "no": False,
    "nej": False,
    "nei": False,
}
"""What stands for yes and no, in English, Danish and Norwegian."""

ONLY_ROLE = "participant"
"""The role of everyone in a programme without matches."""

LONGEST_ADDRESS = 254  # RFC 5321 4.5.3.1.3, without the angle brackets.
LONGEST_LOCAL_PART = 64

_SEPARATOR = re.compile(r"[|,;]")
_ROLE_SEPARATOR = re.compile(r"[|,;+]")
_ID = re.compile(r"[\w.-]{1,64}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_UNQUOTABLE = re.compile(r'[">\\]')
_QUOTED_IN_PHRASES = re.compile(r"[,;:()@\[\]]")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})+")

# Zero-width joiners belong to the spelling of some names.
_JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BREAKS = "\n\r\v\f\x85\u2028\u2029"


class CellError(Exception):
    """A cell that cannot be used.

    Attributes:
        problem: What is wrong.
        remedy: What to write instead.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")


def cleaned(text: str) -> str:
    """Return the text without space around it, composed (NFC).

    Raises:
        CellError: It holds a character that cannot be seen.
    """
    trimmed = unicodedata.normalize("NFC", text).strip()
    if trimmed.isprintable():
        return trimmed
    for sign in trimmed:
        if sign in _BREAKS:
            raise CellError("holds a line break", "write it on one line")
        if unicodedata.category(sign) in _INVISIBLE and sign not in _JOINERS:
            found = f"holds an invisible character (U+{ord(sign):04X})"
            raise CellError(found, "empty the cell and type it again")
    return trimmed


def folded(text: str) -> str:
    """Return a name as it is compared: without regard to case or spacing."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def parsers(programme: Programme) -> Mapping[str, Parse]:
    """Return how to read each column, the fixed ones first, in their order."""
    fixed: dict[str, Parse] = {
        "id": identity,
        "name": name,
        "email": address,
        "phone": str,
        "language": lambda text: language(text, known=programme.languages),
        "roles": lambda text: roles(text, known=roles_of(programme)),
        "department": str,
        "manager": manager,
    }
    declared = {
        column: _parser(part)
        for column, part in programme.columns.items()
        if column not in fixed
    }
    return {**fixed, **declared}


def roles_of(programme: Programme) -> tuple[str, ...]:
    """Return the roles that the programme knows, those of its matches first."""
    named = (role for match in programme.matches.values() for role in match.everybody)
    return tuple(dict.fromkeys([*named, *programme.roles])) or (ONLY_ROLE,)


def identity(text: str) -> str:
    """Return an id of the file."""
    if not text:
        raise CellError("is empty", "write an id that is this person's alone: m01")
    if not _ID.fullmatch(text):
        raise CellError(
            f"{quoted(text)} is not an id",
            "write at most 64 letters, digits, dots and hyphens, without spaces",
        )
    return text


def name(text: str) -> str:
    """Return a name, which has to be told."""
    if not text:
        raise CellError("is empty", "write the name as others should see it")
    return text


def address(text: str) -> str:
    """Return a mail address as it is written."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST_ADDRESS else None
    if found is None or len(found[1]) > LONGEST_LOCAL_PART:
        problem = f"{quoted(text)} is not an address" if text else "is empty"
        raise CellError(problem, "write, for example, anna@example.org")
    return text


def language(text: str, *, known: Sequence[str]) -> str:
    """Return a language of the programme; the first one where none is told."""
    return one_of(text, known, noun="language of the programme") or known[0]


def roles(text: str, *, known: Sequence[str]) -> tuple[str, ...]:
    """Return the roles of a person, of whom every one has at least one."""
    if not text:
        raise CellError("is empty", f"write {listed(known)}")
    found: list[str] = []
    for piece in _pieces(_ROLE_SEPARATOR, text):
        words = [piece] if folded(piece) in map(folded, known) else piece.split()
        found += [one_of(word, known, noun="role of the programme") for word in words]
    return tuple(dict.fromkeys(found))


def manager(text: str) -> str:
    """Return an id, or a name and an address as a mail header has them."""
    whose, bracket, rest = text.partition("<")
    if not bracket:
        return text
    whose = whose.strip(' "')
    if not whose or not rest.endswith(">") or _UNQUOTABLE.search(whose):
        raise CellError(
            f"{quoted(text)} is not a name with an address",
            "write, for example, Anna Ahorn <anna@example.org>",
        )
    phrase = f'"{whose}"' if _QUOTED_IN_PHRASES.search(whose) else whose
    return f"{phrase} <{address(rest[:-1])}>"


def address_of_manager(text: str) -> str:
    """Return the address in a manager's cell, in lower case; empty for an id."""
    return parseaddr(text)[1].lower() if "<" in text else ""


def one_of(text: str, known: Sequence[str], *, noun: str) -> str:
    """Return the known word that was written, whatever its case; empty for nothing."""
    if not text:
        return ""
    for word in known:
        if folded(word) == folded(text):
            return word
    guess = nearest(text, known)
    remedy = f"did you mean {quoted(guess)}?" if guess else f"write {listed(known)}"
    raise CellError(f"{quoted(text)} is no {noun}", remedy)


def _parser(part: ColumnPart) -> Parse:
    match part.type:
        case "text":
            return lambda text: text or None
        case "number":
            return _number
        case "yes or no":
            return _yes_or_no
        case "scale":
            return lambda text: (
                one_of(text, part.values, noun="step of the scale") or None
            )
        case "tags" | "people":
            return lambda text: _several(text, part)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise CellError(
            f"{quoted(text)} is not a whole number", "write, for example, 2"
        )
    if text.startswith("-"):
        raise CellError(f"{quoted(text)} is below zero", "write 0 or more")
    return int(text)


def _yes_or_no(text: str) -> bool | None:
    if not text:
        return None
    if text.casefold() not in ANSWERS:
        raise CellError(f"{quoted(text)} is neither yes nor no", "write yes or no")
    return ANSWERS[text.casefold()]


def _several(text: str, part: ColumnPart) -> tuple[str, ...]:
    once: dict[str, str] = {}
    for one in _pieces(_SEPARATOR, text):
        once.setdefault(folded(one), one)
    if part.up_to is not None and len(once) > part.up_to:
        raise CellError(
            f"names {len(once)} {part.type}",
            f"write at most {part.up_to}, separated by {SEVERAL}",
        )
    return tuple(once.values())


def _pieces(separator: re.Pattern[str], text: str) -> list[str]:
    return [piece.strip() for piece in separator.split(text) if piece.strip()]
