"""A year with other people, on another day and in another country, to its end."""

import datetime as dt
from datetime import time
from email.utils import parsedate_to_datetime
from pathlib import Path

from flows.rehearsal.year import rehearse
from tests.acceptance.conftest import parsed
from tests.acceptance.programmes.own_calendar import is_open
from tests.acceptance.programmes.perturbed import MENTEES, MENTORS, Other
from tests.acceptance.programmes.test_moved import OSLO
from tests.acceptance.programmes.test_names import SCRIPTS


def test_the_year_of_forty_mentees_in_oslo_ends_as_it_should(tmp_path: Path) -> None:
    other = Other(names=SCRIPTS, kick_off=dt.date(2028, 5, 16), country="NO")

    rehearsed = rehearse(other.load(), mail=tmp_path, seed=1)

    state = rehearsed.record.state
    living = [one for one in state.matches.values() if not one.dissolved]
    (closing,) = (
        one.told for id_, one in state.announced.items() if id_.startswith("closing")
    )
    letters = [parsed(path.read_bytes()) for path in tmp_path.glob("*-letter-*")]
    sent = [parsedate_to_datetime(one["Date"]).astimezone(OSLO) for one in letters]
    assert len(living) == MENTEES
    assert len(closing.audience) == MENTORS + MENTEES
    assert len(letters) > MENTORS + MENTEES
    assert [
        one
        for one in sent
        if not (is_open(one.date(), "NO") and time(8) <= one.time() < time(16))
    ] == []
