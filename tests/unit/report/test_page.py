"""The page of a rehearsal: what it tells, and that it needs nothing beside it."""

import json
import re
from collections import Counter
from dataclasses import replace

from engine.documents import matches_document, timeline_document
from engine.facts import Raised, Settled, to_lines
from engine.ids import OccurrenceId
from engine.ports import Response
from flows.rehearsal.report import mail_lines
from flows.rehearsal.report.page import material_of, page
from flows.rehearsal.report.wording import words_in
from tests.unit.report.rehearsals import EVIL, Told, elements, of_tag

LOADING = ("src", "href", "action", "data", "poster", "srcset", "xlink:href")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def test_what_people_are_called_is_text_and_never_markup(told: Told) -> None:
    assert of_tag(told.elements, "script") == []
    assert "<b>Teknik" not in told.html
    assert any(EVIL in one.text for one in of_tag(told.elements, "th", "td"))


def test_what_people_wrote_is_text_and_never_markup(told: Told) -> None:
    material = material_of(told.rehearsed, told.mails)
    wrote = "<img src=x onerror=alert(1)>"
    responses = tuple(
        replace(one, answers={**one.answers, "help": wrote, "more": wrote})
        for one in material.responses
    )

    found = elements(page(replace(material, responses=responses)))

    assert of_tag(found, "img") == []
    assert any(wrote in one.text for one in of_tag(found, "li"))


def test_the_same_rehearsal_gives_the_same_bytes(told: Told) -> None:
    again = page(material_of(told.rehearsed, mail_lines(told.folder)))

    assert again == told.html


def test_every_occurrence_is_in_the_list_once_and_in_order_within_its_kind(
    told: Told,
) -> None:
    standing = told.rehearsed.app.unit.standing(told.rehearsed.record.id)
    document = timeline_document(standing, language="da")
    expected = [one["id"] for one in document]

    lines = [one for one in of_tag(told.elements, "li") if "id" in one.attributes]
    listed = [
        one.attributes["id"]
        for one in lines
        if any(up.attributes.get("id") == "year" for up in one.parents)
    ]

    assert sorted(listed) == sorted(expected)
    titles = {one["id"]: one["title"] for one in document}
    assert all(
        titles[one.attributes["id"]] in one.text
        for one in lines
        if one.attributes["id"] in titles
    )
    for kind in {one["kind"] for one in document}:
        ids = [one["id"] for one in document if one["kind"] == kind]
        assert [one for one in listed if one in ids] == ids


def test_the_tiles_say_what_the_facts_say(told: Told) -> None:
    facts = [json.loads(line) for line in to_lines(told.rehearsed.facts).splitlines()]

    def bodies(kind: str) -> list[dict[str, object]]:
        return [fact["body"] for fact in facts if fact["kind"] == kind]

    enrolled = {
        one["person"] for one in bodies("enrolled") if one["roles"] != ["coordinator"]
    }
    met = {str(one["occurrence"]): one["held"] for one in bodies("met")}
    announced = {one["occurrence"] for one in bodies("announced")}
    booked = {one["occurrence"] for one in bodies("booked")}

    assert _tiles(told) == {
        "participants": len(enrolled - {o["person"] for o in bodies("withdrawn")}),
        "matches": len(bodies("approved")) - len(bodies("dissolved")),
        "gatherings": len(announced - booked),
        "meetings": sum(map(bool, met.values())),
        "mails": len(list(told.folder.glob("*.eml"))),
        "answers": len(bodies("answered")),
    }


def _tiles(told: Told) -> dict[str, int]:
    return {
        one.parents[-1].attributes["id"].removeprefix("tile-"): int(one.text)
        for one in of_tag(told.elements, "strong")
        if one.parents[-1].attributes.get("id", "").startswith("tile-")
    }


def test_nothing_is_loaded_from_elsewhere(told: Told) -> None:
    loaded = [
        value
        for one in told.elements
        for name, value in one.attributes.items()
        if name in LOADING
    ]

    assert [one for one in loaded if SCHEME.match(one)] == []
    assert re.findall(r"url\((?!#)|@import|https?:", told.html) == []


def test_nothing_is_run(told: Told) -> None:
    handlers = [
        name for one in told.elements for name in one.attributes if name[:2] == "on"
    ]

    assert handlers == []
    assert of_tag(told.elements, "script", "iframe", "object", "embed", "form") == []


def test_each_mail_is_linked_once_and_is_there(told: Told) -> None:
    links = Counter(
        one.attributes["href"]
        for one in of_tag(told.elements, "a")
        if one.attributes["href"].startswith("mail/0")
    )

    assert links == {f"mail/{one.name}": 1 for one in told.folder.glob("*.eml")}


def test_each_task_is_told_with_what_became_of_it(told: Told) -> None:
    raised = [one for one in told.rehearsed.facts if isinstance(one.event, Raised)]
    settled = [one for one in told.rehearsed.facts if isinstance(one.event, Settled)]

    rows = [
        one
        for one in of_tag(told.elements, "tr")
        if any("chores" in up.attributes.get("class", "") for up in one.parents)
    ]

    assert len(rows) - 1 == len(raised)
    still_open = [one for one in rows if one.attributes.get("class") == "open"]
    assert len(still_open) == len(raised) - len(settled)


def test_proven_best_is_said_of_what_was_proven_alone(told: Told) -> None:
    document = matches_document(told.rehearsed.record, language="da")
    points = [one["score"] for one in document["matches"]]
    summary = document["summary"]["pair"]

    proven = (sum(points), min(points)) == (summary["total"], summary["worst"])

    assert summary["status"] == "optimal"
    assert ("Bevist bedst: blandt alle" in told.html) == proven
    assert ("Sættes alle sammen på ny" in told.html) != proven


def test_answers_stay_hidden_while_they_are_too_few(told: Told) -> None:
    material = material_of(told.rehearsed, told.mails)
    final = OccurrenceId("final-1")
    few, enough = (
        replace(material, responses=tuple(_answers(final, count))) for count in (4, 5)
    )

    assert "Færre end 5 har svaret" in page(few)
    assert "Skriv 0" not in page(few)
    assert "Færre end 5 har svaret" not in page(enough)
    assert "Skriv 0" in page(enough)


def test_own_words_are_told_in_an_order_that_tells_nothing(told: Told) -> None:
    material = material_of(told.rehearsed, told.mails)
    answers = tuple(_answers(OccurrenceId("final-1"), 7))

    found = page(replace(material, responses=answers))

    assert found == page(replace(material, responses=answers[::-1]))


def _answers(occurrence: OccurrenceId, count: int) -> list[Response]:
    return [
        Response(
            ballot=f"{number}",
            occurrence=occurrence,
            person=None,
            answers={"goals": 3 + number % 3, "change": f"Skriv {number}"},
        )
        for number in range(count)
    ]


def test_the_page_can_be_told_in_english(told: Told) -> None:
    material = material_of(told.rehearsed, told.mails)

    found = elements(page(replace(material, words=words_in(("en",)))))

    assert of_tag(found, "html")[0].attributes["lang"] == "en"
    assert of_tag(found, "h1")[0].text == "Rehearsal: Mentoring for leaders"
    assert any("Closing seminar" in one.text for one in of_tag(found, "li"))
