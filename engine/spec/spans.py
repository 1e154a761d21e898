"""Lengths of time as people write them: `2 weeks`, `90 minutes`, `4 to 6 weeks`."""

import re
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import (
    CoreSchema,
    PydanticCustomError,
    PydanticKnownError,
    core_schema,
)

from engine.spec.wording import nearest

Unit = Literal["minute", "hour", "day", "week", "month", "year"]

UNITS: tuple[Unit, ...] = ("minute", "hour", "day", "week", "month", "year")
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1}
NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
SPAN = rf"{NUMBER} (?:minute|hour|day|week|month|year)s?"
_SPAN = re.compile(rf"({NUMBER}) (minute|hour|day|week|month|year)s?")
_COUNTED = re.compile(rf"\b({NUMBER}) ([^\W\d]+)")
_RANGE = re.compile(rf"({NUMBER})(?: to | ?- ?)({SPAN})")


def refuse(
    problem: str, remedy: str, *, key: str = "", needs: str = "", meant: str = ""
) -> PydanticCustomError:
    """Return the error that becomes a fault with this problem and remedy.

    Args:
        problem: What is wrong.
        remedy: What to write instead.
        key: The key of a mapping that it is at, if the file has it.
        needs: The key without which the mapping makes no sense.
        meant: What was plainly meant.
    """
    told = {"problem": problem, "remedy": remedy}
    return PydanticCustomError(
        "stafet", "{problem}", told | {"key": key, "needs": needs, "meant": meant}
    )


class Written:
    """A value that a coordinator writes as a phrase, and pydantic reads and dumps."""

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the value of a phrase, or raise the error of `refuse`."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Accept a phrase or the value itself; dump the phrase."""
        return core_schema.no_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: object
    ) -> dict[str, str]:
        """Describe the phrase to an editor."""
        return {"type": "string", "description": (cls.__doc__ or "").split("\n")[0]}

    @classmethod
    def _read(cls, written: object) -> Self:
        if isinstance(written, cls):
            return written
        if isinstance(written, bool) or not isinstance(written, str | int | float):
            raise PydanticKnownError("string_type")
        phrase = " ".join(str(written).split())
        try:
            return cls.parse(phrase)
        except PydanticCustomError as error:
            meant = _COUNTED.sub(_with_unit, phrase)
            if meant == phrase or not cls._is_understood(meant):
                raise
            problem = str((error.context or {}).get("problem", ""))
            raise refuse(problem, f"write `{meant}`", meant=meant) from None

    @classmethod
    def _is_understood(cls, phrase: str) -> bool:
        try:
            cls.parse(phrase)
        except PydanticCustomError:
            return False
        return True


def number(word: str) -> int:
    """Return the number that a word or digits stand for."""
    return _NUMBER_WORDS[word] if word in _NUMBER_WORDS else int(word)


@dataclass(frozen=True, slots=True)
class Span(Written):
    """A length of time, such as `2 weeks`, `90 minutes` or `a month`."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    @property
    def exact(self) -> bool:
        """Whether it is counted in hours or minutes, and not in days of a calendar."""
        return self.unit in ("minute", "hour")

    @property
    def minutes(self) -> int:
        """Its length in minutes; only for spans that are `exact`."""
        return self.count * (60 if self.unit == "hour" else 1)

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the span of a phrase."""
        found = _SPAN.fullmatch(phrase)
        if not found:
            raise refuse(
                f"{phrase!r} is not a length of time", "for example 2 weeks or 3 hours"
            )
        return cls(number(found[1]), _unit(found[2]))


@dataclass(frozen=True, slots=True)
class SpanRange(Written):
    """A shortest and a longest length of time, such as `4 to 6 weeks`."""

    least: Span
    most: Span

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        if self.least == self.most:
            return str(self.most)
        return f"{self.least.count} to {self.most}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the range of a phrase; a plain span is a range of one length."""
        phrase = phrase.removeprefix("about ")
        found = _RANGE.fullmatch(phrase)
        if not found:
            return cls(Span.parse(phrase), Span.parse(phrase))
        most = Span.parse(found[2])
        least = Span(number(found[1]), most.unit)
        if least.count > most.count:
            raise refuse(
                f"{phrase!r} runs backwards",
                f"{most.count} to {least.count} {most.unit}s",
            )
        return cls(least, most)


def _with_unit(found: re.Match[str]) -> str:
    """Return `90 minutes` for `90 minuts`."""
    ending = "" if found[1] in {"1", "a", "an", "one"} else "s"
    unit = nearest(found[2], [f"{unit}{ending}" for unit in UNITS])
    return f"{found[1]} {unit or found[2]}"


def _unit(word: str) -> Unit:
    return next(unit for unit in UNITS if unit == word)
