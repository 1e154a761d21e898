"""Identities that look random, and are the same every time."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from engine.derive import calendar_uid, derive, token, token_hash
from engine.ids import CohortId, OccurrenceId

KEY = b"k" * 32
parts = st.lists(st.text(max_size=5), min_size=1, max_size=4)


@given(one=parts, other=parts)
def test_only_the_same_parts_derive_the_same(one: list[str], other: list[str]) -> None:
    assert (derive(KEY, *one) == derive(KEY, *other)) == (one == other)


@given(said=parts)
def test_another_key_derives_something_else(said: list[str]) -> None:
    assert derive(KEY, *said) != derive(b"l" * 32, *said)


def test_an_identity_never_changes() -> None:
    # Calendars, inboxes and links out there hold these: no release may change them.
    uid = calendar_uid(KEY, CohortId("relay/2027"), OccurrenceId("workshop-2"))

    assert uid == "6a1e2f3c-20e1-4d6c-ac5d-0f0e82c44174"
    assert token(KEY, "answer", "p1") == (
        "d46854ff2f2fdbbd97d8f1b6e2686ab26c25d050f662c34a25a57fe91d70c24b"
    )
    assert token_hash("secret") == (
        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
    )


def test_a_calendar_uid_is_a_uuid_of_its_own_for_each_occurrence_and_cohort() -> None:
    uids = {
        calendar_uid(KEY, CohortId(cohort), OccurrenceId(occurrence))
        for cohort in ("relay/2027", "relay/2028")
        for occurrence in ("workshop-1", "workshop-2")
    }

    assert len(uids) == 4
    assert {uuid.UUID(uid).version for uid in uids} == {4}
