"""A small cohort of the shipped programme, rehearsed, and its report taken apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from engine.commands.apply import Files
from engine.frozen import freeze
from engine.ids import CohortId, PersonId
from engine.people import Participant
from flows.rehearsal.report import MailLine, mail_lines
from flows.rehearsal.report.page import material_of, page
from flows.rehearsal.year import Rehearsed, rehearse
from integrations.spec_files import built_in_texts, read_cohort, read_programme

SPECS = Path(__file__).parents[3] / "specs" / "aarhus-leadership"
EVIL = '<script>alert("x")</script> & Søn'
DEPARTMENTS = ("Kultur", "Sundhed", "<b>Teknik</b>", "Skoler")
GOALS = ("strategy", "conflict", "change")
_VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})


@dataclass(frozen=True)
class Told:
    """A rehearsal with the folder of its mail, and its report."""

    rehearsed: Rehearsed
    folder: Path

    @cached_property
    def mails(self) -> tuple[MailLine, ...]:
        return mail_lines(self.folder)

    @cached_property
    def html(self) -> str:
        return page(material_of(self.rehearsed, self.mails))

    @cached_property
    def elements(self) -> "tuple[Element, ...]":
        return elements(self.html)


@dataclass
class Element:
    """A start tag with everything that stands within it."""

    tag: str
    attributes: dict[str, str]
    parents: "tuple[Element, ...]" = ()
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self.open))
        self.found.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"unbalanced {tag}"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)


def elements(html: str) -> tuple[Element, ...]:
    """Return every element in order; fails where end tags do not balance."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return tuple(parser.found)


def of_tag(found: Sequence[Element], *tags: str) -> list[Element]:
    """Return the elements of these tags."""
    return [one for one in found if one.tag in tags]


def rehearsal(folder: Path) -> Told:
    """Return a year with four mentors and four mentees, one of them of an evil name."""
    programme = read_programme(SPECS / "programme.yaml").checked()
    cohort = read_cohort(SPECS / "cohorts" / "2027.yaml").checked()
    files = Files(
        id=CohortId("aarhus-leadership/2027"),
        frozen=freeze(programme, cohort, built_in_texts()),
        people=tuple(_people()),
    )
    return Told(rehearse(files, mail=folder / "mail", seed=3), folder / "mail")


def _people() -> Iterator[Participant]:
    for number in range(5):
        yield _person("mentor", number, level="director", strengths=GOALS[:2])
    for number in range(4):
        yield _person("mentee", number, level="talent", goals=(GOALS[number % 3],))


def _person(
    role: str, number: int, *, level: str, **tags: tuple[str, ...]
) -> Participant:
    evil = (role, number) == ("mentee", 1)
    return Participant(
        person=PersonId(""),
        id=f"{role}-{number}",
        name=EVIL if evil else f"{role.capitalize()} {'ABCDE'[number]}",
        email=f"{role}{number}@example.org",
        language="en" if number == 2 else "da",
        roles=(role,),
        department=DEPARTMENTS[(number + (role == "mentee")) % 4],
        values={
            "level": level,
            "goals": tags.get("goals", ()),
            "strengths": tags.get("strengths", ()),
            "wishes": (),
            "capacity": 1 if role == "mentor" else None,
        },
    )
