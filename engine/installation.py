"""What one installation of Stafet is to its cohorts: its key and its addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """Given by the settings, the same for every cohort.

    Attributes:
        key: From which tokens, UIDs and message ids derive; losing it changes them all.
        base_url: Where participants reach the pages, without a slash at the end.
        domain: The right-hand side of message ids.
        texts: Built-in texts of this release, for what a cohort frozen by an earlier
            one has no words for.
    """

    key: bytes
    base_url: str
    domain: str
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
