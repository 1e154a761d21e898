"""Whether texts are there in each language, and their placeholders can be filled."""

import re
from collections.abc import Iterator, Sequence

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import LANGUAGES, Grounds
from engine.checks.places import (
    Placed,
    Told,
    placed_activities,
    plain_texts,
    texts,
)
from engine.letters.texts import OWN_PLACEHOLDERS, placeholders
from engine.spec.activities import (
    Certificate,
    Edition,
    Evaluation,
    Gathering,
    Material,
    MessageActivity,
    Work,
)
from engine.spec.faults import Path
from engine.spec.model import SpecPart
from engine.spec.programme import Programme
from engine.spec.wording import listed, quoted

FILLED = ("subject", "text", "absent get")
"""Keys in whose texts placeholders are filled, of the activities that fill them."""

_FILL = (MessageActivity, Work, Material, Certificate, Gathering, Edition)

ON_ONE_LINE = ("title", "theme", "subject")
"""Keys of texts that stand in the subject of a mail."""

_BRACED = re.compile(r"\{([^{}\n]*)\}")


def check_texts(programme: Programme) -> Iterator[Finding]:
    """Yield what is wrong with the texts of a programme."""
    yield from _languages(programme)
    yield from texts_in(programme, programme.languages)
    for one in placed_activities(programme):
        yield from _questions(one)


def texts_in(whole: SpecPart, languages: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the texts of a spec file in these languages."""
    for path, part, told in texts(whole):
        yield from _translations(path, told, languages)
        filled = isinstance(part, _FILL) and path[-1] in FILLED
        for language, text in told.items():
            where = (*path, language)
            yield from _words(where, text, on_one_line=path[-1] in ON_ONE_LINE)
            yield from _placeholders(where, text, filled=filled)
    known = tuple(dict.fromkeys(languages))
    for path, text in plain_texts(whole) if len(known) > 1 else ():
        problem = f"{quoted(text)} is the same in {listed(known, last='and')}"
        remedy = f"write `{{{', '.join(f'{one}: …' for one in known)}}}`"
        yield Finding(path, problem, remedy, grounds=LANGUAGES)


def _languages(programme: Programme) -> Iterator[Finding]:
    if not programme.languages:
        remedy = "write, for example, `languages: [da, en]`"
        problem, path = "people are written to in no language", ("languages",)
        yield Finding(path, problem, remedy, grounds=LANGUAGES)
    for number, language in enumerate(programme.languages):
        if language in programme.languages[:number]:
            problem = f"{quoted(language)} is listed twice"
            yield Finding(("languages", number), problem, "leave one of them out")


def _translations(
    path: Path, told: Told, languages: Sequence[str]
) -> Iterator[Finding]:
    if missing := [one for one in dict.fromkeys(languages) if one not in told]:
        problem = f"the text is missing in {listed(missing, last='and')}"
        remedy = f"add {listed([f'`{one}: …`' for one in missing], last='and')}"
        grounds = Grounds(values=LANGUAGES.values, gaps=(path,))
        yield Finding(path, problem, remedy, key=True, grounds=grounds)
    for language in told:
        if languages and language not in languages:
            problem = f"{quoted(language)} is no language of the programme"
            remedy = f"leave it out, or add `{language}` to `languages`"
            where = (*path, language)
            yield Finding(where, problem, remedy, key=True, grounds=LANGUAGES)


def _words(path: Path, text: str, *, on_one_line: bool) -> Iterator[Finding]:
    if not text.strip():
        yield Finding(path, "the text is empty", "write it, or leave all of it out")
    elif on_one_line and "\n" in text:
        problem = "the text has several lines, but the subject of a mail has one"
        yield Finding(path, problem, "write `>-` after the colon")


def _placeholders(path: Path, text: str, *, filled: bool) -> Iterator[Finding]:
    known = sorted(OWN_PLACEHOLDERS)
    exact = set(placeholders(text))
    for word in dict.fromkeys(_BRACED.findall(text)):
        meant = "".join(word.lower().split())
        if not filled:
            if meant in OWN_PLACEHOLDERS:
                problem = f"{quoted(f'{{{word}}}')} is not filled in here"
                remedy = "only `subject` and `text` of what is sent are"
                yield Finding(path, problem, remedy)
        elif word not in OWN_PLACEHOLDERS and (
            word in exact or meant in OWN_PLACEHOLDERS
        ):
            problem = f"nothing fills in {quoted(f'{{{word}}}')}"
            finding = Finding(path, problem, "")
            yield unknown(finding, meant, known, written=lambda guess: f"{{{guess}}}")


def _questions(one: Placed) -> Iterator[Finding]:
    if isinstance(one.activity, Evaluation) and not one.activity.questions:
        problem = f"{quoted(one.activity.name)} asks nothing"
        remedy = "write a question, for example `useful: {ask: …, scale: 1-5}`"
        path = (*one.path, "questions")
        gap = Grounds(gaps=(path,))
        yield Finding(path, problem, remedy, key=True, grounds=gap)
