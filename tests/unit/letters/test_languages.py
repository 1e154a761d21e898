"""Every language has words for all that is said, and no other's words among them."""

import re
from collections.abc import Mapping

import pytest

from engine.matching.texts import TEXTS
from engine.matching.titles import PLURALS, TITLES
from engine.spec.model import LANGUAGES
from flows.rehearsal.invented import INVENTED
from flows.rehearsal.report.wording import words_in
from integrations.spec_files import built_in_texts
from integrations.web.wording import catalogue

GENDERED = {
    "da": "en et den det din dit min mit denne dette",
    "en": "a an",
    "nb": "en ei et den det din di ditt min mi mitt denne dette",
}
"""Words that fit titles of one gender, or of one first letter, and not the others."""

NOT_NORWEGIAN = """
    af aftal aftale aftalt aflyst blev blive bliver deltagerfilen dig efter fik gør
    hinanden hvad jer jeres lukket mig møde møder mødes mødtes noget nogen op oplyst
    sagde sig sige siger svarede uge uger ud ændret øjeblik
    and answer are by is it mail not of our the this us we what when who with you your
"""
"""Common words of the Danish and the English texts that no Norwegian writes."""

SHARED = """
    alle alt andre begge bevis d dag dato det du eee eeee egne eller enige er
    en evaluering evalueringer faser følge
    filer for form forventet fra fristen få gjort helligdag hh holdt hvem hvor
    hvorfor i ikke ingen ja jeg kan kl kom kommer koordinatoren leder mange mangler
    materiale med meldt mindre minutter mm mmm mmmm modul mulig mulige måneder
    navn nærmeste og om
    omfang ord over person personer planlagt programmet prøve prøven på regel samling
    samlinger samme sendt siden stafetten sted svar så tegn telefon til timer
    under var varer venter velkommen vi y år året årshjul
"""
"""Words that Norwegians write as Danes do, or as the English; patterns of dates too."""

_BEFORE = re.compile(r"(\w+) \{inline\}")
_PLACE = re.compile(r"\{[a-z]+\}")
_NOT_WORDS = re.compile(r"`[^`]*`|\{[a-z]+\}")
_WORD = re.compile(r"\w+")


def every_text(language: str) -> Mapping[str, str]:
    """Return everything that is said in a language, by where it stands."""
    return {
        **built_in_texts()[language],
        **catalogue()[language],
        **{
            f"report.{name}": text for name, text in words_in((language,)).texts.items()
        },
        **{f"matching.{name}": text for name, text in TEXTS[language].items()},
        **{f"invented.{text}": text for text in INVENTED[language]},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_of_any_gender_fits_within_a_sentence(language: str) -> None:
    before = {
        name: word.lower()
        for name, text in every_text(language).items()
        for word in _BEFORE.findall(text)
    }

    gendered = set(GENDERED[language].split())
    assert {name: word for name, word in before.items() if word in gendered} == {}


def test_nothing_danish_or_english_is_left_in_norwegian() -> None:
    foreign = set(NOT_NORWEGIAN.split())

    found = {
        name: sorted(foreign.intersection(_WORD.findall(_shown(text))))
        for name, text in every_text("nb").items()
    }

    assert {name: left for name, left in found.items() if left} == {}


@pytest.mark.parametrize("other", ["da", "en"])
def test_what_reads_the_same_in_norwegian_is_norwegian_too(other: str) -> None:
    norwegian, shared = every_text("nb"), set(SHARED.split())

    same = {
        name: text
        for name, text in every_text(other).items()
        if norwegian.get(name) == text
    }

    assert same
    assert {
        name: text
        for name, text in same.items()
        if not shared.issuperset(_WORD.findall(_shown(text)))
    } == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_matches_are_explained_in_every_language(language: str) -> None:
    assert _places(TEXTS[language]) == _places(TEXTS["en"])
    assert set(PLURALS[language]) == set(PLURALS["en"])
    assert set(TITLES[language]) in (set(), set(TITLES["da"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_people_of_a_rehearsal_write_in_every_language(language: str) -> None:
    assert len(set(INVENTED[language])) == len(INVENTED["en"])


def _places(texts: Mapping[str, str]) -> Mapping[str, set[str]]:
    return {name: set(_PLACE.findall(text)) for name, text in texts.items()}


def _shown(text: str) -> str:
    return _NOT_WORDS.sub("", text).lower()
