"""How it is said who else would place more, language by language."""

from collections.abc import Mapping

from engine.matching.profiles import ANOTHER
from engine.matching.recruiting import Appeal, Recruits
from engine.matching.saying import counted, joined, say, title_of, word_value
from engine.matching.wording import NO_TITLES


def word_appeal(
    appeal: Appeal, language: str, *, titles: Mapping[str, str] = NO_TITLES
) -> str:
    """Return it as a sentence: `2 more mentors (level: director) would place 3 more`.

    Args:
        appeal: Who is needed.
        language: `da`, `en` or `nb`.
        titles: What columns are called, where that is not their name in the spec.
    """
    asked = [_recruits(one, appeal, language, titles=titles) for one in appeal.recruits]
    people = joined(asked, language)
    if appeal.room > 1:
        people = say(language, "with room", people=people, room=appeal.room)
    key = "place" if not appeal.left else "place some"
    return say(language, key, people=people, count=appeal.more, left=appeal.left)


def _recruits(
    one: Recruits, appeal: Appeal, language: str, *, titles: Mapping[str, str]
) -> str:
    people = counted("more people", one.count, appeal.role, language)
    if not one.values:
        return people
    told = [_column(one, column, language, titles=titles) for column in one.values]
    return f"{people} ({'; '.join(told)})"


def _column(
    one: Recruits, column: str, language: str, *, titles: Mapping[str, str]
) -> str:
    """Return what may stand in a column, or what may not where that is shorter."""
    known = [value for value in one.values[column] if value != ANOTHER]
    others = one.others[column]
    fewer = ANOTHER in one.values[column] and len(others) < len(known)
    negative = not known or fewer
    values = joined(
        [word_value(value, language) for value in (others if negative else known)],
        language,
        last="or",
    )
    key = "none of" if negative else "gathered"
    return say(language, key, title=title_of(column, language, titles), values=values)
