"""How it is said what a rule finds in two people, language by language."""

from collections.abc import Mapping

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Common,
    Covers,
    Even,
    Mutual,
    Near,
    Together,
    Unnamed,
    Wished,
)
from engine.matching.findings import (
    Compared,
    Covered,
    Distance,
    InLine,
    Naming,
    Overlap,
    Ranked,
    WishRank,
)
from engine.matching.saying import both, plural_of, say, title_of, word_value

Titles = Mapping[str, str]


def word_finding(
    clause: Clause | Together, finding: object, language: str, titles: Titles
) -> str:
    """Return what one rule finds in two people."""
    match clause, finding:
        case Above(column=column), Ranked() as ranked:
            return _word_ranked(title_of(column, language, titles), ranked, language)
        case Covers(wanted=column), Covered() as covered:
            return _word_covered(title_of(column, language, titles), covered, language)
        case Wished(by=role), WishRank() as wish:
            return _word_wish(role, wish, language)
        case Alike() | Apart() | Unnamed() | Common() | Near() as even, _:
            return _word_even(even, finding, language, titles)
        case _:
            raise AssertionError(clause, finding)


def _word_even(clause: Even, finding: object, language: str, titles: Titles) -> str:
    match clause, finding:
        case Alike(column=column), Compared() as compared:
            return _word_compared(column, compared, language, titles)
        case Apart() | Unnamed() as rule, InLine() | Naming() as named:
            return _word_mutual(rule, named, language, titles)
        case Common() as rule, Overlap() as overlap:
            return _word_overlap(rule, overlap, language, titles)
        case Near(column=column), Distance() as distance:
            title = title_of(column, language, titles)
            return _word_distance(title, distance, language)
        case _:
            raise AssertionError(clause, finding)


def _word_compared(
    column: str, finding: Compared, language: str, titles: Titles
) -> str:
    one, other = (word_value(value, language) for value in finding.values)
    plural = plural_of(column, language)
    keys = {True: "same", False: "different" if plural else "differs", None: "not told"}
    if column in titles and not finding.same:
        keys[False] = "differs"
    return say(
        language,
        keys[finding.same],
        title=title_of(column, language, titles),
        plural=plural,
        one=one,
        both=both(one, other, language),
    )


def _word_mutual(
    rule: Mutual, finding: InLine | Naming, language: str, titles: Titles
) -> str:
    if isinstance(finding, InLine):
        return say(language, "apart" if finding.apart else "in line")
    title = title_of(rule.column, language, titles) if isinstance(rule, Unnamed) else ""
    return say(language, "named" if finding.named else "unnamed", title=title)


def _word_ranked(title: str, finding: Ranked, language: str) -> str:
    one, other = (word_value(value, language) for value in finding.values)
    if finding.steps is None:
        key = "not told"
    elif finding.steps == 0:
        key = "level"
    else:
        key = "above" if finding.steps > 0 else "below"
    return say(language, key, title=title, one=one, other=other)


def _word_covered(title: str, finding: Covered, language: str) -> str:
    key = "covers" if finding.covered else "covers none"
    return say(
        language,
        key if finding.wanted else "nothing wanted",
        part=len(finding.covered),
        whole=len(finding.wanted),
        title=title,
        tags=", ".join(finding.covered),
    )


def _word_overlap(rule: Common, finding: Overlap, language: str, titles: Titles) -> str:
    key = "only one" if rule.apart else "common"
    if not finding.tags:
        key = "nothing wanted" if not finding.named else f"no {key}"
    return say(
        language,
        key,
        title=title_of(rule.column, language, titles),
        part=len(finding.tags),
        whole=finding.named,
        tags=", ".join(finding.tags),
    )


def _word_distance(title: str, finding: Distance, language: str) -> str:
    one, other = (word_value(value, language) for value in finding.values)
    key = {None: "not told", 0: "level"}.get(finding.steps, "both told")
    return say(language, key, title=title, one=one, both=both(one, other, language))


def _word_wish(role: str, finding: WishRank, language: str) -> str:
    if finding.rank is None:
        key = "no such wish" if finding.wishes else "no wishes"
    else:
        ordinals = {1: "first wish", 2: "second wish", 3: "third wish"}
        key = ordinals.get(finding.rank, "wish")
    return say(language, key, role=role, rank=finding.rank)
