"""What a coordinator is shown for each kind of fault, compared with golden files.

To write them anew after a change of words, and then read the difference:

    .venv/bin/python -m tests.unit.spec.test_golden_faults
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from engine.spec.faults import render
from engine.spec.reading import KeywordUnion, read

CASES = Path(__file__).parents[2] / "golden" / "faults"


def span(phrase: str) -> str:
    if not phrase.endswith(("hours", "days", "weeks")):
        raise PydanticCustomError(
            "span",
            "'{phrase}' is not a length of time",
            {"phrase": phrase, "remedy": "for example 3 hours"},
        )
    return phrase


Span = Annotated[str, AfterValidator(span)]


class Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.removesuffix("_").replace("_", " "),
    )


class Edition(Part):
    theme: str
    lasts: Span | None = None


class Gathering(Part):
    kind: str
    name: str
    when: str
    lasts: Span = Field(examples=["3 hours"])
    for_: Literal["everyone"] | tuple[Literal["mentors", "mentees"], ...] = "everyone"
    hold_the_date: Literal["at once"] | Span | None = None
    editions: tuple[Edition, ...] = ()


class Evaluation(Part):
    kind: str
    name: str
    opens: int = Field(ge=0, le=30)
    closes: int = Field(ge=0, le=30)
    anonymous: bool = False
    questions: Mapping[Literal["scale", "free"], str] = Field(min_length=1)

    @model_validator(mode="after")
    def closes_after_it_opens(self) -> Self:
        if self.closes < self.opens:
            raise PydanticCustomError(
                "order",
                "it closes before it opens",
                {"at": "closes", "remedy": "write a later day"},
            )
        return self


class Calendar(Part):
    holidays: Literal["DK", "NO"]
    weight: float = 1.0


class Programme(Part):
    stafet: Literal[1]
    programme: str
    calendar: Calendar = Calendar(holidays="DK")
    rules: tuple[Mapping[str, int], ...] = ()
    activities: tuple[
        Annotated[
            Gathering | Evaluation,
            KeywordUnion({"gathering": Gathering, "evaluation": Evaluation}),
        ],
        ...,
    ] = ()


def shown(case: Path) -> str:
    text = (case / "input.yaml").read_bytes().decode()
    reading = read(text, source="programme.yaml", model=Programme)
    return render(reading.faults) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_fault_is_shown_as_in_its_golden_file(case: Path) -> None:
    expected = (case / "errors.txt").read_text(encoding="utf-8")

    assert shown(case) == expected


def test_there_is_a_golden_file_for_every_kind_of_fault() -> None:
    assert len(list(CASES.iterdir())) >= 20


if __name__ == "__main__":
    for folder in sorted(CASES.iterdir()):
        (folder / "errors.txt").write_text(shown(folder), encoding="utf-8")
