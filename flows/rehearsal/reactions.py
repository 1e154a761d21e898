"""What somebody in a rehearsal is going to do."""

import datetime as dt
from dataclasses import dataclass

from engine.commands.unit import Decide


@dataclass(frozen=True, kw_only=True, slots=True)
class Reaction:
    """What somebody does at a given moment."""

    at: dt.datetime
    actor: str
    command: Decide
