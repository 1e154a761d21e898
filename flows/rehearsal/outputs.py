"""What a rehearsal leaves behind: files that people and other programs read."""

import json
from pathlib import Path

from engine.documents import matches_document, timeline_document
from engine.facts import to_lines
from flows.rehearsal.report import mail_lines, report
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
    standing = rehearsed.app.unit.standing(rehearsed.record.id)
    record = standing.record
    language = record.frozen.programme.languages[0]
    timeline = timeline_document(standing, language=language, now=rehearsed.ended)
    _json(out / "timeline.json", timeline)
    _json(out / "matches.json", matches_document(record, language=language))
    (out / "facts.jsonl").write_text(to_lines(rehearsed.facts), encoding="utf-8")
    calendars = out / "calendars"
    calendars.mkdir(exist_ok=True)
    for one in record.participants:
        feed = feed_of([record], one.person)
        (calendars / f"{one.id}.ics").write_bytes(feed)
    page = report(rehearsed, mails=mail_lines(out / "mail"))
    (out / "report.html").write_text(page, encoding="utf-8")


def _json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
