"""What every part of a spec file has in common, and texts in several languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AliasGenerator, BaseModel, ConfigDict, Field

from engine.spec.spans import Written, refuse

LANGUAGES = ("da", "nb", "en")
FEWEST_ANSWERS = 3
Language = Literal["da", "nb", "en"]


def _spaced(name: str) -> str:
    return name.removesuffix("_").replace("_", " ")


class SpecPart(BaseModel):
    """A mapping in a spec file: frozen, no unknown keys, keys written with spaces."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=AliasGenerator(alias=_spaced),
        populate_by_name=False,
        arbitrary_types_allowed=False,
    )


def _not_empty(texts: Mapping[Language, str]) -> Mapping[Language, str]:
    if not texts:
        raise refuse(
            "no text in any language", "for example {da: Opstart, en: Kick-off}"
        )
    return texts


Texts = Annotated[Mapping[Language, str], AfterValidator(_not_empty)]
"""A text by language."""


def text_in(texts: Mapping[Language, str], language: str) -> str:
    """Return the text in a language, or the first one where it has none."""
    for known, text in texts.items():
        if known == language:
            return text
    return next(iter(texts.values()))


Audience = str | tuple[str, ...]
"""`everyone`, a role in the plural, or a list of these."""


@dataclass(frozen=True, slots=True)
class Anonymity(Written):
    """How many answers must be in before any are shown: `at least 5 answers`."""

    least: int

    def __str__(self) -> str:
        """Return it as a coordinator would write it."""
        return f"at least {self.least} answers"

    @classmethod
    def parse(cls, phrase: str) -> Self:
        """Return the protection of a phrase; below 3, answers point at people."""
        found = re.fullmatch(r"at least (\d+) answers", phrase)
        if not found:
            raise refuse(
                f"{phrase!r} is not a protection",
                "write, for example, `at least 5 answers`",
            )
        if int(found[1]) < FEWEST_ANSWERS:
            raise refuse(
                "fewer than 3 answers hide nobody",
                "write, for example, `at least 5 answers`",
            )
        return cls(int(found[1]))


class Question(SpecPart):
    """One question of an evaluation."""

    ask: Texts = Field(
        description="The question, in each language.",
        examples=[{"da": "Var det nyttigt?", "en": "Was it useful?"}],
    )
    scale: Literal["1-5"] | None = Field(
        default=None,
        description="Answered from 1, not at all, to 5, very much.",
        examples=["1-5"],
    )
    words: Literal["free"] | None = Field(
        default=None,
        description="`free`: answered in the person's own words.",
        examples=["free"],
    )

    def model_post_init(self, _context: object) -> None:
        """Refuse a question that is answered in no way, or in two."""
        if (self.scale is None) == (self.words is None):
            raise refuse(
                "a question is answered in one way",
                "write either `scale: 1-5` or `words: free`",
                key="words",
                needs="words",
            )
