"""What was answered to each evaluation, as much of it as may be shown."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.evaluation.summary import SCALE, Result, Summary, summarise
from engine.letters.texts import Words
from engine.spec.activities import Evaluation, Handover
from engine.spec.model import text_in
from flows.rehearsal.report.likert import Bar, Counts, Scale, bar, scale_of
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import counted, decimal
from flows.rehearsal.report.year import Entry

Asked = Evaluation | Handover


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """A question answered on the scale.

    Attributes:
        told: What the bar shows, in words.
    """

    ask: str
    counts: Counts
    mean: str
    bar: Bar
    told: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """A question answered in people's own words, each text with its number."""

    ask: str
    texts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """One evaluation, or those of all matches together.

    Attributes:
        given: How many of how many answered.
        pooled: Over how many matches; empty for one that is for many.
        hidden: Why nothing is shown; empty where something is.
    """

    title: str
    when: str
    given: str
    pooled: str
    hidden: str
    rated: tuple[Rated, ...]
    worded: tuple[Worded, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """The entries of one evaluation, and what may be shown of the answers."""

    entries: Sequence[Entry]
    summary: Summary


def askings(material: Material, entries: Sequence[Entry]) -> tuple[Asking, ...]:
    """Return every evaluation in order of time, their bars on one scale."""
    found = [
        _found(material, asked, group) for asked, group in _groups(material, entries)
    ]
    rated = [
        tuple(result.counts.values())
        for one in found
        for result in one.summary.results
        if result.counts
    ]
    scale = scale_of(rated)
    return tuple(_asking(material, one, scale) for one in found)


def _groups(
    material: Material, entries: Sequence[Entry]
) -> Iterator[tuple[Asked, Sequence[Entry]]]:
    """Yield what was asked together: once for many, or once of each match."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        key = entry.activity if entry.match else entry.id
        groups.setdefault(key, []).append(entry)
    for group in groups.values():
        asked = material.record.frozen.programme.activity(group[0].activity)
        if isinstance(asked, (Evaluation, Handover)):
            yield asked, group


def _found(material: Material, asked: Asked, group: Sequence[Entry]) -> _Found:
    ids = {entry.id for entry in group}
    together = tuple(
        replace(one, occurrence=group[0].id)
        for one in material.responses
        if one.occurrence in ids
    )
    return _Found(entries=group, summary=summarise(asked, group[0].id, together))


def _asking(material: Material, found: _Found, scale: Scale) -> Asking:
    words, summary, entries = material.words, found.summary, found.entries
    asked = sum(entry.audience for entry in entries)
    given = words.get("answers.given", given=str(summary.answers), asked=str(asked))
    own = entries[0].match is not None
    return Asking(
        title=entries[0].title,
        when="" if own else entries[0].when,
        given=given,
        pooled=counted(words, "answers.pooled", len(entries)) if own else "",
        hidden=_hidden(words, summary),
        rated=tuple(
            _rated(words, result, scale) for result in summary.results if result.counts
        ),
        worded=tuple(
            Worded(
                ask=text_in(result.ask, words.language),
                texts=tuple(Counter(result.words).items()),
            )
            for result in summary.results
            if result.words
        ),
    )


def _hidden(words: Words, summary: Summary) -> str:
    if summary.hidden:
        return words.get("answers.hidden", least=str(summary.least))
    return "" if summary.answers else words.get("answers.empty")


def _rated(words: Words, result: Result, scale: Scale) -> Rated:
    mean = decimal(words, result.mean or 0.0)
    counts = tuple(result.counts[step] for step in SCALE)
    parts = ", ".join(
        words.get("answers.bar-part", count=str(count), step=str(step))
        for step, count in zip(SCALE, counts, strict=True)
        if count
    )
    return Rated(
        ask=text_in(result.ask, words.language),
        counts=counts,
        mean=mean,
        bar=bar(counts, scale),
        told=words.get("answers.bar-label", parts=parts, mean=mean),
    )
