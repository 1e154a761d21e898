"""Writing to people outside the plan: one text a language, each gets theirs."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from engine.commands.decision import Decision, RefusedError
from engine.commands.standing import Standing
from engine.facts import Messaged
from engine.ids import PersonId
from engine.letters.outgoing import (
    Outgoing,
    Worded,
    common,
    first_name,
    mail,
    words_for,
)
from engine.letters.texts import OWN_PLACEHOLDERS, Wording, fill
from engine.posts import Section
from engine.record import Record
from engine.spec.wording import listed, nearest, quoted

KIND = "message"
_FILLED = OWN_PLACEHOLDERS - {"activity"}
_SPOKEN = {"first name": "name"}
"""How else a placeholder may be written."""

_BRACED = re.compile(r"\{([^{}\n]*)\}")
_WEEK = dt.timedelta(days=7)


def message(
    standing: Standing,
    *,
    people: Sequence[PersonId],
    words: Mapping[str, Wording],
    now: dt.datetime,
) -> Decision:
    """Write to people, in sending hours; what a week kept back is not sent any more.

    The fact holds no words: they are written down beside it, by language.

    Raises:
        RefusedError: If a language is missing that one of them reads, or is none of the
            programme's; if a text is empty or a placeholder is not known.
    """
    record = standing.record
    _refuse(record, people, words)
    name = f"{KIND}-{len(record.state.messages) + 1}"
    mails = [_mail(record, name, person, words, now=now) for person in people]
    written = {
        f"{name}/{key}/{language}": text
        for language, one in words.items()
        for key, text in (("subject", one.subject), ("text", one.text))
    }
    told = Messaged(message=name, people=tuple(people))
    return Decision(events=(told,), mails=mails, written=written)


def _mail(
    record: Record,
    name: str,
    person: PersonId,
    words: Mapping[str, Wording],
    *,
    now: dt.datetime,
) -> Outgoing:
    reader = record.people[person]
    values = common(record, words_for(record, person), person)
    values |= {"name": first_name(reader.name)}
    own = words[record.language(person)]
    subject, text = (fill(_plain(one), values) for one in (own.subject, own.text))
    key = f"{record.id}/{name}/{person}"
    sections = (Section(title=subject, paragraphs=_paragraphs(text)),)
    worded = Worded(key=key, kind=KIND, subject=subject, sections=sections)
    post, links = mail(record, reader, worded, now=now)
    leaves = record.days.sending(now)
    return Outgoing(
        post=post,
        lane=key,
        links=links,
        not_before=leaves,
        not_after=leaves + _WEEK,
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text.strip()))


def _plain(text: str) -> str:
    """Return the text with each placeholder as it is called in the spec."""
    return _BRACED.sub(lambda one: f"{{{_SPOKEN.get(one[1], one[1])}}}", text)


def _refuse(
    record: Record, people: Sequence[PersonId], words: Mapping[str, Wording]
) -> None:
    """Refuse words that not everybody can be sent, before anybody is."""
    known = record.frozen.programme.languages
    if strange := [one for one in words if one not in known]:
        problem = f"{listed(strange, last='and')} is no language of the programme"
        raise RefusedError(problem, f"it has {listed(known, last='and')}")
    lost = [one for one in people if record.language(one) not in words]
    if lost:
        missing = dict.fromkeys(record.language(one) for one in lost)
        who = ", ".join(record.people[one].id for one in lost)
        problem = f"the text is missing in {listed(list(missing), last='and')}"
        raise RefusedError(problem, f"add it for {who}")
    for language, one in words.items():
        for fault in _faults(one):
            raise RefusedError(f"{language}: {fault}", "nothing was sent")


def _faults(words: Wording) -> Iterator[str]:
    """Yield what is wrong with a text, and what to write."""
    if not words.text.strip() or not words.subject.strip():
        yield "write both a subject and a text"
    if "\n" in words.subject.strip():
        yield "write the subject on one line"
    for found in _BRACED.findall(f"{words.subject}\n{words.text}"):
        if _SPOKEN.get(found, found) not in _FILLED:
            guess = nearest(found, _FILLED)
            meant = [guess] if guess else sorted(_FILLED)
            can = listed([f"{{{one}}}" for one in meant])
            yield f"nothing fills in {quoted(f'{{{found}}}')}; write {can}"
