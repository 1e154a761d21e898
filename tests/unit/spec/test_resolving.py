"""A resolved programme can be read again, and says where its values come from."""

import json

from hypothesis import given
from hypothesis import strategies as st

from engine.spec.composing import compose
from engine.spec.positions import Plain
from engine.spec.resolving import resolved_text
from tests.unit.spec.test_variants import document, phase

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
    max_size=12,
).filter(lambda text: all(ord(sign) not in (0x2028, 0x2029, 0xFEFF) for sign in text))
keys = st.text(
    st.sampled_from("abc -:#'\"{}[],&*!|>%@`~<?.0123456789"), min_size=1, max_size=8
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | texts
    | st.sampled_from(("no", "null", "1e3", "0o7", "<<", "- x", "a: b", "---", "~"))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, min_size=1, max_size=4))
def test_whatever_a_file_says_is_said_again(whole: dict[str, Plain]) -> None:
    # JSON is YAML, whatever the text.
    read = compose(json.dumps(whole, ensure_ascii=False), source="x.json")
    assert read.plain == whole

    again = compose(resolved_text(read), source="again")

    assert (again.plain, again.faults) == (whole, ())


def test_it_says_what_is_taken_over_and_what_was_changed() -> None:
    found = document(
        "title: {en: Short}\nlanguages: [en, da]\nleave out: [phase intro, people]\n"
        + phase("closing", "- evaluation: final\n  open for: 7 days\n")
    )

    lines = resolved_text(found).splitlines()

    assert lines[:12] == [
        "# yaml-language-server: $schema=../programme.schema.json",
        "# All that short says.",
        "stafet: 1",
        "programme: short",
        "",
        "title:",
        "  da: Mentorforløb  # from base",
        "  en: Short  # was Mentoring",
        "timezone: Europe/Copenhagen  # from base",
        "languages: [en, da]  # was [da, en]",
        "",
        "matches:  # from base",
    ]
    first = lines.index("      - evaluation: final")
    assert lines[first : first + 5] == [
        "      - evaluation: final",
        "        title: {da: Evaluering, en: Evaluation}  # from base",
        "        when: 2 hours after closing  # from base",
        "        open for: 7 days  # was 14 days",
        "        for: everyone  # from base",
    ]
