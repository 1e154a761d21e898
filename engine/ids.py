"""The kinds of identity that the engine tells apart."""

from typing import NewType

CohortId = NewType("CohortId", str)
"""Programme and cohort as the files name them, such as `aarhus-leadership/2027`."""

PersonId = NewType("PersonId", str)
"""A surrogate, minted once for each person across cohorts and roles; says nothing."""

OccurrenceId = NewType("OccurrenceId", str)
"""Activity and a number that is never used again in the cohort: `workshop-2`."""

MatchId = NewType("MatchId", str)
"""Kind of match and a number, given at approval: `pair-7`; outlives its members."""

ActionId = NewType("ActionId", str)
"""What the programme does once: activity, occurrence and step in one string."""
