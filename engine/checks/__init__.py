"""Whether a spec that can be read makes sense: names, texts, times, cohorts."""

from engine.checks.checking import check_cohort, check_programme
from engine.checks.people import rows_to_tell

__all__ = ["check_cohort", "check_programme", "rows_to_tell"]
