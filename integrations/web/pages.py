"""A page before it is HTML, and how it becomes that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from engine.coordinators import coordinator_of
from integrations.web.visits import Visit
from integrations.web.wording import every_language

_HERE = Path(__file__).parent

STYLE = (_HERE / "style" / "pages.css").read_text(encoding="utf-8")
"""The one stylesheet; it stands in each page, so that a page is a single request."""

TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# Ours, and free of HTML: a test looks.
TEMPLATES.globals["style"] = Markup(STYLE)  # noqa: S704

_LINK = re.compile(r"https?://\S+")


def _is_link(text: str) -> bool:
    return _LINK.fullmatch(text) is not None


TEMPLATES.tests["link"] = _is_link

Mark = Literal["done", "waiting", "over"]
"""What kind of news a page brings; drawn, and never told by its colour alone."""

Details = Sequence[tuple[str, str]]
"""Labels and values, such as `When` and a date; without a value it is left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page for one visitor.

    Attributes:
        values: What the template shows beside the title and the words.
        faults: By the id of a field, what is wrong with what was given.
    """

    template: str
    title: str
    values: Mapping[str, object]
    faults: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def told(
    visit: Visit,
    wording: str,
    *,
    mark: Mark,
    title: str = "",
    text: str = "",
    details: Details = (),
    **values: str,
) -> Page:
    """Return a page that tells how things stand, and asks for nothing.

    Args:
        visit: Whose page it is.
        wording: The words of its title and text.
        mark: What kind of news it brings.
        title: Another title.
        text: The name of another text.
        details: What stands below.
        values: What fills the words.
    """
    name = f"page.{wording}"
    return Page(
        template="told.html.j2",
        title=title or visit.words.get(f"{name}.title", **values),
        values={
            "mark": mark,
            "text": visit.words.get(text or f"{name}.text", **values),
            "details": details,
        },
    )


def gone(visit: Visit) -> Page:
    """Return the page of what is not there any more, whatever the reason."""
    return told(visit, "gone", mark="over")


def html(page: Page, visit: Visit) -> str:
    """Return the HTML of a page; every word from outside is escaped."""
    coordinator = coordinator_of(visit.record, visit.person)
    return TEMPLATES.get_template(page.template).render(
        title=page.title,
        words=visit.words,
        programme=visit.programme,
        coordinator=coordinator.name,
        email=coordinator.email,
        faults=page.faults,
        **page.values,
    )


def problem_html(status: int, kept: Mapping[str, str]) -> str:
    """Return the page of a problem, in every language.

    Args:
        status: The HTTP status; one without words of its own gets those of 500.
        kept: What was posted in vain; a button sends it again.
    """
    name = f"page.problem.{status}"
    if not all(words.has(f"{name}.title") for words in every_language()):
        name = "page.problem.500"
    template = TEMPLATES.get_template("problem.html.j2")
    return template.render(name=name, spoken=every_language(), kept=kept)
