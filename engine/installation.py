"""What one installation of Stafet is to its cohorts: its key and its addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """Given by the settings, the same for every cohort.

    Attributes:
        key: From which tokens, UIDs and message ids derive; losing it changes them all.
        base_url: Where participants reach the pages, without a slash at the end.
        domain: The right-hand side of message ids.
    """

    key: bytes
    base_url: str
    domain: str
