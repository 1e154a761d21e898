"""By what rules people sit in groups: the rows of a question in whole numbers."""

from collections.abc import Iterable

from engine.matching.clauses import Mixed, Single, Spread
from engine.matching.columns import told
from engine.matching.highs import Expression
from engine.matching.leading import Leading
from engine.matching.parties import by_value, conflicts
from engine.matching.quotas import buckets
from engine.matching.seating import Seating, added


def seating(leading: Leading) -> Seating:
    """Return the question, bound by the rules and by what is insisted on."""
    from ortools.math_opt.python import mathopt

    model = mathopt.Model()
    seats = [
        {one: model.add_binary_variable() for one in those} for those in leading.allowed
    ]
    used = [model.add_binary_variable() for _ in seats]
    add = model.add_linear_constraint
    found = Seating(
        leading=leading,
        model=model,
        seats=seats,
        used=used,
        people={},
        sizes=[],
        everyone=add(expr=added(seat for row in seats for seat in row.values()), lb=0),
        groups=add(expr=added(used), lb=0),
    )
    for here, one in zip(seats, used, strict=True):
        _size(found, here.values(), one)
    _seat_once(found)
    _bind(found)
    for bucket in buckets(leading.problem):
        if bucket.most is not None:
            add(expr=found.among(bucket.people), ub=bucket.most)
    return found


def _size(given: Seating, seats: Iterable[Expression], used: Expression) -> None:
    """Let as many sit somewhere as a plan says, or nobody."""
    size = added(seats)
    low = given.model.add_linear_constraint(expr=size - used, lb=0)
    high = given.model.add_linear_constraint(expr=size - used, ub=0)
    given.sizes.append((used, low, high))


def _seat_once(given: Seating) -> None:
    """Let nobody sit twice; whoever is to be with somebody sits, and with them."""
    problem, seconds = given.leading.problem, given.leading.table.seconds
    columns = {one.person: column for column, one in enumerate(seconds)}
    insisted = {columns[one] for two in problem.pins for one in two if one in columns}
    add = given.model.add_linear_constraint
    able = {column for seats in given.seats for column in seats}
    for column in sorted(able | insisted):
        row = added(seats[column] for seats in given.seats if column in seats)
        least = int(column in insisted)
        given.people[column] = add(expr=row, lb=least, ub=1), least
    for two in sorted(problem.pins):
        here = [columns[one] for one in two if one in columns]
        if len(here) == len(two):
            for seats in given.seats:
                one, other = (seats.get(column, 0) for column in here)
                add(expr=added([one, -1 * other]), lb=0, ub=0)


def _bind(given: Seating) -> None:
    problem, seconds = given.leading.problem, given.leading.table.seconds
    for rule in problem.rules.together:
        if isinstance(rule, Spread):
            _spread(given, rule)
        elif isinstance(rule, Single):
            _single(given, rule)
        elif isinstance(rule, Mixed):
            _mixed(given, rule)
    for one, other in conflicts(problem, seconds):
        for seats in given.seats:
            if one in seats and other in seats:
                given.model.add_linear_constraint(expr=seats[one] + seats[other], ub=1)


def _counts(given: Seating, group: int, one: int, rule: Spread | Single) -> bool:
    """Return whether somebody may sit there, and a rule about all counts for them."""
    table = given.leading.table
    leader = table.firsts[given.leading.leaders[group]].person
    excused = given.leading.problem.excuses(leader, table.seconds[one].person, rule)
    return one in given.seats[group] and not excused


def _spread(given: Seating, rule: Spread) -> None:
    values = by_value(given.leading.table.seconds, rule.column)
    model, excused = given.model, list[Expression]()
    for group, seats in enumerate(given.seats):
        for value, those in values.items():
            here = [seats[one] for one in those if _counts(given, group, one, rule)]
            if value is None:
                excused += here
            elif len(here) > rule.most:
                row = added(here)
                if rule.exceptions:
                    above = model.add_integer_variable(lb=0, ub=rule.exceptions)
                    excused.append(above)
                    row -= above
                model.add_linear_constraint(expr=row, ub=rule.most)
    model.add_linear_constraint(expr=added(excused), ub=rule.exceptions)


def _single(given: Seating, rule: Single) -> None:
    """Let each group have one value; a seat at a time, which bounds far better.

    How many groups have a value is a whole number: that tells at once where people
    cannot be parted into even groups.
    """
    values = by_value(given.leading.table.seconds, rule.column)
    add, groups = given.model.add_linear_constraint, len(given.used)
    marks: list[list[Expression]] = [[] for _ in given.used]
    for value, those in values.items():
        count = given.model.add_integer_variable(
            lb=0, ub=0 if value is None else groups
        )
        for group, (seats, mine) in enumerate(zip(given.seats, marks, strict=True)):
            here = [seats[one] for one in those if _counts(given, group, one, rule)]
            mine.append(given.model.add_binary_variable())
            if not given.leading.problem.excused:
                _size(given, here, mine[-1])
            for seat in here:
                add(expr=seat - mine[-1], ub=0)
        add(expr=added(mine[-1] for mine in marks) - count, lb=0, ub=0)
    for mine, used in zip(marks, given.used, strict=True):
        add(expr=added(mine) - used, lb=0, ub=0)


def _mixed(given: Seating, rule: Mixed) -> None:
    values = by_value(given.leading.table.seconds, rule.column)
    for seats, used in zip(given.seats, given.used, strict=True):
        for value in rule.values:
            those = values.get(told(value), ())
            here = added(seats[one] for one in those if one in seats)
            given.model.add_linear_constraint(expr=here - rule.least * used, lb=0)
