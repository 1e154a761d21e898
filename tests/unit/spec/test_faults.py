"""How faults are ordered, and how they look on a terminal."""

from engine.spec.faults import Fault, SpecError, in_order, render


def fault(
    *, line: int = 1, column: int = 1, width: int = 1, problem: str = "no", excerpt: str
) -> Fault:
    return Fault(
        source="a.yaml",
        line=line,
        column=column,
        width=width,
        problem=problem,
        remedy="write: yes",
        excerpt=excerpt,
    )


def carets(one: Fault) -> tuple[str, str]:
    _, excerpt, under, _ = render([one]).splitlines()
    return excerpt[8:], under[8:]


def test_a_fault_is_shown_with_its_line_a_caret_and_a_remedy() -> None:
    shown = render([fault(line=22, column=5, width=3, excerpt="  - foo: bar")])

    assert shown == (
        "a.yaml:22:5: error: no\n"
        "   22 |   - foo: bar\n"
        "      |     ^^^\n"
        "      = write: yes"
    )


def test_a_tab_takes_four_columns() -> None:
    assert carets(fault(column=3, excerpt="\ta\tb")) == ("    a    b", "     ^^^^")


def test_a_wide_character_takes_two_columns_and_a_combining_one_none() -> None:
    line = "日本 a\N{COMBINING RING ABOVE}r: x"

    assert carets(fault(column=9, excerpt=line)) == (line, "         ^")
    assert carets(fault(column=1, width=2, excerpt=line)) == (line, "^^^^")


def test_danish_letters_take_one_column() -> None:
    assert carets(fault(column=6, excerpt="æøå: x")) == ("æøå: x", "     ^")


def test_a_long_line_is_shortened_around_the_caret() -> None:
    excerpt, under = carets(fault(column=501, excerpt="a" * 500 + "b" + "c" * 500))

    assert excerpt[under.index("^")] == "b"
    assert (excerpt[0], excerpt[-1], len(excerpt)) == ("…", "…", 90)


def test_carets_end_with_the_line() -> None:
    assert carets(fault(column=2, width=99, excerpt="abc")) == ("abc", " ^^")


def test_a_fault_after_the_end_of_a_line_has_its_caret_there() -> None:
    assert carets(fault(column=4, excerpt="abc")) == ("abc", "   ^")


def test_nothing_of_a_file_reaches_the_terminal_as_a_command() -> None:
    shown = render([fault(problem="'\x1b[2J'", excerpt="a\x1b[2J\u202eb")])

    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_faults_come_in_the_order_of_the_file_each_once() -> None:
    late = fault(line=10, excerpt="x")
    early = fault(line=9, excerpt="x")

    assert in_order([late, early, late]) == (early, late)


def test_faults_of_one_place_keep_their_order() -> None:
    second = fault(problem="a", excerpt="x")
    first = fault(problem="b", excerpt="x")

    assert in_order([first, second]) == (first, second)


def test_an_error_carries_its_faults_and_shows_them() -> None:
    one = fault(excerpt="x")

    error = SpecError([one])

    assert error.faults == (one,)
    assert str(error) == render([one])
