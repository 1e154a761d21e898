"""What a rehearsal leaves behind: files that people and other programs read."""

import json
from pathlib import Path

from engine.facts import to_lines
from flows.rehearsal.report import mail_lines
from flows.rehearsal.report.page import material_of, page
from flows.rehearsal.year import Rehearsed
from flows.wiring import feed_of

OUTPUTS = (
    "timeline.json",
    "matches.json",
    "mail",
    "calendars",
    "facts.jsonl",
    "report.html",
)
"""Everything that a rehearsal writes, and may overwrite."""


def write_outputs(rehearsed: Rehearsed, out: Path) -> None:
    """Write everything but the mail, which is there already, into a folder."""
    material = material_of(rehearsed, mail_lines(out / "mail"))
    _json(out / "timeline.json", material.year)
    _json(out / "matches.json", material.matches)
    (out / "facts.jsonl").write_text(to_lines(rehearsed.facts), encoding="utf-8")
    calendars = out / "calendars"
    calendars.mkdir(exist_ok=True)
    for one in material.record.participants:
        feed = feed_of([material.record], one.person)
        (calendars / f"{one.id}.ics").write_bytes(feed)
    (out / "report.html").write_text(page(material), encoding="utf-8")


def _json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
