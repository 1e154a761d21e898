"""A programme in Norwegian and English: each reader gets one language, and it whole."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from html import unescape
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from starlette.testclient import TestClient

from engine.checks.places import texts
from engine.commands.apply import Files
from engine.facts import Noticed, Raised
from engine.frozen import freeze
from engine.ids import CohortId, PersonId
from engine.matching.texts import TEXTS
from engine.matching.titles import PLURALS, TITLES
from engine.people import Participant
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.reading import read
from flows.loading import check
from flows.rehearsal.invented import INVENTED
from flows.rehearsal.report import mail_lines
from flows.rehearsal.report.page import material_of, page
from flows.rehearsal.report.wording import words_in
from flows.rehearsal.year import Rehearsed, rehearse
from flows.wiring import feed_of
from integrations.spec_files import built_in_texts
from integrations.web import create_app
from integrations.web.wording import catalogue as pages
from tests.acceptance.conftest import parsed

SPECS = Path(__file__).parent / "mentorprogram"
ENGLISH = "mentee-0"
DEPARTMENTS = ("Klima", "Kultur", "Helse")
NAMES = ("Ask", "Berg", "Dahl", "Eng", "Foss", "Gran")
GOALS = ("ledelse", "strategi", "konflikt")
_NOMINATING = (
    *("nomination-runs", "nomination-full", "nomination-stands", "nominate"),
    *("nominators-silent", "nominee", "nominee-silent", "nominee-consent"),
    *("consent-silent", "nominee-waiting", "nominee-admitted", "nominee-refused"),
    *("nominee-turned-down", "nominee-declined", "nominee-withheld"),
    *("nominee-replace", "nominees-wait", "place-given-back"),
)
_CHANGING = (
    *("farewell", "find-match", "match-changed", "match-ended", "match-joined"),
    *("member-left", "member-missed", "member-pauses", "partner-back", "partner-left"),
    *("partner-pauses", "pause-moved", "pausing", "place-free", "place-given"),
    *("gone-over", "rule-broken", "taken-off", "taken-off-away", "welcome"),
    *("match-grown", "welcome-back"),
)
NOT_TOLD = {
    **dict.fromkeys(_CHANGING, "nobody leaves, pauses or comes late in this year"),
    **dict.fromkeys(_NOMINATING, "the coordinator asks for nominees in this year"),
    "call-me": "nobody asks for a call in this year",
    "match-declined": "nobody says no in this year",
    "no-agreement": "every pair agrees in this year",
    "no-answer-on-match": "everybody answers in this year",
    "row-missing": "the files are applied once",
    "no-longer-fits": "the files are applied once",
    "silent-match": "whoever books nothing has no meeting to come",
    "task-due": "the task here is the coordinator's own",
    "undelivered": "mail into a folder is never refused",
}
"""Notices that nobody gets in this year, and why."""

FILES = {"timeline", "matches", "facts", "calendars", "mail", "json", "jsonl"}
CALENDAR_MAILS = {"hold", "invite", "update", "cancel", "booked"}
SCOPES = {"answer", "book", "call", "confirm", "done", "met", "reply"}
_PAGE = re.compile(r"http://localhost:8000(/[a-z]+/[0-9a-f]{64})\b(?!\.ics)")
_WORD = re.compile(r"[^\W\d_]+")
_UNREAD = re.compile(r"<(style|script|head)\b.*?</\1>|<[^>]*>", re.DOTALL)
_LINK = re.compile(r"https?://\S+|\S+@\S+")


def words(text: str) -> set[str]:
    """Return the words that a reader reads: no links, no addresses."""
    return {found.lower() for found in _WORD.findall(_LINK.sub(" ", text))}


@dataclass(frozen=True, kw_only=True)
class Year:
    """A rehearsed cohort with the folder of its mail."""

    files: Files
    rehearsed: Rehearsed
    folder: Path

    @cached_property
    def letters(self) -> Mapping[str, list[EmailMessage]]:
        """Every mail by the id of its recipient."""
        found: dict[str, list[EmailMessage]] = {}
        ids = {one.email: one.id for one in self.rehearsed.record.people.values()}
        for file in sorted(self.folder.glob("*.eml")):
            mail = parsed(file.read_bytes())
            address = mail["to"].addresses[0].addr_spec
            found.setdefault(ids[address], []).append(mail)
        return found

    def read_by(self, id_: str) -> str:
        """Return everything that somebody was written, and their whole feed."""
        record = self.rehearsed.record
        person = next(one for one in record.people.values() if one.id == id_)
        feed = feed_of([record], person.person).decode().replace("\r\n ", "")
        shown = re.findall(
            r"^(?:SUMMARY|DESCRIPTION|LOCATION)[^:]*:(.*)$", feed, re.MULTILINE
        )
        return "\n".join([*map(_told, self.letters[id_]), *shown]).replace("\\n", " ")

    def own(self, language: str) -> set[str]:
        """Return the words of the files, and of what people are called."""
        spec = (self.files.frozen.programme, self.files.frozen.cohort)
        told = [
            text for one in spec for _, _, all_ in texts(one) for text in all_.items()
        ]
        people = self.rehearsed.record.people.values()
        called = [
            *(one.name for one in people),
            *DEPARTMENTS,
            *GOALS,
            *INVENTED[language],
        ]
        names = [
            "pair",
            "departementene",
            "Liv Lund",
            "Festsalen",
            "kick-off",
            "closing",
        ]
        tasks = [
            one.event.task
            for one in self.rehearsed.facts
            if isinstance(one.event, Raised)
        ]
        return words(
            " ".join(
                [
                    *called,
                    *names,
                    *tasks,
                    *(text for one, text in told if one == language),
                ]
            )
        )


def _told(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return f"{mail['subject']}\n{body.get_content()}"


def _people() -> Iterable[Participant]:
    for number, name in enumerate(NAMES):
        role = ("mentor", "mentee")[number % 2]
        id_ = f"{role}-{number // 2}"
        yield Participant(
            person=PersonId(""),
            id=id_,
            name=f"{name} {name}sen",
            email=f"{id_}@example.org",
            phone=f"+47 {number}",
            language="en" if id_ == ENGLISH else "nb",
            roles=(role,),
            department=DEPARTMENTS[(number // 2 + number % 2) % 3],
            values={
                "leads": True,
                "goals": (GOALS[number // 2],),
                "strengths": (GOALS[number // 2],),
                "wishes": (),
            },
        )


def _files() -> Files:
    programme = (SPECS / "programme.yaml").read_text(encoding="utf-8")
    cohort = (SPECS / "cohort.yaml").read_text(encoding="utf-8")
    return Files(
        id=CohortId("mentorprogram/2027"),
        frozen=freeze(
            read(programme, source="programme.yaml", model=Programme).checked(),
            read(cohort, source="cohort.yaml", model=Cohort).checked(),
            built_in_texts(),
        ),
        people=tuple(_people()),
    )


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The whole year of six people, one of whom reads English."""
    folder, files = tmp_path_factory.mktemp("norwegian") / "mail", _files()
    rehearsed = rehearse(files, mail=folder, seed=2)
    return Year(files=files, rehearsed=rehearsed, folder=folder)


