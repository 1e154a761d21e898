"""Questionnaires, what was answered, and what of it may be shown."""
