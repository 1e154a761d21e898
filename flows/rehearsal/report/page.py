"""The report of a rehearsal as one HTML page that needs nothing beside it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.rehearsal.report.answers import askings
from flows.rehearsal.report.mails import MailLine, by_month
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.pairs import kinds
from flows.rehearsal.report.planning import plan_of
from flows.rehearsal.report.strips import OUTCOMES, strips
from flows.rehearsal.report.tasks import chores
from flows.rehearsal.report.tiles import tiles
from flows.rehearsal.report.wheel import wheel
from flows.rehearsal.report.wording import counted, shown, words_in
from flows.rehearsal.report.year import audience_of, entries, months
from flows.rehearsal.year import Rehearsed

_TEMPLATES = Path(__file__).parent / "templates"
_SECTIONS = ("year", "matches", "meetings", "mails", "answers", "tasks", "files")


def material_of(rehearsed: Rehearsed, mails: Sequence[MailLine]) -> Material:
    """Return what a rehearsal has to tell, in the programme's first language."""
    unit, record = rehearsed.app.unit, rehearsed.record
    return Material(
        standing=unit.standing(record.id),
        facts=rehearsed.facts,
        responses=unit.store.responses(record.id),
        mails=mails,
        words=words_in(record.frozen.programme.languages),
        began=rehearsed.began,
        ended=rehearsed.ended,
    )


def page(material: Material) -> str:
    """Return the page of a material; no clock, no chance."""
    words, record = material.words, material.record
    found = entries(material)
    plan = plan_of(material, found)
    names = [one.name for one in record.people.values()]
    return (
        _environment(material)
        .get_template("report.html.j2")
        .render(
            title=record.title(words.language),
            cohort=record.frozen.cohort.cohort,
            sections=_SECTIONS,
            tiles=tiles(material, found),
            plan=plan,
            wheel=wheel(plan),
            phases=material.timeline.phases,
            months=months(material, found),
            kinds=kinds(material),
            strips=strips(material, found),
            outcomes=OUTCOMES,
            mail_months=by_month(material.mails, names),
            askings=askings(material, found),
            chores=chores(material),
        )
    )


def _environment(material: Material) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = material.words
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    environment.globals.update(
        words=words,
        local=material.local,
        shown=partial(shown, words),
        counted=partial(counted, words),
        audience_of=partial(audience_of, words),
        phase_title=material.phase_title,
        began=material.local(material.began),
        ended=material.local(material.ended),
        # Ours, and free of HTML: a test looks.
        style=Markup(style),  # noqa: S704
    )
    return environment
