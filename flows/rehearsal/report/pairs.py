"""Who was matched with whom, why, and what is proven of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.documents import matches_document
from engine.facts import Dissolved
from engine.ids import MatchId
from engine.matching import PLURAL_TITLES
from engine.people import Participant
from flows.rehearsal.report.material import Material
from flows.rehearsal.report.wording import shown
