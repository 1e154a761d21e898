"""What a rule asks for, in other languages than that of the spec."""

from collections.abc import Mapping

from engine.matching.clauses import (
    Above,
    Alike,
    Apart,
    Clause,
    Common,
    Covers,
    Limit,
    Near,
    Together,
    Unnamed,
    Wished,
)
from engine.matching.saying import plural_of, say, title_of
from engine.matching.texts import Texts

_TEXTS: Mapping[str, Texts] = {
    "da": {
        "same": "samme {title}",
        "different": "forskellige {plural}",
        "differs": "forskel i {title}",
        "common": "{title} til fælles",
        "at least": "mindst {count} {title} til fælles",
        "only one": "{title}, som kun den ene har",
        "least": "mindst {count} {title}",
        "most": "højst {count} {title}",
        "near": "tæt på hinanden i {title}",
        "above": "{upper} over {lower} i {title}",
        "covers": "{giver}s {offered} dækker {taker}s {title}",
        "wishes": "{role}s ønsker",
    },
    "nb": {
        "same": "samme {title}",
        "different": "ulike {plural}",
        "differs": "forskjell i {title}",
        "common": "{title} til felles",
        "at least": "minst {count} {title} til felles",
        "only one": "{title} som bare den ene har",
        "least": "minst {count} {title}",
        "most": "høyst {count} {title}",
        "near": "nær hverandre i {title}",
        "above": "{upper} over {lower} i {title}",
        "covers": "{offered} hos {giver} dekker {title} hos {taker}",
        "wishes": "ønskene fra {role}",
    },
}


def word_clause(
    clause: Clause | Together, language: str, titles: Mapping[str, str]
) -> str:
    """Return what a rule asks for, such as `samme arbejdssted`.

    As it stands in the spec where the language is the spec's, or has no words for it.
    """
    texts = _TEXTS.get(language, {})
    match clause:
        case Apart() if texts:
            return say(language, "apart")
        case Unnamed(column=column) if texts:
            return say(language, "unnamed", title=title_of(column, language, titles))
        case (
            Alike(column=column)
            | Common(column=column)
            | Near(column=column)
            | Above(column=column)
            | Covers(wanted=column)
            | Wished(column=column)
            | Limit(column=column)
        ) if texts:
            plural = "" if column in titles else plural_of(column, language)
            title = title_of(column, language, titles)
            parts = {"title": title, "plural": plural, **_parts(clause)}
            offered = title_of(str(parts.get("offered", "")), language, titles)
            text = texts[_key(clause, plural=plural)]
            return text.format(**{**parts, "offered": offered})
        case _:
            return clause.sentence


_KEYS: Mapping[type, str] = {
    Near: "near",
    Above: "above",
    Covers: "covers",
    Wished: "wishes",
}


def _key(clause: Clause | Together, *, plural: str) -> str:
    if isinstance(clause, Alike):
        different = "different" if plural else "differs"
        return "same" if clause.same else different
    if isinstance(clause, Common):
        shared = "common" if clause.least is None else "at least"
        return "only one" if clause.apart else shared
    if isinstance(clause, Limit):
        return "most" if clause.most else "least"
    return _KEYS[type(clause)]


def _parts(clause: Clause | Together) -> Mapping[str, object]:
    match clause:
        case Common(least=count) | Limit(count=count):
            return {"count": count}
        case Above(upper=upper, lower=lower):
            return {"upper": upper, "lower": lower}
        case Covers(giver=giver, offered=offered, taker=taker):
            return {"giver": giver, "offered": offered, "taker": taker}
        case Wished(by=role):
            return {"role": role}
        case _:
            return {}
