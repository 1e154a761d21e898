"""The recorded cohorts and the outbox in a database: SQLite, or PostgreSQL by URL."""
