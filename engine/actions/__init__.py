"""What a cohort owes: the actions of its timeline that are not done yet."""
