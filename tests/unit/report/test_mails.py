"""The mails of a rehearsal, by day, like ones together."""

import datetime as dt
from pathlib import Path

from flows.rehearsal.report.mails import MailLine, by_month, mail_lines

HEADER = (
    "To: =?utf-8?b?U8O4cmVuIFNww7xydg==?= <spurv@example.org>\r\n"
    "Subject: =?utf-8?q?S=C3=A6t?= kryds i kalenderen\r\n"
    "Date: Tue, 10 Aug 2027 00:30:00 +0200\r\n"
    "\r\n"
    "Subject: not this one\r\n"
)


def _mail(number: int, subject: str, *, day: int = 9, month: int = 8) -> MailLine:
    return MailLine(
        path=f"mail/{number:04}-letter-bo.eml",
        recipient="Bo",
        subject=subject,
        sent=dt.datetime(2027, month, day, 8, tzinfo=dt.UTC),
    )


def test_a_mail_is_read_as_its_recipient_sees_it(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "0001-letter-søren.eml").write_bytes(HEADER.encode())

    (mail,) = mail_lines(folder)

    assert (mail.recipient, mail.subject) == ("Søren Spürv", "Sæt kryds i kalenderen")
    assert mail.sent.date() == dt.date(2027, 8, 10)
    assert mail.href == "mail/0001-letter-s%C3%B8ren.eml"


def test_names_do_not_tell_mails_apart() -> None:
    mails = [
        _mail(1, "Du er matchet med Bo Dal"),
        _mail(2, "Noget andet"),
        _mail(3, "Du er matchet med Anna Dalgaard"),
    ]

    (month,) = by_month(mails, ["Bo Dal", "Anna Dalgaard", "Anna Dal"])

    (day,) = month.days
    assert [(one.subject, len(one.mails)) for one in day.groups] == [
        ("Du er matchet med …", 2),
        ("Noget andet", 1),
    ]


def test_a_name_within_a_word_is_no_name() -> None:
    (month,) = by_month([_mail(1, "Bostedet")], ["Bo"])

    assert month.days[0].groups[0].subject == "Bostedet"


def test_months_are_measured_against_the_busiest() -> None:
    mails = [_mail(1, "a"), _mail(2, "b", month=9), _mail(3, "c", day=10, month=9)]

    months = by_month(mails, [])

    assert [(one.first.month, one.count, one.share) for one in months] == [
        (8, 1, 50.0),
        (9, 2, 100.0),
    ]
    assert [day.date.day for day in months[1].days] == [9, 10]


def test_without_mail_there_is_no_month() -> None:
    assert by_month([], ["Bo"]) == ()
