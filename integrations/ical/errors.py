"""What cannot be told in iCalendar, and is refused rather than told wrongly."""


class CalendarError(ValueError):
    """Base of what this package refuses to write."""


class ZoneRuleError(CalendarError):
    """A time zone that does not keep the European daylight-saving rule.

    Attributes:
        zone: Its IANA name, or what stands in its place.
        year: The first year in question that breaks the rule.
    """

    def __init__(self, *, zone: str, year: int) -> None:
        self.zone = zone
        self.year = year
        super().__init__(
            f"{zone} does not keep the European daylight-saving rule in {year}; "
            "only zones that do can be written, such as Europe/Copenhagen"
        )


class MomentError(CalendarError):
    """A time without an IANA zone: clients would show it at another hour.

    Attributes:
        moment: The time as ISO 8601.
    """

    def __init__(self, *, moment: str) -> None:
        self.moment = moment
        super().__init__(
            f"{moment} has no IANA time zone: give it a zoneinfo.ZoneInfo, no offset"
        )
