"""Whose surrogate is whose, across cohorts."""

from dataclasses import replace

from engine.commands.apply import apply
from engine.commands.minting import identify, surrogates
from tests.fakes.cohort_files import person
from tests.fakes.cohorts import recorded
from tests.fakes.nomination_files import APPLIED, nomination_files
from tests.fakes.nominations import opened


def test_an_address_gets_one_surrogate_and_keeps_it() -> None:
    store = recorded().unit.store

    found = surrogates(
        store, ["new@example.org", "ugle@example.org", "new@example.org"]
    )

    assert found == {"new@example.org": "p6", "ugle@example.org": "p1"}


def test_who_is_known_elsewhere_keeps_name_phone_and_language() -> None:
    store = recorded().unit.store
    stranger = person("x", email="UGLE@example.org", name="Uller", language="da")

    (found,) = identify(store)([stranger])

    assert (found.person, found.name, found.phone, found.language) == (
        "p1",
        "Ugle Fugl",
        "+45 4",
        "en",
    )


def test_nominating_somebody_of_another_cohort_does_not_rename_them() -> None:
    live = opened()
    other = replace(nomination_files(), id="relay/2028")  # type: ignore[arg-type]
    guest = person("anna", name="Anna Alk", roles=("mentor",))
    there = replace(other, people=(*other.people, guest))
    apply(live.live.unit, there, now=APPLIED)

    live.nominate("ravn", "anna")

    assert live.live.record.people[live.who("anna")].name == "Anna Alk"
    assert live.places() == {"anna": "asked"}
