"""When everything of a year takes place: closed days, slots, ids, and what is due."""
