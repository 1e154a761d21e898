"""Matches as one page, which needs nothing beside it."""

import re
from dataclasses import replace
from html import unescape

from engine.documents import matches_document, proposal_document
from engine.record import Record
from flows import matchpage
from tests.fakes.cohorts import PEOPLE, proposed, recorded, small_files


def page(record: Record) -> str:
    return matchpage.matchpage(record, "pair", proposal_document(record, language="da"))


def cells(html: str, tag: str) -> list[list[str]]:
    """Return the texts of every row of one kind of cell, rows without any left out."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", row, re.DOTALL) for row in rows]
    return [
        [unescape(re.sub(r"<[^>]+>", "", one)) for one in row] for row in found if row
    ]


def test_everyone_stands_against_everyone_with_points_or_the_rule_that_forbids_it() -> (
    None
):
    record = recorded(
        small_files(
            people=[
                replace(one, department="A" if one.id in {"ugle", "alk"} else one.id)
                for one in PEOPLE
            ]
        )
    ).record
    names = {one.id: one.name for one in record.participants}

    html = page(record)

    squares = html[html.index('<table class="squares">') :]
    assert cells(squares, "th") == [
        [names["falk"], names["ugle"]],
        [names["alk"]],
        [names["mejse"]],
    ]
    assert 'title="&#34;different departments&#34;">–' in squares
    assert "http" not in html


def test_what_is_proven_is_told_of_what_is_proposed_and_not_of_what_runs() -> None:
    live = proposed()
    before = page(live.record)
    live.approve()
    running = matches_document(live.record, language="da")["matches"]
    document = proposal_document(live.record, language="da")

    html = matchpage.matchpage(
        live.record, "pair", {**document, "matches": [*running, *document["matches"]]}
    )

    assert ("Proven best" in before, "Proven best" in html) == (True, False)
    assert f"<dd>{sum(one['score'] for one in running)}</dd>" in html


def test_what_people_are_called_is_shown_as_text() -> None:
    people = [replace(one, name=f"<b>{one.id}") for one in PEOPLE]

    assert "<b>" not in page(recorded(small_files(people=people)).record)
