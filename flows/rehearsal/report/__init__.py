"""One page that tells a rehearsed year to people: `report.html`."""

from flows.rehearsal.report.mails import MailLine, mail_lines

__all__ = ["MailLine", "mail_lines"]
