"""Whether a spec that can be read makes sense: names, texts, times, cohorts."""

from engine.checks.across import Sound, check_several
from engine.checks.checking import check_cohort, check_programme
from engine.checks.people import rows_to_tell

__all__ = [
    "Sound",
    "check_cohort",
    "check_programme",
    "check_several",
    "rows_to_tell",
]
