"""Writing to people outside the plan: theirs, in their language, or nothing at all."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

import pytest

from engine.commands.decision import RefusedError
from engine.commands.messaging import message
from engine.facts import Messaged
from engine.history import history
from engine.letters.texts import Wording
from tests.fakes.cohorts import PEOPLE, Live, begun, person, recorded, small_files

EN = Wording(
    subject="Another room, {name}", text="We meet in room 7.\n\nBring {email}."
)
DA = Wording(subject="Et andet lokale", text="Vi mødes i lokale 7, {first name}.")
NIGHT = dt.datetime(2027, 3, 5, 20, tzinfo=dt.UTC)
MONDAY = dt.datetime(2027, 3, 8, 7, tzinfo=dt.UTC)


def write(live: Live, ids: Sequence[str], **words: Wording) -> None:
    people = [live.person(id_) for id_ in ids]
    live.do(partial(message, people=people, words=words, now=live.now))


def bilingual() -> Live:
    """Return a cohort of which one reads Danish."""
    danish = person("alk", language="da")
    others = [one for one in PEOPLE if one.id != "alk"]
    live = recorded(small_files(people=(*others, danish)))
    live.renderer.posts.clear()
    return live


def test_each_gets_the_text_of_their_language_with_their_name_in_it() -> None:
    live = bilingual()

    write(live, ["alk", "ugle"], da=DA, en=EN)

    told = [
        (post.subject, post.kind, post.greeting, post.sections[0].paragraphs)
        for post in live.posts()
    ]
    assert told == [
        ("Et andet lokale", "message", "Kære Alk", ("Vi mødes i lokale 7, Alk.",)),
        (
            "Another room, Ugle",
            "message",
            "Dear Ugle",
            ("We meet in room 7.", "Bring camilla@example.org."),
        ),
    ]


def test_the_fact_holds_ids_and_the_words_are_kept_beside_it() -> None:
    live = bilingual()

    write(live, ["alk", "ugle"], da=DA, en=EN)

    people = (live.person("alk"), live.person("ugle"))
    assert live.facts(Messaged) == (Messaged(message="message-1", people=people),)
    assert live.record.written == {
        "message-1/subject/da": DA.subject,
        "message-1/text/da": DA.text,
        "message-1/subject/en": EN.subject,
        "message-1/text/en": EN.text,
    }


def test_it_leaves_in_sending_hours_and_not_a_week_later() -> None:
    live = begun()
    live.now = NIGHT

    write(live, ["ugle"], en=EN)

    sent = live.messages()[-1]
    assert (sent.key, sent.not_before, sent.not_after) == (
        f"relay/2027/message-1/{live.person('ugle')}",
        MONDAY,
        MONDAY + dt.timedelta(days=7),
    )


def test_two_messages_are_two_and_neither_waits_for_the_other() -> None:
    live = begun()

    write(live, ["ugle"], en=EN)
    write(live, ["ugle"], en=EN)

    assert [one.message for one in live.facts(Messaged)] == ["message-1", "message-2"]
    lanes = [one.lane for one in live.messages()[-2:]]
    assert len(set(lanes)) == 2


def test_a_missing_language_is_refused_by_name_before_anybody_is_written_to() -> None:
    live = bilingual()
    before = live.history()

    with pytest.raises(RefusedError) as refused:
        write(live, ["alk", "ugle", "falk"], da=DA)

    assert str(refused.value) == "the text is missing in en; add it for ugle, falk"
    assert (live.history(), live.posts()) == (before, ())


def test_a_language_that_nobody_of_them_reads_may_be_missing() -> None:
    live = bilingual()

    write(live, ["alk"], da=DA)

    assert [post.subject for post in live.posts()] == ["Et andet lokale"]


@pytest.mark.parametrize(
    ("subject", "text", "refusal"),
    [
        ("Hi", "Dear {nmae}", "en: nothing fills in '{nmae}'; write {name}"),
        (
            "Hi",
            "On {date}",
            (
                "en: nothing fills in '{date}'; write "
                "{coordinator}, {email}, {name} or {programme}"
            ),
        ),
        (
            "Hi",
            "{activity}",
            (
                "en: nothing fills in '{activity}'; write "
                "{coordinator}, {email}, {name} or {programme}"
            ),
        ),
        ("Hi", " ", "en: write both a subject and a text"),
        ("", "Text", "en: write both a subject and a text"),
        ("One\ntwo", "Text", "en: write the subject on one line"),
    ],
)
def test_words_that_cannot_be_sent_are_refused(
    subject: str, text: str, refusal: str
) -> None:
    live = begun()

    with pytest.raises(RefusedError) as refused:
        write(live, ["ugle"], en=Wording(subject=subject, text=text))

    assert str(refused.value) == f"{refusal}; nothing was sent"


def test_a_language_that_the_programme_has_not_is_refused() -> None:
    live = begun()

    with pytest.raises(RefusedError) as refused:
        write(live, ["ugle"], en=EN, nb=EN)

    assert str(refused.value) == "nb is no language of the programme; it has da and en"


def test_it_stands_in_the_history_of_who_got_it_and_of_nobody_else() -> None:
    live = begun()

    write(live, ["ugle"], en=EN)

    told = {
        id_: [
            (line.what, line.which, line.id, line.by)
            for line in history(
                live.record,
                live.person(id_),
                facts=live.history(),
                mails=(),
                subjects={},
                now=live.now,
            )
            if line.id.startswith("message")
        ]
        for id_ in ("ugle", "alk")
    }
    said = ("was written to", "Another room, {name}", "message-1", "coordinator")
    assert told == {"ugle": [said], "alk": []}


def test_a_process_that_goes_on_reads_the_words_that_another_wrote_down() -> None:
    live = bilingual()
    other = live.reopened()
    other.standing(live.cohort)

    write(live, ["ugle"], en=EN)

    assert other.standing(live.cohort).record == live.standing.record
