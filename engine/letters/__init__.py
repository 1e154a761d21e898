"""How what happens is worded to each person, in their language."""
