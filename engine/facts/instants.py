"""How a moment is stored in a fact."""

import datetime as dt
from typing import Annotated

from pydantic import AwareDatetime, PlainSerializer

Instant = Annotated[
    AwareDatetime,
    PlainSerializer(lambda at: at.astimezone(dt.UTC), return_type=dt.datetime),
]
"""A moment, stored in UTC wherever it was told."""
