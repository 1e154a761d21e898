"""In which effects two plans differ, in the words of a coordinator."""

from functools import partial

from engine.commands.decision import Decision
from engine.commands.foreseeing import foresee
from engine.commands.moving import call_off
from engine.documents import Document
from engine.ids import OccurrenceId
from engine.plan_document import differing, plan_document
from tests.fakes.cohorts import Live, begun


def called_off(live: Live, occurrence: str) -> Document:
    """Return the plan of calling something off."""
    decide = partial(call_off, occurrence=OccurrenceId(occurrence), now=live.now)
    found = foresee(live.unit, live.cohort, decide, now=live.now)
    return plan_document(found.after.record, found.plan, now=live.now)


def nothing(live: Live) -> Document:
    """Return the plan of what comes to nothing."""
    found = foresee(live.unit, live.cohort, lambda _: Decision(), now=live.now)
    return plan_document(found.after.record, found.plan, now=live.now)


def test_what_is_called_off_is_told_with_who_is_written_to() -> None:
    live = begun()

    lines = list(differing(nothing(live), called_off(live, "workshop-2")))

    assert lines == [
        (
            "new: Workshop: Careers (workshop-2): Wed 2027-06-30 13:00 for alk, mejse,"
            " is no more"
        ),
        (
            "new: After workshop (after-workshop-2): Thu 2027-07-01 08:00 for alk,"
            " mejse, is no more"
        ),
        "new: cancellation to alk, mejse: Cancelled: Workshop: Careers",
    ]


def test_of_two_alike_mails_only_who_gets_another_is_told() -> None:
    live = begun()
    one = called_off(live, "workshop-2")
    fewer = {
        **one,
        "mails": [each for each in one["mails"] if each["participant"] != "alk"],
    }

    assert list(differing(one, fewer)) == [
        "no more: cancellation to alk: Cancelled: Workshop: Careers"
    ]
    assert list(differing(one, one)) == []
