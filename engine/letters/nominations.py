"""What letters say of a nomination: to whom who is named, and to nobody else."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.facts import Noticed
from engine.ids import PersonId
from engine.letters.details import Context, activity_of
from engine.letters.texts import Words
from engine.nominations import Nominating, nominating
from engine.nominees import Nominee, Place
from engine.record import Record
from engine.spec.activities import Nomination
from engine.spec.model import text_in
from engine.timeline.model import Timeline

Details = tuple[tuple[str, str], ...]

CRITERIA = ("nominate", "nominee")
"""Wordings beside which stands what to look for."""

_BULLET = "• "
_MEANT: Mapping[str, Place] = {
    "nominee-consent": "consent",
    "nominee": "asked",
    "nominee-waiting": "waiting",
    "nominee-admitted": "admitted",
}
"""Where a nominee stands for whom a wording is still meant."""


def nomination_values(context: Context) -> dict[str, str]:
    """Return the placeholders of a nomination: for which role, and who is named."""
    activity, words = activity_of(context), context.words
    if not isinstance(activity, Nomination):
        return {}
    by = activity.by
    values = {"by": by if isinstance(by, str) else text_in(by, words.language)}
    asked, nominee = _asked(context), _nominee(context)
    if asked is not None:
        values["role"] = context.record.role_title(asked.role, words.language)
    if asked is not None and nominee is not None:
        local = context.record.days.zone.local(asked.answer_by(nominee))
        values["answer"] = words.date(local)
        values["nominator"] = context.record.people[nominee.by].name
    return values


def criteria(context: Context) -> Iterator[str]:
    """Yield what to look for, as paragraphs."""
    activity, words = activity_of(context), context.words
    if isinstance(activity, Nomination) and activity.criteria:
        yield words.get("nominate.criteria")
        for one in activity.criteria:
            yield _BULLET + text_in(one, words.language)


def is_settled(notice: Noticed, record: Record, timeline: Timeline) -> bool:
    """Return whether what a notice of a nomination tells or asks does not hold now."""
    asked = nominating(record, timeline, notice.occurrence)
    wording = notice.wording.removesuffix("-again")
    if asked is None:
        return False
    if wording in _MEANT:
        key = (asked.one.id, notice.about or notice.person)
        return record.state.nominees[key].place != _MEANT[wording]
    if wording == "nominate":
        return notice.person not in asked.short
    return wording == "nominee-replace" and not asked.owes_another(notice.person)


def wanted(asked: Nominating, nominator: PersonId, words: Words) -> tuple[str, str]:
    """Return how many of each kind somebody is still asked for, with its label."""
    left = asked.missing(nominator)
    if asked.column is None:
        told = ", ".join(map(str, left.values()))
    else:
        part = asked.record.frozen.programme.columns[asked.column]
        counts = (
            f"{part.shown(kind, words.language)}: {count}"
            for kind, count in left.items()
        )
        told = ", ".join(counts)
    return words.get("label.wanted"), told


def _asks(context: Context) -> Details:
    asked, words = _asked(context), context.words
    if asked is None:
        return ()
    until = words.date(context.record.days.zone.local(asked.one.ends))
    rows = (
        wanted(asked, context.notice.person, words),
        (words.get("label.due"), until),
    )
    return tuple(row for row in rows if row[1])


def _answer(context: Context) -> Details:
    by = nomination_values(context).get("answer", "")
    return ((context.words.get("label.until"), by),)


def _stands(context: Context) -> Details:
    """Return where everybody stands, for the coordinator."""
    asked, words = _asked(context), context.words
    if asked is None:
        return ()
    rows = [
        ("label.admitted", _in(asked, "admitted")),
        ("label.waiting", [one.person for one in asked.queue]),
        ("label.unanswered", _in(asked, "consent", "asked")),
        ("label.declined", _in(asked, "declined", "withheld")),
        ("label.refused", _in(asked, "refused")),
        ("label.silent", asked.silent),
    ]
    found = [(words.get(label), _names(asked, who)) for label, who in rows if who]
    if asked.free is not None:
        found.append((words.get("label.free"), str(asked.free)))
    return tuple(found)


def _silent(context: Context) -> Details:
    asked = _asked(context)
    who = asked.silent if asked else ()
    return ((context.words.get("label.silent"), _names(asked, who)),) if asked else ()


def _waiting(context: Context) -> Details:
    asked = _asked(context)
    who = [one.person for one in asked.queue] if asked else ()
    return ((context.words.get("label.waiting"), _names(asked, who)),) if asked else ()


def _asked(context: Context) -> Nominating | None:
    one, activity = context.one, activity_of(context)
    if one is None or not isinstance(activity, Nomination) or not activity.nominators:
        return None
    return Nominating(record=context.record, one=one, activity=activity)


def _nominee(context: Context) -> Nominee | None:
    """Return whom a notice is about: somebody else, or its reader."""
    notice = context.notice
    if notice.occurrence is None:
        return None
    key = (notice.occurrence, notice.about or notice.person)
    return context.record.state.nominees.get(key)


def _in(asked: Nominating, *places: Place) -> list[PersonId]:
    return [one.person for one in asked.nominees if one.place in places]


def _names(asked: Nominating, people: Iterable[PersonId]) -> str:
    return ", ".join(asked.record.people[one].name for one in people)


NOMINATION_DETAILS: Mapping[str, Callable[[Context], Details]] = {
    "nominate": _asks,
    "nominee-replace": _asks,
    "nominee": _answer,
    "nominee-consent": _answer,
    "nomination-stands": _stands,
    "nominators-silent": _silent,
    "nominees-wait": _waiting,
}
