"""The rules of a programme: pure functions of data and a given time."""
