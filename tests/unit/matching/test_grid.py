"""What every two would come to together, whatever the shape."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.matching import Partner, Problem, grid, partners, twosomes
from engine.matching.clauses import Mixed
from engine.matching.scoring import flipped, tabulate
from tests.unit.matching import many
from tests.unit.matching.cases import ids, pair, person, problem, problems, rules
from tests.unit.matching.every import broken

WISHES = [("mentee's wishes in order", 6)]


@pytest.mark.parametrize("shape", ["buddies", "networks"])
@given(data=st.data())
def test_two_of_one_role_may_be_together_where_the_check_finds_nothing(
    shape: str, data: st.DataObject
) -> None:
    asked = replace(data.draw(many.problems(shape)), least=2, most=2, joined="")
    table = grid(asked)

    for row, one in enumerate(table.firsts):
        for column, other in enumerate(table.seconds):
            alone = {asked.placed: (one.person, other.person)}
            # Whoever joins them may bring what two have too little of.
            found = [
                breach
                for breach in broken(asked, (alone,))
                if not isinstance(breach.rule, Mixed)
            ]
            assert ((row, column) in table.barriers) is (found != [])


@given(given_=problems())
def test_sides_that_change_over_keep_points_and_barriers(given_: Problem) -> None:
    table = tabulate(given_)
    other = flipped(table)

    cells = [
        (row, column)
        for row in range(len(table.firsts))
        for column in range(len(table.seconds))
    ]
    assert [other.points[column][row] for row, column in cells] == [
        table.points[row][column] for row, column in cells
    ]
    assert dict(other.barriers) == {
        (column, row): those for (row, column), those in table.barriers.items()
    }
    assert (other.firsts, other.seconds) == (table.seconds, table.firsts)


def test_the_best_partners_stand_first_and_the_own_one_in_any_case() -> None:
    people = [
        person("ann", "mentor"),
        person("bo", "mentor"),
        person("dag", "mentor"),
        person("kari", "mentee", wishes=("bo", "ann")),
    ]
    chosen = twosomes([pair("dag", "kari")])

    found = partners(grid(problem(people, rules((), WISHES))), chosen, most=1)

    assert found == {
        ids("kari")[0]: (
            Partner(person=ids("bo")[0], points=600, chosen=False),
            Partner(person=ids("dag")[0], points=0, chosen=True),
        )
    }
