"""Files that tell who takes part: how they are read, and what is reported of them."""

from integrations.people.files import read_rows, render_faults, write_rows

__all__ = ["read_rows", "render_faults", "write_rows"]
