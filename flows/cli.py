"""The `stafet` command and how its errors are told."""

import gc
import sys

from cyclopts import App
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from engine.commands.decision import RefusedError
from engine.ports import StoreUnavailableError
from engine.spec.faults import SpecError
from engine.timeline.compile import TimelineError
from flows.commandline import (
    attending,
    changing,
    enrolling,
    grouping,
    looking,
    machine,
    mailing,
    matching,
    pausing,
    planning,
    proposing,
    recording,
    running,
    sheets,
    specs,
    telling,
    vetoing,
    weighing,
)
from flows.commandline.terminal import refuse
from flows.loading import PeopleError
from integrations.spec_files import AnswersError, MessageError

app = App(
    name="stafet",
    help="Runs year-long mentoring and talent programmes from a spec file.",
    version_flags=[],
)
for command in (
    *specs.COMMANDS,
    *matching.COMMANDS,
    *weighing.COMMANDS,
    *proposing.COMMANDS,
    *vetoing.COMMANDS,
    *looking.COMMANDS,
    *planning.COMMANDS,
    *recording.COMMANDS,
    *enrolling.COMMANDS,
    *changing.COMMANDS,
    *pausing.COMMANDS,
    *telling.COMMANDS,
    *attending.COMMANDS,
    *grouping.COMMANDS,
    *running.COMMANDS,
    *sheets.COMMANDS,
    *machine.COMMANDS,
    *mailing.COMMANDS,
):
    app.command(command)


def main() -> None:
    """Run a command; what the user can mend is told in their words, not ours."""
    # Hardly anything here is in a circle: looking for them is an eighth of a rehearsal.
    gc.set_threshold(100_000)
    try:
        app(sys.argv[1:])
    except (
        SpecError,
        PeopleError,
        RefusedError,
        AnswersError,
        MessageError,
    ) as error:
        raise refuse(str(error)) from None
    except PydanticCustomError as error:
        remedy = (error.context or {}).get("remedy", "")
        raise refuse(f"{error.message()}; write, {remedy}") from None
    except ValidationError as error:
        raise refuse(_settings(error)) from None
    except TimelineError as error:
        raise refuse(f"{error.activity}: {error.problem}; {error.remedy}") from None
    except StoreUnavailableError as error:
        raise refuse(f"the database cannot be reached: {error}") from None
    except OSError as error:
        if error.filename is None:
            raise
        raise refuse(f"{error.filename}: {error.strerror}") from None


def _settings(error: ValidationError) -> str:
    """Return what is wrong with the environment, variable by variable."""
    return "\n".join(
        f"STAFET_{str(fault['loc'][0]).upper()}: {fault['msg']}"
        for fault in error.errors()
    )


if __name__ == "__main__":
    main()
