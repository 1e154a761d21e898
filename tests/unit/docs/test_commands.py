"""Is every command documented, with its options, and every error that users see?"""

import ast
import inspect
import shlex
from collections.abc import Iterator
from functools import reduce

import pytest
from cyclopts import App

from flows.cli import app
from tests.unit.docs.pages import ROOT, code, headings, keys, page, section

PAGE = "docs/commands.md"


def commands(within: App, before: str = "") -> Iterator[str]:
    """Yield each command by its words; of a group, the commands in it."""
    for name in within:
        if not name.startswith("-"):
            inner = list(commands(within[name], f"{before}{name} "))
            yield from inner or [f"{before}{name}"]


COMMANDS = list(commands(app))


def command_of(name: str) -> App:
    """Return the command of `status` or of `outbox show`."""
    return reduce(App.__getitem__, name.split(), app)


def options(name: str) -> Iterator[str]:
    """Yield each option of a command, or what its arguments are called.

    What gathers several options is none itself.
    """
    for argument in command_of(name).assemble_argument_collection():
        if argument.names != ("*",):
            yield argument.names[0]


def example(name: str) -> str:
    """Return the example in the help of a command."""
    lines = (inspect.getdoc(command_of(name).default_command) or "").splitlines()
    (found,) = (line for line in lines if line.startswith("Example: "))
    return found.removeprefix("Example: ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options_and_its_example(
    name: str,
) -> None:
    told = section(page(PAGE), f"stafet {name}")

    assert f"\nExample: `{example(name)}`\n" in told
    assert [one for one in options(name) if f"`{one}`" not in told] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_is_understood(name: str) -> None:
    words = shlex.split(example(name))

    command, _, _ = app.parse_args(words[1:], exit_on_error=False)[:3]

    assert words[: 1 + len(name.split())] == ["stafet", *name.split()]
    assert command is command_of(name).default_command


def test_a_group_of_commands_alone_is_one_of_them() -> None:
    for name in {name.split()[0] for name in COMMANDS if " " in name}:
        known = [command_of(one).default_command for one in COMMANDS if name in one]

        assert app[name].default_command in known


def test_no_command_is_documented_that_is_not_there() -> None:
    told = [words for _, words in headings(page(PAGE)) if words.startswith("stafet ")]

    assert sorted(told) == sorted(f"stafet {name}" for name in COMMANDS)


def test_no_option_is_documented_that_is_not_there() -> None:
    invented = {
        (name, word)
        for name in COMMANDS
        for word in code(section(page(PAGE), f"stafet {name}"))
        if word.startswith("--") and word not in {*options(name), "--now", "--cohort"}
    }

    assert invented == set()


def test_every_error_that_the_command_line_tells_is_documented() -> None:
    source = ast.parse((ROOT / "flows" / "cli.py").read_text(encoding="utf-8"))
    handlers = (
        node for node in ast.walk(source) if isinstance(node, ast.ExceptHandler)
    )
    caught = {
        node.id
        for handler in handlers
        if handler.type is not None
        for node in ast.walk(handler.type)
        if isinstance(node, ast.Name)
    }

    told = keys(section(page(PAGE), "When a command refuses"))

    assert sorted(told) == sorted(caught)


def test_every_target_of_the_makefile_is_documented() -> None:
    lines = page("Makefile").splitlines()
    targets = {
        line.partition(":")[0] for line in lines if ": " in line and "## " in line
    }

    told = {word.split()[1] for word in keys(section(page("CONTRIBUTING.md"), "Make"))}

    assert {name for name in targets if name.isascii() and " " not in name} == told
