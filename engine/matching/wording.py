"""How reasons, prices, shortages and breaches are said, language by language.

A language without texts gets English. A rule that a coordinator may change is quoted as
it stands in the spec.
"""

from collections.abc import Mapping

from engine.ids import PersonId
from engine.matching.clauses import (
    Limit,
    Rule,
)
from engine.matching.columns import running_as
from engine.matching.findings import (
    Counted,
    Gathered,
    Measured,
    Tally,
)
from engine.matching.phrases import word_finding
from engine.matching.result import (
    Alternative,
    Price,
    Reason,
    Relief,
    Shortage,
    Solution,
    Unmatched,
    Waiver,
)
from engine.matching.ruling import word_clause
from engine.matching.saying import (
    counted,
    joined,
    points_of,
    say,
    title_of,
    word_value,
)
from engine.matching.scoring import Barrier
from engine.matching.verify import Breach

Names = Mapping[PersonId, str]

NO_TITLES: Mapping[str, str] = {}


def word(
    reason: Reason, language: str, *, titles: Mapping[str, str] = NO_TITLES
) -> str:
    """Return a reason as a phrase, such as `different departments: Health and Schools`.

    Args:
        reason: What one rule says of a match.
        language: `da`, `en` or `nb`.
        titles: What columns are called, where that is not their name in the spec.
    """
    if isinstance(reason.finding, Tally | Gathered | Counted | Measured):
        return _word_counted(reason, reason.finding, language, titles)
    return word_finding(reason.clause, reason.finding, language, titles)


def _word_counted(
    reason: Reason,
    finding: Tally | Gathered | Counted | Measured,
    language: str,
    titles: Mapping[str, str],
) -> str:
    """Return a count of twos with what the rule asks for, or the values there are."""
    if isinstance(finding, Tally):
        part, whole = finding.share
        rule = word_clause(reason.clause, language, titles)
        return say(language, "tally", rule=rule, part=part, whole=whole)
    if isinstance(reason.clause, Limit) and _is_running(reason.clause):
        count = getattr(finding, "value", None)
        return say(language, "running", count=count, role=reason.clause.role)
    title = title_of(finding.column, language, titles)
    if isinstance(finding, Measured):
        return say(language, "measured", title=title, value=finding.value)
    if isinstance(finding, Counted):
        counts = (f"{word_value(value, language)} {n}" for value, n in finding.counts)
        return say(language, "measured", title=title, value=", ".join(counts))
    values = ", ".join(word_value(value, language) for value in finding.values)
    key = "gathered with exceptions" if finding.exceptions else "gathered"
    return say(language, key, title=title, values=values, count=finding.exceptions)


def _is_running(rule: Limit) -> bool:
    return rule.column == running_as(rule.role)


def word_proof(solution: Solution, language: str) -> str:
    """Return how it is known that nothing is better; empty where it is not."""
    if solution.status != "optimal":
        return ""
    key = "proven by prices" if solution.looked else "proven"
    return say(language, key, count=solution.looked)


def word_relief(relief: Relief, language: str) -> str:
    """Return what waiving a rule would bring: `without "...": 2 more matched`."""
    least, most = relief.size
    return say(
        language,
        "relief" if relief.sentence else "relief by size",
        rule=relief.sentence,
        least=least,
        most=most,
        count=relief.more,
    )


def word_alternative(
    alternative: Alternative, language: str, *, names: Names, whose: bool = False
) -> str:
    """Return partner, points and price, such as `Bo Dal, 450 points: at no cost`.

    With `whose` it begins with who would have them.
    """
    return say(
        language,
        "alternative of" if whose else "alternative",
        person=names[alternative.person],
        name=names[alternative.partner],
        points=points_of(alternative.points, language),
        price=word_price(alternative.price, language),
    )


def word_price(price: Price, language: str) -> str:
    """Return what forcing a pair takes from the whole, the gravest first."""
    parts = []
    if price.pairs:
        key = "fewer" if price.pairs > 0 else "more pairs"
        parts.append(say(language, key, count=abs(price.pairs)))
    if price.first:
        key = "fewer first" if price.first > 0 else "more first"
        parts.append(say(language, key, count=abs(price.first)))
    for lost, worse, better in (
        (price.worst, "worse", "better worst"),
        (price.total, "less", "more"),
    ):
        if lost:
            key = worse if lost > 0 else better
            parts.append(say(language, key, points=points_of(abs(lost), language)))
    if price.load:
        parts.append(say(language, "less even" if price.load > 0 else "more even"))
    return ", ".join(parts) or say(language, "free")


def word_unmatched(unmatched: Unmatched, language: str, *, names: Names) -> str:
    """Return why somebody has no match, with what forbids how many partners."""
    name = names[unmatched.person]
    if unmatched.cause == "nobody allowed" and unmatched.barriers:
        barriers = "; ".join(
            f"{word_barrier(barrier, language)}: {count}"
            for barrier, count in unmatched.barriers
        )
        return say(language, "ruled out", name=name, barriers=barriers)
    return say(language, unmatched.cause, name=name)


def word_shortage(shortage: Shortage, sides: tuple[str, str], language: str) -> str:
    """Return the numbers, such as `14 mentees share 13 possible mentors`."""
    people = counted("person of", len(shortage.people), shortage.role, language)
    if not shortage.partners:
        return say(language, "nobody for", people=people)
    other = next(side for side in sides if side != shortage.role)
    count = len(shortage.partners)
    key = "possible one" if count == 1 else "possible"
    partners = counted(key, count, other, language)
    if shortage.places == count:
        return say(language, "share", people=people, partners=partners)
    return say(
        language,
        "share places",
        people=people,
        places=shortage.places,
        partners=partners,
    )


def word_waiver(waiver: Waiver, language: str, *, names: Names) -> str:
    """Return the exception that would place one more, with the rules as in the spec."""
    people = (one for those in waiver.members.values() for one in those)
    one, other = (names[person] for person in people)
    rules = joined([word_barrier(rule, language) for rule in waiver.broken], language)
    return say(language, "waiver", one=one, other=other, rules=rules)


def word_breach(breach: Breach, language: str, *, names: Names) -> str:
    """Return what is wrong with a match, and whose it is."""
    people = joined([names.get(one, one) for one in breach.people], language)
    rule = "" if breach.rule is None else word_barrier(breach.rule, language)
    return say(language, f"breach {breach.kind}", people=people, rule=rule)


def word_barrier(barrier: Barrier | Rule, language: str) -> str:
    """Return what forbids two to be together."""
    if isinstance(barrier, str):
        return say(language, barrier)
    return f'"{barrier.sentence}"'
