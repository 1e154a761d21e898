"""Which words fit who meets: two read other ones than seven, who may not be asked."""

from collections.abc import Sequence

from engine.company import Company
from engine.letters.texts import Words
from engine.record import Record

_TWO = 2
_AGREED = "match-agreed"


def fitting(words: Words, wording: str, record: Record, company: Company | None) -> str:
    """Return the name of the text that fits those whom a notice is about.

    A text that has no words of its own for their shape or for more than two is for
    everybody.
    """
    plain = f"{wording}.text"
    if company is None:
        return plain
    part = record.frozen.programme.matches.get(company.match.kind)
    if wording == _AGREED and part and not part.asked(company.members):
        return f"{wording}.unasked"
    own = f"{wording}.{part.shape}" if part else plain
    if words.has(own):
        return own
    many = f"{wording}.many"
    return many if len(company.people) > _TWO and words.has(many) else plain


def listed(names: Sequence[str]) -> str:
    """Return names in a row."""
    *before, last = names or ("",)
    return f"{', '.join(before)} & {last}" if before else last
