"""The proofs of `docs/proofs.md`, over PostgreSQL."""

import pytest
from sqlalchemy import Engine

from tests.fakes.databases import emptied
from tests.proofs.test_edits import TestEdits
from tests.proofs.test_history import TestHistory
from tests.proofs.test_kills import TestKills
from tests.proofs.test_matching import TestMatching
from tests.proofs.test_outages import TestLateness, TestOutages
from tests.proofs.test_relays import TestRelays
from tests.proofs.test_time import TestTime

__all__ = [
    "TestEdits",
    "TestHistory",
    "TestKills",
    "TestLateness",
    "TestMatching",
    "TestOutages",
    "TestRelays",
    "TestTime",
]


@pytest.fixture(name="engine")
def emptied_engine(engine: Engine) -> Engine:
    """Return the engine of the session, with nothing in its database."""
    emptied(engine)
    return engine
