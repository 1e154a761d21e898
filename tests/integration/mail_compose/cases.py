"""Posts for tests, and the mails whose bytes are kept in golden/.

`python -m tests.integration.mail_compose.cases` rewrites those; read the difference.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.ids import PersonId
from engine.people import Mailbox
from engine.posts import Post, Section
from integrations.mail.compose import compose, html, plain

GOLDEN = Path(__file__).parent / "golden"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
LINK = "https://stafet.example/book/0f3a9b1c7d5e4f60a1b2c3d4e5f60718293a4b5c6d7e8f90"

LETTER = Post(
    key="aarhus-leadership/2027/match/p-12",
    kind="letter",
    person=PersonId("p-12"),
    language="da",
    sender=Mailbox(name="Mentorforløb for ledere", address="svar@stafet.example"),
    reply_to=Mailbox(name="Maja Østergaard", address="maja@aarhus.example"),
    recipient=Mailbox(name="Søren Ågård Hansen", address="soren@aarhus.example"),
    subject="Du har fået en mentor",
    programme="Mentorforløb for ledere",
    greeting="Kære Søren",
    sections=(
        Section(
            title="Du har fået en mentor",
            paragraphs=(
                "Birgitte Nørgaard er din mentor det næste år: hun har gjort det før.",
                "Skriv til hende i denne uge.\nDen første samtale er inden 14 dage.",
            ),
            details=(
                ("Mentor", "Birgitte Nørgaard, direktør"),
                (
                    "Afdeling",
                    "Teknik og Miljø, Grøndalsvej 1, 8260 Viby J, indgang B, 3",
                ),
                ("Online", f"https://moede.example/l/19%3ameeting_{'Zj' * 30}?a=1&b=2"),
            ),
            button=("Aftal den første samtale", LINK),
        ),
        Section(title="Opstart", paragraphs=("Vi ses til opstarten den 3. marts.",)),
    ),
    sign_off=("Venlig hilsen", "Maja Østergaard"),
    feed=("Dine datoer som kalender", "https://stafet.example.org/feed/f00d.ics"),
    call=("Bed Kamma om at ringe til dig", "https://stafet.example.org/call/ca11"),
    footer="Du får denne mail, fordi du deltager i Mentorforløb for ledere 2027. "
    "Spørgsmål? Svar på mailen.",
    date=dt.datetime(2027, 3, 1, 8, 0, tzinfo=ZoneInfo("Europe/Copenhagen")),
    message_id=f"<{'0123456789abcdef' * 4}@stafet.example>",
    boundary="0123456789abcdef" * 4,
)
INVITATION = replace(
    LETTER,
    kind="invitation",
    subject="Invitation: Opstart den 3. marts",
    method="request",
)

CASES: Mapping[str, Callable[[], bytes]] = {
    "letter.eml": lambda: compose(LETTER, None),
    "letter.html": lambda: html(LETTER).encode(),
    "letter.txt": lambda: plain(LETTER).encode(),
    "cancellation.html": lambda: html(replace(LETTER, kind="cancellation")).encode(),
    "invitation.eml": lambda: compose(INVITATION, CALENDAR),
}

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for case, mail in CASES.items():
        (GOLDEN / case).write_bytes(mail())
