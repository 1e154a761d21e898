"""What an invitation says of its gathering or meeting in the spec's own words."""

from collections.abc import Iterator

from engine.facts import Announced
from engine.letters.texts import Words
from engine.record import Record
from engine.spec.activities import Gathering, Meeting, PlacedMeeting
from engine.spec.activities.gatherings import Form
from engine.spec.model import text_in
from engine.timeline.gatherings import edition_of


def what_it_is(record: Record, told: Announced, words: Words) -> Iterator[str]:
    """Yield what it is about, and what a good meeting goes through."""
    allocated = record.state.allocated[told.occurrence]
    activity = record.frozen.programme.activity(allocated.activity)
    if isinstance(activity, Gathering) and activity.about is not None:
        yield text_in(activity.about, words.language)
    if isinstance(activity, Meeting | PlacedMeeting) and activity.agenda:
        yield words.get("agenda")
        for number, point in enumerate(activity.agenda, start=1):
            yield f"{number}. {text_in(point, words.language)}"


def how_it_is(
    record: Record, told: Announced, words: Words
) -> Iterator[tuple[str, str]]:
    """Yield who speaks, and in what form it is held where that is not in one room."""
    allocated = record.state.allocated[told.occurrence]
    activity = record.frozen.programme.activity(allocated.activity)
    if not isinstance(activity, Gathering):
        return
    edition = edition_of(activity, allocated.ordinal)
    if speakers := edition.speakers or activity.speakers:
        yield words.get("label.speakers"), ", ".join(speakers)
    held: Form = edition.held or activity.held
    if held != "in person":
        yield words.get("label.form"), words.get(f"form.{held}")
