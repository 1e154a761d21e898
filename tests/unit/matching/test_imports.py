"""What the command line must not wait for."""

import subprocess
import sys

PROGRAM = """
import sys
from engine.matching import Column, of_two, parse_rules
parse_rules(
    [("mentor and mentee", "different departments")],
    [("mentor's strengths cover mentee's goals", 5)],
    columns={"goals": Column(kind="tags"), "strengths": Column(kind="tags")},
    speech=of_two(("mentor", "mentee")),
)
print({"ortools", "numpy", "pandas", "rustworkx"} & sys.modules.keys())
"""


def test_rules_are_parsed_without_loading_a_solver() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )

    assert done.stdout == "set()\n"
