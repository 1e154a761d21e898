"""What an unquoted word of a spec file stands for, by the core schema of YAML 1.2."""

import re
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

LONGEST_NUMBER = 40
"""Longer digits are text: nobody counts with them, and Python refuses to print some."""

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(
        (sign + word for sign in ("", "+") for word in (".inf", ".Inf", ".INF")),
        float("inf"),
    ),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}

# YAML 1.2.2, 10.3.2: tag resolution of the core schema.
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def scalar(text: str) -> Scalar:
    """Return the value of an unquoted word.

    `no`, `on`, `10:30` and `2027-11-17` are text, as in YAML 1.2.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+.0123456789" and len(text) <= LONGEST_NUMBER:
        return _number(text)
    return text


def _number(text: str) -> str | int | float:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return int(text, base=8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, base=16)
    return text
