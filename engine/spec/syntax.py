"""What a coordinator did where the YAML parser lost its way."""

import re
from collections.abc import Callable, Sequence

from yaml import MarkedYAMLError

from engine.spec.faults import Fault, Told, fault_in
from engine.spec.losses import Lost, content_column, lost_at
from engine.spec.wording import in_quotes, quoted, shortened

_TAB = re.compile(r"[ -]*\t")
_STRANGE_SPACE = re.compile(r"[ -]*([\xa0\u2000-\u200b\u202f\u3000])")
_UNSPACED = re.compile(r"""([\w][\w -]*):(?=[^\s:/])""")


def syntax_fault(error: MarkedYAMLError, lines: Sequence[str], *, source: str) -> Fault:
    """Return the fault of an error of the parser, in words for a coordinator."""
    lost = lost_at(error, lines)
    told = _indentation(lost) or _explained(lost, error.problem or "")
    return fault_in(lines, told, source=source)


def _explained(lost: Lost, problem: str) -> Told:
    for sign, explain in _EXPLANATIONS:
        if re.search(sign, problem):
            return explain(lost)
    return lost.told(
        "this line cannot be read",
        "check quotes, brackets, colons and indentation here and in the line above",
    )


def _indentation(lost: Lost) -> Told | None:
    for number in {lost.line, min(lost.line + 1, len(lost.lines) - 1)}:
        line = lost.lines[number]
        if found := _TAB.match(line):
            told = "a tab stands in the indentation"
            return Told(number, found.end() - 1, told, "indent with spaces")
    if found := _STRANGE_SPACE.match(lost.here):
        told = f"the indentation holds a special space (U+{ord(found[1]):04X})"
        return Told(lost.line, found.start(1), told, "indent with ordinary spaces")
    return None


def _no_colon(lost: Lost) -> Told:
    if unspaced := _unspaced(lost.lines, lost.since_line, lost.since_column):
        return unspaced
    words = lost.lines[lost.since_line][lost.since_column :].strip()
    return lost.told_since(
        f"{quoted(words)} has no colon",
        "write `key: value`; indent the line if it continues the text above it",
        width=len(words),
    )


def _unspaced(lines: Sequence[str], number: int, column: int) -> Told | None:
    """Tell of a key and value with nothing but a colon between them."""
    line = lines[number]
    found = _UNSPACED.match(line, column)
    if not found:
        return None
    key, value = found[1], line[found.end() :].strip()
    told = f"no space stands after the colon of {quoted(key)}"
    remedy = f"write `{key}: {shortened(value)}`"
    return Told(number, found.end() - 1, told, remedy)


def _colon_not_here(lost: Lost) -> Told:
    first = re.search(r":\s", lost.before)
    if first:
        key = lost.before[: first.start()].strip(" -")
        value = lost.here[first.end() :].strip()
        return lost.told(
            f"a second colon stands in the value of {quoted(key)}",
            f"put the value in quotes: {shortened(key)}: "
            f"{shortened(in_quotes(value), 60)}",
        )
    if re.search(r"[\]})\"']\s*$", lost.before):
        return lost.told("a colon follows a bracket or quote", "write `key: value`")
    return _after_text(lost)


def _after_text(lost: Lost) -> Told:
    """Tell of a key that follows a line which cannot hold keys."""
    start = content_column(lost.here)
    above = next(
        (n for n in range(lost.line - 1, -1, -1) if lost.lines[n].strip()), None
    )
    if above is None:
        return lost.told("a colon cannot stand here", "write `key: value`")
    line = lost.lines[above]
    if not re.search(r":(\s|$)", line) and content_column(line) == start:
        if unspaced := _unspaced(lost.lines, above, start):
            return unspaced
        words = line.strip(" -")
        told = f"{quoted(words)} has no colon"
        return Told(above, start, told, "write `key: value`", len(words))
    return Told(
        lost.line,
        start,
        f"this line is indented further than line {above + 1}, which has a value",
        f"begin it in column {content_column(line) + 1}, like line {above + 1}",
        max(1, lost.column - start),
    )


def _open_quote(lost: Lost) -> Told:
    quote = lost.lines[lost.since_line][lost.since_column : lost.since_column + 1]
    return lost.told_since(
        "this quotation mark is never closed", f"write {quote} at the end of the text"
    )


def _open_bracket(lost: Lost) -> Told:
    opening = lost.lines[lost.since_line][lost.since_column : lost.since_column + 1]
    closing = "}" if opening == "{" else "]"
    if lost.line == lost.since_line and lost.column < len(lost.here.rstrip()):
        remedy = f"write a comma between two values, {closing} after the last"
        return lost.told(f"a comma or {closing} is missing before this", remedy)
    return lost.told_since(
        "this bracket is never closed", f"write {closing} after the last value"
    )


def _item_not_here(lost: Lost) -> Told:
    return lost.told(
        "a list cannot begin in the line of its key",
        "begin the list in the next line; a text that starts with - must be in quotes",
    )


