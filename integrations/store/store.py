"""The recorded cohorts in a database."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from sqlalchemy import BindParameter, Engine, bindparam, select

from engine import crash
from engine.facts import Fact
from engine.ids import CohortId, PersonId
from engine.people import Participant
from engine.ports import Change, Link, Response
from integrations.store import rows, writes
from integrations.store.database import single, writing
from integrations.store.lanes import insert_messages, take_back, take_turn
from integrations.store.tables import (
    cohorts,
    enrolments,
    facts,
    frozen,
    links,
    people,
    responses,
    written,
)

_WRITTEN = crash.point("append: between write and commit")
_COMMITTED = crash.point("append: after commit")

_COHORT: BindParameter[str] = bindparam("cohort")

_COHORTS = select(cohorts.c.name)
_DUE = select(cohorts.c.next_due, cohorts.c.name).where(
    cohorts.c.next_due <= bindparam("now")
)
_NEXT_DUE = select(cohorts.c.next_due).where(cohorts.c.name == _COHORT)
_FROZEN = (
    select(frozen.c.revision, frozen.c.spec)
    .where(frozen.c.cohort == _COHORT)
    .order_by(frozen.c.revision.desc())
    .limit(1)
)
_PEOPLE = (
    select(people, *(column for column in enrolments.c if column.name != "cohort"))
    .join_from(enrolments, people)
    .where(enrolments.c.cohort == _COHORT)
)
_SURROGATES = select(people.c.key, people.c.id).where(
    people.c.key.in_(bindparam("keys", expanding=True))
)
_FACTS = (
    select(facts)
    .where(facts.c.cohort == _COHORT, facts.c.number > bindparam("after"))
    .order_by(facts.c.number)
)
_RESPONSES = select(responses).where(responses.c.cohort == _COHORT)
_IN_WORDS = select(written).where(written.c.cohort == _COHORT)
_LINK = select(links).where(links.c.hash == bindparam("hash"))


class SqlStore:
    """The recorded cohorts in the database of an engine that `prepare` has seen.

    Text is put in order here rather than there: databases disagree about it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cohorts(self) -> tuple[CohortId, ...]:
        """Return every recorded cohort, in order of name."""
        with single(self._engine) as connection:
            return tuple(sorted(connection.scalars(_COHORTS)))

    def due(self, now: dt.datetime) -> tuple[CohortId, ...]:
        """Return the cohorts whose next due moment is not after `now`, oldest first."""
        with single(self._engine) as connection:
            found = connection.execute(_DUE, {"now": now}).all()
        return tuple(CohortId(row.name) for row in sorted(found))

    def next_due(self, cohort: CohortId) -> dt.datetime | None:
        """Return when the cohort next has something to do."""
        with single(self._engine) as connection:
            found: dt.datetime | None = connection.scalar(_NEXT_DUE, {"cohort": cohort})
            return found

    def frozen(self, cohort: CohortId) -> tuple[int, str] | None:
        """Return the number and JSON of the revision in force; None if unrecorded."""
        with single(self._engine) as connection:
            found = connection.execute(_FROZEN, {"cohort": cohort}).first()
        return None if found is None else (found.revision, found.spec)

    def people(self, cohort: CohortId) -> tuple[Participant, ...]:
        """Return everyone ever enrolled in the cohort, in order of surrogate."""
        with single(self._engine) as connection:
            found = connection.execute(_PEOPLE, {"cohort": cohort}).mappings().all()
        everyone = (rows.participant(row) for row in found)
        return tuple(sorted(everyone, key=lambda each: _order(each.person)))

    def surrogates(self, keys: Iterable[str]) -> Mapping[str, PersonId]:
        """Return the known surrogates of these lower-case e-mail addresses."""
        with single(self._engine) as connection:
            found = connection.execute(_SURROGATES, {"keys": sorted(set(keys))})
            return {row.key: PersonId(row.id) for row in found}

    def next_person(self) -> int:
        """Return the first number that no surrogate has, nor had before a higher one.

        Two callers may get the same one: `append` refuses the second of them.
        """
        with single(self._engine) as connection:
            known = connection.scalars(select(people.c.id))
            return max((_order(PersonId(each))[0] for each in known), default=0) + 1

    def facts(self, cohort: CohortId, *, after: int = 0) -> tuple[Fact, ...]:
        """Return the cohort's facts with a number above `after`, in order."""
        wanted = {"cohort": cohort, "after": after}
        with single(self._engine) as connection:
            found = connection.execute(_FACTS, wanted).mappings().all()
        return tuple(rows.fact(row) for row in found)

    def append(self, cohort: CohortId, change: Change, *, expected: int) -> None:
        """Write a change in one transaction, if the last fact is still `expected`.

        Refused likewise is a surrogate that another cohort minted for somebody else at
        the same moment: nobody's address changes by an append of a cohort that they
        are not in.
        """
        with writing(self._engine) as connection:
            if change.messages:
                take_turn(connection)
            revision = writes.advance(connection, cohort, change, expected)
            writes.insert_facts(connection, cohort, change, expected)
            writes.insert_frozen(connection, cohort, change, revision)
            writes.enrol(connection, cohort, change.people)
            take_back(connection, cohort, change.leaving, now=change.at)
            insert_messages(connection, change.messages, now=change.at)
            writes.insert_links(connection, change.links)
            writes.insert_responses(connection, cohort, change.responses)
            writes.insert_written(connection, cohort, change.written)
            _WRITTEN()
        _COMMITTED()

    def written(self, cohort: CohortId) -> Mapping[str, str]:
        """Return what people wrote in their own words, by its name."""
        with single(self._engine) as connection:
            found = connection.execute(_IN_WORDS, {"cohort": cohort}).mappings().all()
        return {row["name"]: row["words"] for row in found}

    def responses(self, cohort: CohortId) -> tuple[Response, ...]:
        """Return what was handed in, ordered by evaluation and ballot."""
        with single(self._engine) as connection:
            found = connection.execute(_RESPONSES, {"cohort": cohort}).mappings().all()
        handed_in = (rows.response(row) for row in found)
        return tuple(sorted(handed_in, key=lambda one: (one.occurrence, one.ballot)))

    def link(self, token_hash: str) -> Link | None:
        """Return what a token is for, or None: unknown and revoked look the same."""
        with single(self._engine) as connection:
            found = connection.execute(_LINK, {"hash": token_hash}).mappings().first()
        return None if found is None else Link(**found)


def _order(person: PersonId) -> tuple[int, str]:
    digits = re.search(r"\d+$", person)
    return (int(digits.group()) if digits else 0, person)
