"""What the kitchen is told of a gathering, and what stands on the list for the door."""

import datetime as dt
import re

from engine.catering import Catering, catering
from engine.ids import OccurrenceId
from flows.doorlist import doorlist
from tests.fakes.cohorts import Live, person, recorded, small_files

KICK_OFF = OccurrenceId("kick-off-1")
COLUMNS = {"  wishes:": "  diet: {type: tags}\n  access: {type: text}\n  wishes:"}
EATS = {
    "ugle": {"diet": ("vegan", "no nuts"), "access": None},
    "falk": {"diet": (), "access": "step-free"},
    "alk": {"diet": ("vegan",), "access": "step-free"},
    "mejse": {"diet": ("halal",), "access": "hearing loop"},
}


def cohort() -> Live:
    """Return a cohort whose people have said what they need, and one declined."""
    people = tuple(person(id_, values=values) for id_, values in EATS.items())
    live = recorded(small_files(COLUMNS, people=people))
    live.until(dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC))
    live.accept("kick-off-1", "ugle")
    live.accept("kick-off-1", "mejse", "declined")
    return live


def test_who_comes_is_counted_with_what_they_need_and_no_name() -> None:
    live = cohort()

    found = catering(live.record, KICK_OFF)

    people = live.record.people
    assert found == Catering(
        coming=tuple(people[live.person(id_)] for id_ in ("falk", "ugle", "alk")),
        yes=1,
        maybe=0,
        declined=1,
        diets=(("vegan", 2), ("no nuts", 1)),
        access=(("step-free", 2),),
    )


def test_the_list_for_the_door_has_names_by_department_and_nothing_they_need() -> None:
    live = cohort()

    page = doorlist(live.record, KICK_OFF, catering(live.record, KICK_OFF))

    assert re.findall(
        r'scope="rowgroup" colspan="2">([^<]*)<|"name">([^<]*)<', page
    ) == [
        ("Kultur", ""),
        ("", "Falk Fugl"),
        ("", "Ugle Fugl"),
        ("Teknik", ""),
        ("", "Alk Fugl"),
    ]
    assert not {"vegan", "no nuts", "step-free"} & set(re.findall(r"[\w -]+", page))


def test_the_list_fetches_nothing_and_escapes_what_people_are_called() -> None:
    live = recorded(small_files(people=(person("ugle", name="<b>Ugle</b> Fugl"),)))
    live.until(dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC))

    page = doorlist(live.record, KICK_OFF, catering(live.record, KICK_OFF))

    assert "&lt;b&gt;Ugle&lt;/b&gt; Fugl" in page
    assert re.findall(r"(?:src|href)=|url\(|@import", page) == []
