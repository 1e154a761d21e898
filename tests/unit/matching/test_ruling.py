"""How a rule about all members is said beside how many twos keep it."""

import pytest

from engine.matching import of_two, parse_rules
from engine.matching.ruling import word_clause
from tests.unit.matching.cases import BOTH, COLUMNS, SIDES

WORDS = {
    "different departments": ("forskellige forvaltninger", "ulike avdelinger"),
    "same location": ("samme arbejdssted", "samme arbeidssted"),
    "outside each other's reporting line": (
        "uden for hinandens ledelseslinje",
        "utenfor hverandres lederlinje",
    ),
    "not among each other's wishes": (
        "ikke blandt hinandens ønsker",
        "ikke blant hverandres ønsker",
    ),
    "goals in common": ("mål til fælles", "mål til felles"),
    "complementary strengths": (
        "styrker, som kun den ene har",
        "styrker som bare den ene har",
    ),
    "near in level": ("tæt på hinanden i niveau", "nær hverandre i nivå"),
    "at least 2 goals in common": ("mindst 2 mål til fælles", "minst 2 mål til felles"),
}


ORDERED = {
    "mentor's strengths cover mentee's goals": (
        "mentors styrker dækker mentees mål",
        "styrker hos mentor dekker mål hos mentee",
    ),
    "mentee's wishes in order": ("mentees ønsker", "ønskene fra mentee"),
    "mentor's level above mentee's": (
        "mentor over mentee i niveau",
        "mentor over mentee i nivå",
    ),
}


@pytest.mark.parametrize("sentence", ORDERED)
def test_so_is_one_that_looks_at_each_in_another_way(sentence: str) -> None:
    rules = parse_rules((), [(sentence, 1)], columns=COLUMNS, speech=of_two(SIDES))
    clause = rules.prefer[0].clause

    said = [word_clause(clause, language, {}) for language in ("da", "nb", "en")]

    assert said == [*ORDERED[sentence], sentence]


def test_a_limit_is_said_with_what_its_column_is_called() -> None:
    rules = parse_rules(
        [("mentee", "at least 2 years")], (), columns=COLUMNS, speech=of_two(SIDES)
    )

    assert word_clause(rules.require[0], "da", {"years": "år i job"}) == (
        "mindst 2 år i job"
    )


@pytest.mark.parametrize("sentence", WORDS)
def test_a_rule_about_two_is_said_in_their_language(sentence: str) -> None:
    rules = parse_rules(
        (), [(f"{BOTH}, {sentence}", 1)], columns=COLUMNS, speech=of_two(SIDES)
    )
    clause = rules.prefer[0].clause

    said = [word_clause(clause, language, {}) for language in ("da", "nb", "en")]

    assert said == [*WORDS[sentence], clause.sentence]
