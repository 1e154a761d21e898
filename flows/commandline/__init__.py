"""The `stafet` command: what coordinators and administrators type."""
