"""Nothing that a solver prints natively comes between what a command prints."""

import subprocess
import sys

PROGRAM = """
import ctypes
from ortools.math_opt.python import mathopt
from engine.matching.highs import maximised

solve = mathopt.solve

def noisy(*args, **more):
    ctypes.CDLL(None).puts(b"HighsMipSolverData::transformNewIntegerFeasibleSolution")
    return solve(*args, **more)

mathopt.solve = noisy
model = mathopt.Model()
one = model.add_binary_variable()
print("{" + str(maximised(model, one, (one,)).reached), end="")
print("}")
"""


def test_what_a_solver_prints_is_not_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )

    assert done.stdout == "{1}\n"


def test_a_solver_works_where_there_is_no_output_at_all() -> None:
    program = f"import os\nos.close(1)\n{PROGRAM.replace('print(', 'repr(')}"
    program = program.replace(', end=""', "")

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert done.stderr == ""
