"""Run by Alembic: migrates within the transaction that `schema.migrate` was given."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
