"""Kills over PostgreSQL."""

from tests.fakes.killed import KilledContract


class TestOnPostgres(KilledContract):
    pass
