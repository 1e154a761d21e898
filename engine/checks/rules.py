"""Whether the sentences and aims of a match are understood."""

import re
from collections.abc import Iterator, Mapping, Sequence

from engine.checks.findings import Finding
from engine.checks.grounds import Grounds, columns, roles
from engine.checks.matches import check_roles
from engine.matching import Fault, RulesError, parse_aims
from engine.problems import rules_of
from engine.spec.faults import Path
from engine.spec.matches import MatchPart
from engine.spec.programme import Programme

_QUOTED = re.compile(r'"([^"]+)"')


def check_rules(programme: Programme) -> Iterator[Finding]:
    """Yield every rule and aim of a match that is not understood."""
    for kind, match in programme.matches.items():
        path = ("matches", kind)
        if not any(check_roles(programme)):
            yield from _rules(path, match, programme)
        yield from _aims(path, match)


def _rules(path: Path, match: MatchPart, programme: Programme) -> Iterator[Finding]:
    try:
        rules_of(programme, match)
    except RulesError as error:
        sides, known = roles(programme), columns(programme)
        grounds = Grounds(
            values=sides.values + known.values, gaps=sides.gaps + known.gaps
        )
        places = {
            "require": _places((*path, "require"), match.require),
            "prefer": _places((*path, "prefer"), match.prefer),
        }
        for fault in error.faults:
            part, number = fault.where
            where, value = places[part][number]
            at_key = _is_about_key(fault, str(where[-1]), value)
            yield Finding(
                where, fault.problem, fault.remedy, key=at_key, grounds=grounds
            )


def _places(
    path: Path, rules: Sequence[Mapping[str, object]]
) -> list[tuple[Path, object]]:
    """Return where each rule stands, in the order in which they are parsed."""
    return [
        ((*path, number, key), value)
        for number, rule in enumerate(rules)
        for key, value in rule.items()
    ]


def _is_about_key(fault: Fault, key: str, value: object) -> bool:
    """Return whether the left of the colon is wrong, and not the right of it."""
    if isinstance(value, int):
        return not fault.problem.startswith(str(value))
    named = _QUOTED.search(fault.problem)
    text = " ".join(str(value).replace("’", "'").split())
    return named is not None and named[1] in key and named[1] not in text


def _aims(path: Path, match: MatchPart) -> Iterator[Finding]:
    try:
        parse_aims(match.aim)
    except RulesError as error:
        for fault in error.faults:
            _, number = fault.where
            yield Finding((*path, "aim", number), fault.problem, fault.remedy)
