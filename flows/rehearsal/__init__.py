"""A year on a virtual clock: the real commands, and people who play their parts."""
