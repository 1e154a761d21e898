"""Occurrences as iCalendar: the feeds people subscribe to, the invitations they get."""

from integrations.ical.errors import CalendarError, MomentError, ZoneRuleError
from integrations.ical.feed import feed
from integrations.ical.invitation import invitation

__all__ = ["CalendarError", "MomentError", "ZoneRuleError", "feed", "invitation"]
