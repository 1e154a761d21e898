"""Whether a spec that can be read makes sense: names, texts, times, cohorts."""

from engine.checks.checking import check_cohort, check_programme

__all__ = ["check_cohort", "check_programme"]