def dates() -> set[str]:
    """Return the names of days and months in Norwegian."""
    named = [
        *get_day_names("wide", locale="nb").values(),
        *get_day_names("abbreviated", locale="nb").values(),
        *get_month_names("wide", locale="nb").values(),
        *get_month_names("abbreviated", locale="nb").values(),
    ]
    return words(" ".join(named))


def catalogue(language: str) -> set[str]:
    """Return the words of the mails and the pages in a language."""
    told = [*built_in_texts()[language].values(), *pages()[language].values()]
    return words(" ".join(told))


def test_the_programme_has_no_fault() -> None:
    assert check(SPECS / "programme.yaml") == ""


def test_nearly_every_notice_is_told_in_the_year(year: Year) -> None:
    told = {
        one.event.wording.removesuffix("-again")
        for one in year.rehearsed.facts
        if isinstance(one.event, Noticed | Raised)
    }
    notices = {
        name.partition(".")[0]
        for name in built_in_texts()["nb"]
        if name.endswith((".title", ".text"))
    }

    assert sorted(notices - told - CALENDAR_MAILS) == sorted(NOT_TOLD)


@pytest.mark.parametrize("reader", ["mentor-1", "mentee-1", "coordinator"])
def test_whoever_reads_norwegian_gets_no_other_word(year: Year, reader: str) -> None:
    read = words(year.read_by(reader))

    assert len(read) > 100
    assert sorted(read - catalogue("nb") - year.own("nb") - dates()) == []


def test_whoever_reads_english_gets_no_norwegian(year: Year) -> None:
    read = words(year.read_by(ENGLISH))

    assert len(read) > 100
    assert sorted((read & catalogue("nb")) - catalogue("en") - year.own("en")) == []


def test_the_report_is_told_in_norwegian(year: Year) -> None:
    told = [*words_in(("nb",)).texts.values(), *TEXTS["nb"].values()]
    told += [*TITLES["nb"].values(), *PLURALS["nb"].values()]
    told += year.rehearsed.record.frozen.closed.values()
    told += [mail["subject"] for mail in year.letters[ENGLISH]]
    report = page(material_of(year.rehearsed, mail_lines(year.folder)))

    read = {word for word in words(unescape(_UNREAD.sub(" ", report))) if word[1:]}

    known = words(" ".join(told)) | catalogue("nb") | year.own("nb") | dates()
    assert sorted(read - known - FILES - {"mentor", "mentee"}) == []


def test_every_page_of_a_norwegian_reader_is_in_norwegian(year: Year) -> None:
    app = year.rehearsed.app
    web = create_app(app.unit, app.outbox, app.clock, feed_of, lambda: "ballot")
    client = TestClient(web)
    paths = sorted(set(_PAGE.findall("".join(map(_told, year.letters["mentee-1"])))))

    pages = [client.get(path).text for path in paths]

    assert {path.split("/")[1] for path in paths} == SCOPES
    for each in pages:
        assert '<html lang="nb">' in each
        read = words(unescape(_UNREAD.sub(" ", each)))
        assert sorted(read - catalogue("nb") - year.own("nb") - dates()) == []
