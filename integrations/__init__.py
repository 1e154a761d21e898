"""Everything that touches the world: storage, mail, calendars and pages."""
