"""What each aim of a matching comes to."""

from engine.aimed import aims
from tests.fakes.cohorts import PEOPLE, person, recorded, small_files

FAIR = ("everyone matched", "worst match as good as possible", "best total")
ALONE = {"wishes": (), "capacity": 1}


def test_the_programmes_own_aim_is_told_first_and_each_order_once() -> None:
    people = [person("ugle", values=ALONE), *PEOPLE[1:]]

    found = aims(recorded(small_files(people=people)).record, "pair")

    assert [one.aim for one in found] == [
        FAIR,
        ("everyone matched", "best total"),
        ("best total",),
    ]
    assert [one.solution.total for one in found] == [600, 600, 600]


def test_an_aim_that_comes_to_more_points_leaves_somebody_out() -> None:
    people = [
        person("ugle", values=ALONE),
        person("falk", values=ALONE, department="Teknik"),
        person("alk", department="Sundhed"),
        person("mejse", values=ALONE),
    ]
    of = recorded(small_files(people=people)).record

    found = aims(of, "pair")

    assert [(len(one.placed), one.solution.total) for one in found] == [
        (2, 0),
        (2, 0),
        (1, 300),
    ]


def test_where_somebody_has_room_for_several_it_tells_what_an_even_load_costs() -> None:
    people = [
        person("ugle", values={"wishes": (), "capacity": 2}),
        person("falk"),
        person("alk"),
        person("mejse", values={"wishes": ("ugle",), "capacity": 1}),
    ]
    of = recorded(small_files(people=people)).record

    found = {one.aim: one for one in aims(of, "pair")}

    fair, even = found[FAIR], found["everyone matched", "balanced load", *FAIR[1:]]
    assert (fair.loads, fair.solution.total) == ((0, 2), 600)
    assert (even.loads, even.solution.total) == ((1, 1), 300)


def test_where_somebody_was_left_out_it_tells_how_many_of_them_are_placed() -> None:
    people = [
        person("falk"),
        person("alk", values={"wishes": ("falk",), "left out last time": False}),
        person("mejse", values={"wishes": (), "left out last time": True}),
    ]
    head = "  capacity: {type: number}\n"
    column = "  left out last time: {type: yes or no}\n"
    of = recorded(small_files({head: head + column}, people=people)).record

    found = {one.aim: one for one in aims(of, "pair")}

    fair, first = (
        found[FAIR],
        found["everyone matched", "left out last time first", *FAIR[1:]],
    )
    assert (fair.first, fair.solution.total) == (0, 300)
    assert (first.first, first.solution.total) == (1, 0)
