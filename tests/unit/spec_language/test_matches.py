"""How many are in a match and who is asked, as a coordinator writes it."""

import pytest
from pydantic_core import PydanticCustomError

from engine.spec.matches import Confirmation, MatchPart, Size


@pytest.mark.parametrize(
    ("phrase", "size"),
    [
        ("6 mentees to 1 mentor", Size(6, 6, "mentees", "mentor")),
        ("4 to 6 mentees to one mentor", Size(4, 6, "mentees", "mentor")),
        ("six to eight members", Size(6, 8, "members", "")),
        ("1 mentee to a mentor", Size(1, 1, "mentee", "mentor")),
    ],
)
def test_a_size_counts_those_who_are_placed(phrase: str, size: Size) -> None:
    assert Size.parse(phrase) == size
    assert Size.parse(str(size)) == size


@pytest.mark.parametrize(
    ("phrase", "remedy"),
    [
        ("six", "write, for example, `6 mentees to 1 mentor` or `6 to 8 members`"),
        (
            "0 to 6 members",
            "write, for example, `6 mentees to 1 mentor` or `6 to 8 members`",
        ),
        ("8 to 6 members", "write `6 to 8 members`"),
        (
            "6 mentees to 2 mentors",
            "write, for example, `6 mentees to 1 mentor` or `6 to 8 members`",
        ),
    ],
)
def test_a_size_that_is_none_says_what_would_be(phrase: str, remedy: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        Size.parse(phrase)

    assert (caught.value.context or {})["remedy"] == remedy


@pytest.mark.parametrize(
    ("phrase", "turns"),
    [
        ("everyone", [("m", "a", "b")]),
        ("mentor first, then mentee", [("m",), ("a", "b")]),
        ("mentee first, then mentor", [("a", "b"), ("m",)]),
        ("mentor alone", [("m",)]),
    ],
)
def test_people_are_asked_in_the_order_that_is_written(
    phrase: str, turns: list[tuple[str, ...]]
) -> None:
    confirmation = Confirmation.parse(phrase)

    asked = confirmation.asked({"mentor": ("m",), "mentee": ("a", "b")})

    assert list(asked) == turns
    assert str(confirmation) == phrase


@pytest.mark.parametrize("phrase", ["mentor", "mentor first", "a first, then a", ""])
def test_an_order_of_asking_that_is_none_is_refused(phrase: str) -> None:
    with pytest.raises(PydanticCustomError, match="does not say who is asked"):
        Confirmation.parse(phrase)


@pytest.mark.parametrize(
    ("shape", "roles", "placed", "repeated"),
    [
        ("pairs", ("mentor", "mentee"), "mentee", "mentor"),
        ("groups", ("mentor", "mentee"), "mentee", "mentor"),
        ("trios", ("talent", "manager", "mentor"), "talent", "mentor"),
        ("buddies", ("talent",), "talent", None),
        ("networks", ("member",), "member", None),
    ],
)
def test_a_shape_says_who_is_placed_and_who_may_have_several(
    shape: str, roles: tuple[str, ...], placed: str, repeated: str | None
) -> None:
    part = MatchPart.model_validate({"shape": shape, "roles": roles})

    assert (part.placed, part.repeated, part.asked({})) == (placed, repeated, ())


def test_whoever_joins_a_network_is_in_it_and_no_other_shape_is_joined() -> None:
    network = {"shape": "networks", "roles": ["member"], "joined by": "consultant"}
    joined = MatchPart.model_validate(network)
    buddies = MatchPart.model_validate({**network, "shape": "buddies"})

    assert joined.everybody == ("member", "consultant")
    assert buddies.everybody == ("member",)
