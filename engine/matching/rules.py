"""How the rule sentences of a spec become rules; every fault at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from engine.matching.clauses import Quota, Rules
from engine.matching.columns import Column
from engine.matching.faults import Fault, RuleError, RulesError, Where
from engine.matching.grammar import Grammar
from engine.matching.speech import Speech

Parsed = TypeVar("Parsed")


def parse_rules(
    require: Sequence[tuple[str, str]],
    prefer: Sequence[tuple[str, int]],
    *,
    columns: Mapping[str, Column],
    speech: Speech,
) -> Rules:
    """Return the rules of a match.

    Args:
        require: Subject and sentence of each: `mentor and mentee`, `same location`.
        prefer: Sentence and weight of each.
        columns: What the programme declares of its people.
        speech: Of whom the sentences may speak.

    Raises:
        RulesError: With every sentence that is not understood.
    """
    grammar = Grammar(columns=columns, speech=speech)
    faults: list[Fault] = []
    required = _collect("require", require, grammar.requirement, faults)
    if not faults:
        faults += _counted_twice([rules.quotas for rules in required])
        faults += _several_counted(required)
    preferred = _collect("prefer", prefer, grammar.preference, faults)
    if faults:
        raise RulesError(tuple(faults))
    return Rules(
        require=tuple(rule for one in required for rule in one.require),
        prefer=preferred,
        together=tuple(rule for one in required for rule in one.together),
        swaps=next((one.swaps for one in required if one.swaps), None),
        quotas=tuple(rule for one in required for rule in one.quotas),
        several=next((one.several for one in required if one.several), None),
    )


def _several_counted(required: Sequence[Rules]) -> Iterator[Fault]:
    """Yield that people are counted who have several matches each."""
    for index, rules in enumerate(required):
        if rules.several and any(one.quotas for one in required):
            problem = f'"{rules.several.sentence}" cannot be where people are counted'
            where: Where = ("require", index)
            yield Fault(where=where, problem=problem, remedy="leave one of them out")


def _counted_twice(quotas: Sequence[tuple[Quota, ...]]) -> Iterator[Fault]:
    """Yield a second column that is counted by, and a least above a most."""
    first: Quota | None = None
    for index, (quota,) in ((index, one) for index, one in enumerate(quotas) if one):
        first = first or quota
        where: Where = ("require", index)
        if quota.column != first.column:
            problem = f'people are counted by "{first.column}" already'
            remedy = f'count by "{first.column}" here too, or leave one out'
            yield Fault(where=where, problem=problem, remedy=remedy)
        elif _exclude(first, quota) or _exclude(quota, first):
            problem = f'"{quota.sentence}" cannot be beside "{first.sentence}"'
            yield Fault(where=where, problem=problem, remedy="change one of them")


def _exclude(least: Quota, most: Quota) -> bool:
    return most.most and not least.most and least.count > most.count


def _collect(
    part: Literal["require", "prefer"],
    entries: Sequence[tuple[str, str]] | Sequence[tuple[str, int]],
    parse: Callable[..., Parsed],
    faults: list[Fault],
) -> tuple[Parsed, ...]:
    parsed: list[Parsed] = []
    for index, entry in enumerate(entries):
        try:
            parsed.append(parse(*entry))
        except RuleError as error:
            where = (part, index)
            faults.append(
                Fault(where=where, problem=error.problem, remedy=error.remedy)
            )
    return tuple(parsed)