def _out_of_step(lost: Lost) -> Told:
    if lost.sign == ":" and lost.at_start:
        return lost.told("nothing stands before the colon", "write a key before it")
    if lost.sign and lost.sign in "]},":
        return _stray(lost)
    if not lost.at_start:
        return _after_value(lost)
    if lost.column != lost.since_column:
        return _unlike_above(lost)
    if lost.doing.endswith("block mapping"):
        remedy = "indent the list under its key, or write `key: value`"
        return lost.told("a list item stands among keys", remedy)
    told = "a key stands among the items of a list"
    return lost.told(told, "begin the line with `- `, or indent it otherwise")


def _unlike_above(lost: Lost) -> Told:
    column = content_column(lost.here) if lost.sign != "-" else lost.column
    places: dict[int, int] = {}
    for number in range(lost.line - 1, -1, -1):
        line = lost.lines[number]
        if line.strip() and not line.lstrip().startswith("#"):
            places.setdefault(len(line) - len(line.lstrip()), number)
            places.setdefault(content_column(line), number)
    near = min(places, key=lambda place: (abs(place - column), -place), default=0)
    return lost.told(
        "the indentation fits no line above",
        f"begin it in column {near + 1}, like line {places.get(near, 0) + 1}",
    )


def _stray(lost: Lost) -> Told:
    if lost.sign == ",":
        return lost.told("nothing stands before the comma", "delete it")
    opening = "[" if lost.sign == "]" else "{"
    return lost.told(
        f"{lost.sign} closes nothing here", f"write {opening} before it, or delete it"
    )


def _after_value(lost: Lost) -> Told:
    words = lost.here[lost.column :].strip()
    ending = lost.before.rstrip()[-1:]
    if ending in {"'", '"'} and (opened := _opened_above(lost, ending)):
        return opened
    if ending == "'":
        remedy = "write a ' inside the text twice, or put the text in double quotes"
    elif ending == '"':
        remedy = "put the whole text in single quotes"
    else:
        remedy = "put the whole value in quotes"
    return lost.told(
        f"{quoted(words)} follows a value that has ended", remedy, width=len(words)
    )


def _opened_above(lost: Lost, quote: str) -> Told | None:
    """Tell of a quotation mark that was closed by the opening one of a later text."""
    if lost.before.count(quote) % 2 == 0:
        return None
    opening = re.compile(rf"(?:^|[:,\[{{-])\s+({quote})")
    for number in range(lost.line - 1, -1, -1):
        line = lost.lines[number]
        if line.count(quote) % 2 and (found := opening.search(line)):
            told = "this quotation mark is never closed"
            remedy = f"write {quote} at the end of the text"
            return Told(number, found.start(1), told, remedy)
    return None


def _no_start(lost: Lost) -> Told:
    if lost.at_start and any(line.strip() == "..." for line in lost.lines):
        return lost.told("`...` has ended the file above", "delete the line `...`")
    if lost.at_start:
        told = "this line begins further left than the first one"
        return lost.told(told, "begin all keys of the file in the same column")
    return _after_value(lost)


def _bad_start(lost: Lost) -> Told:
    sign = lost.sign
    if sign == "\t":
        return lost.told("a tab cannot stand here", "write a space")
    return _quoted_whole(lost, sign, lost.column)


def _bad_name(lost: Lost) -> Told:
    line = lost.lines[lost.since_line]
    sign = line[lost.since_column : lost.since_column + 1]
    return _quoted_whole(lost, sign, lost.since_column)


def _quoted_whole(lost: Lost, sign: str, column: int) -> Told:
    line = lost.since_line if column == lost.since_column else lost.line
    text = shortened(in_quotes(lost.lines[line][column:].strip()), 60)
    told = f"a text cannot start with {sign}"
    return Told(line, column, told, f"put it in quotes: {text}")


def _backslash(lost: Lost) -> Told:
    column = lost.here.rfind("\\", 0, lost.column + 1)
    return Told(
        lost.line,
        max(column, 0),
        "a backslash means something else in double quotes",
        "put the text in single quotes",
    )


def _block_head(lost: Lost) -> Told:
    sign = lost.lines[lost.since_line][lost.since_column : lost.since_column + 1]
    return lost.told(
        f"a text that begins with {sign} stands in the lines below it",
        "write it there, indented, or put it in quotes here",
    )


def _no_value(lost: Lost) -> Told:
    if lost.sign and lost.sign in "]},":
        return _stray(lost)
    return lost.told("a value is missing here", "write a value")


_EXPLANATIONS: tuple[tuple[str, Callable[[Lost], Told]], ...] = (
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _colon_not_here),
    ("unexpected end of stream|unexpected document", _open_quote),
    ("expected ',' or", _open_bracket),
    ("sequence entries are not allowed", _item_not_here),
    ("expected key|expected <block end>|expected '-'", _out_of_step),
    ("document start", _no_start),
    ("cannot start any token|mapping keys are not allowed", _bad_start),
    (
        "alphabetic or numeric|tag handle|expected '[!>]'|URI|the expected|whitespace",
        _bad_name,
    ),
    ("escape|hexdecimal", _backslash),
    ("comment or (a )?line break|chomping|indentation indicator", _block_head),
    ("node content", _no_value),
)
