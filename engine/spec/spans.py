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

PHRASE = "phrase"
"""The key under which a schema says which kind of phrase a value is."""

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
HALF_A_DAY = "half a day"
_SPAN = re.compile(rf"({NUMBER}) (minute|hour|day|week|month|year)s?")
_COUNTED = re.compile(rf"\b({NUMBER}) ([^\W\d]+)")
_QUORUM = re.compile(rf"({NUMBER}) of ({NUMBER})")
_EARNED = re.compile(rf"({NUMBER}) of ([a-z][a-z0-9-]*)")
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
    ) -> dict[str, object]:
        """Describe the phrase to an editor."""
        about = (cls.__doc__ or "").split("\n")[0]
        return {"type": "string", "description": about, PHRASE: (cls.__name__, about)}

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
        """Return the span of a phrase; half a day is four hours."""
        if phrase == HALF_A_DAY:
            return cls(4, "hour")
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


@dataclass(frozen=True, slots=True)
class About(Span):
    """A length of time that may be called rough, such as `about 4 weeks`."""

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the span of a phrase."""
        span = Span.parse(phrase.removeprefix("about "))
        return cls(span.count, span.unit)


@dataclass(frozen=True, slots=True)
class Cadence(Written):
    """How often, at first and later: `2 to 3 weeks for 3 months, then 5 to 6 weeks`.

    Attributes:
        paces: Each with how long it holds, counted from the first meeting; the last
            one holds to the end.
    """

    paces: tuple[tuple[SpanRange, Span | None], ...]

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return ", then ".join(
            f"{every} for {holds}" if holds else str(every)
            for every, holds in self.paces
        )

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the cadence of a phrase; a plain range holds all the time."""
        *early, last = phrase.split(", then ")
        paces: list[tuple[SpanRange, Span | None]] = []
        for words in early:
            every, found, holds = words.partition(" for ")
            if not found:
                raise refuse(
                    f"nothing says how long {words!r} holds",
                    "for example 2 weeks for 3 months, then 5 to 6 weeks",
                )
            paces.append((SpanRange.parse(every), Span.parse(holds)))
        return cls((*paces, (SpanRange.parse(last), None)))


@dataclass(frozen=True, slots=True)
class Quorum(Written):
    """How many of how many have to come, such as `4 of 6`."""

    least: int
    of: int

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.least} of {self.of}"

    @property
    def spare(self) -> int:
        """How many may stay away."""
        return self.of - self.least

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the quorum of a phrase."""
        found = _QUORUM.fullmatch(phrase)
        if not found or not 0 < number(found[1]) <= number(found[2]):
            raise refuse(
                f"{phrase!r} is not how many have to come", "for example 4 of 6"
            )
        return cls(number(found[1]), number(found[2]))


@dataclass(frozen=True, slots=True)
class Earned(Written):
    """How many of an activity somebody has to come to, such as `2 of workshop`."""

    least: int
    activity: str

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"{self.least} of {self.activity}"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return what it takes."""
        found = _EARNED.fullmatch(phrase)
        if not found:
            raise refuse(
                f"{phrase!r} is not what it takes", "for example 2 of workshop"
            )
        return cls(number(found[1]), found[2])


def _with_unit(found: re.Match[str]) -> str:
    """Return `90 minutes` for `90 minuts`."""
    ending = "" if found[1] in {"1", "a", "an", "one"} else "s"
    unit = nearest(found[2], [f"{unit}{ending}" for unit in UNITS])
    return f"{found[1]} {unit or found[2]}"


def _unit(word: str) -> Unit:
    return next(unit for unit in UNITS if unit == word)
