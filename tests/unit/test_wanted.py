"""Who is matched, or never, because the cohort file says so."""

from dataclasses import replace

import pytest

from engine.commands.proposing import solution_for
from engine.documents import matches_document, proposal_document
from engine.ids import PersonId
from engine.problems import problem
from engine.record import Record
from engine.spec.cohort import Cohort
from engine.spec.reading import read
from engine.spec.twos import recorded
from engine.trials import Trial, tried
from tests.fakes.cohorts import COHORT, PEOPLE, edited, matched, small_files
from tests.fakes.cohorts import recorded as live

HEAD = "venues:\n"


def record(added: str, **told: object) -> Record:
    """Return the small cohort with lines in its file, something told of `mejse`."""
    people = [replace(one, **told) if one.id == "mejse" else one for one in PEOPLE]  # type: ignore[arg-type]
    files = small_files(cohort={HEAD: f"{added}\n{HEAD}"}, people=people)
    return live(files).record


def pairs(of: Record) -> list[tuple[str, ...]]:
    """Return the ids of each pair that would be proposed."""
    return [
        tuple(of.people[one].id for those in match.members.values() for one in those)
        for match in solution_for(of, "pair").matches
    ]


def two(of: Record, *ids: str) -> tuple[PersonId, PersonId]:
    one, other = (found.person for id_ in ids if (found := of.participant(id_)))
    return one, other


def test_who_must_match_is_matched_against_all_wishes() -> None:
    of = record("must match: [{two: alk and FALK@example.org}]")

    assert pairs(of) == [("falk", "alk"), ("ugle", "mejse")]


def test_who_is_never_to_match_is_not() -> None:
    of = record("never match: [{two: mejse and falk, because: a secret}]")

    assert pairs(of) == [("ugle", "alk"), ("ugle", "mejse")]


def test_a_kind_of_match_that_is_not_meant_keeps_nobody_apart() -> None:
    of = record("never match: [{two: mejse and falk, in: trio}]")

    assert pairs(of) == [("falk", "mejse"), ("ugle", "alk")]


def test_who_must_match_and_may_not_any_more_is_left_to_the_rules() -> None:
    of = record("must match: [{two: falk and mejse}]", department="Kultur")

    assert problem(of, "pair").pins == frozenset()
    assert pairs(of) == [("ugle", "alk")]


def test_who_is_matched_already_is_insisted_on_no_more() -> None:
    running = matched().record
    cohort = running.frozen.cohort.model_copy(
        update={"must_match": _cohort("must match: [{two: ugle and alk}]").must_match}
    )
    of = replace(running, frozen=running.frozen.model_copy(update={"cohort": cohort}))

    assert problem(of, "pair").pins == frozenset()
    afresh = problem(of, "pair", ignore_matches=True)
    assert afresh.pins == {two(of, "ugle", "alk")}


def test_what_is_tried_goes_before_the_file() -> None:
    of = record("must match: [{two: alk and falk}]")

    found = tried(of, "pair", Trial(nevers=[two(of, "alk", "falk")]))

    assert (found.now.total, found.then.total) == (200, 600)


def test_nothing_of_it_stands_among_the_reasons_of_a_match() -> None:
    of = record("must match: [{two: alk and falk, because: a secret}]")

    for told in (
        proposal_document(of, language="en"),
        matches_document(of, language="en"),
    ):
        assert "secret" not in f"{told}"


def _cohort(added: str) -> Cohort:
    text = edited(COHORT, {HEAD: f"{added}\n{HEAD}"})
    return read(text, source="cohort.yaml", model=Cohort).checked()


@pytest.mark.parametrize("key", ["must match", "never match"])
def test_what_is_recorded_has_ids_and_no_reasons(key: str) -> None:
    cohort = _cohort(f"{key}: [{{two: Alk@example.org and falk, because: a secret}}]")

    kept = recorded(cohort, PEOPLE)

    (one,) = getattr(kept, key.replace(" ", "_"))
    assert (str(one.two), one.because) == ("alk and falk", "")
