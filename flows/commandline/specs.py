"""Commands over spec files, which record nothing: check, timeline, new."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from engine.commands.standing import Standing
from engine.documents import timeline_document
from flows.commandline.terminal import period, plain, refuse, say, table

Cohort = Annotated[
    str, Parameter(help="A cohort file, or the name of a recorded cohort.")
]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="For programs.")]

Resolved = Annotated[
    bool,
    Parameter(negative="", help="Show the programme with all that it extends."),
]


WithAdvice = Annotated[
    bool, Parameter(negative="", help="Tell what would make the programme better.")
]


def check(*files: Path, resolved: Resolved = False, advice: WithAdvice = False) -> None:
    """Find everything that is wrong with spec files, each with its place and a remedy.

    Of a cohort file its programme and its participants are looked at too. Of several it
    warns where they ask somebody to be at two things at once. With --advice it tells as
    well what guides ask of a good programme, which is no fault.

    Example: stafet check specs/aarhus-leadership/cohorts/2027.yaml
    """
    from flows.loading import advice_on, check_together, resolved_programme
    from flows.loading import check as faults_in

    if not files:
        raise refuse(
            "no file to check; write, for example, stafet check programme.yaml"
        )
    told = [_faults(faults_in, file) for file in files]
    if faults := [one for one in told if one]:
        plain("\n\n".join(faults))
        raise SystemExit(1)
    if resolved:
        plain("\n".join(map(resolved_programme, files)))
        return
    if warnings := check_together(files):
        plain(f"{warnings}\n")
    if advice:
        plain("\n\n".join(one for file in files for one in advice_on(file)) + "\n")
    say(f"[green]{len(files)} checked, no faults[/]")


def timeline(cohort: Cohort, *, json_: AsJson = False) -> None:
    """Show a cohort's year: of a file, what it says; of a name, what is recorded.

    Example: stafet timeline specs/aarhus-leadership/cohorts/2027.yaml
    """
    standing = standing_of(cohort)
    record = standing.record
    language = record.frozen.programme.languages[0]
    document = timeline_document(standing, language=language)
    if json_:
        plain(json.dumps(document, ensure_ascii=False, indent=1))
        return
    zone = record.days.zone
    occurrences = standing.timeline.occurrences.values()
    table(
        ("when", "what", "place", "for", "status", "id"),
        [
            (
                period(zone.local(one.starts), zone.local(one.ends)),
                told["title"],
                told["place"].partition(",")[0],
                f"{len(told['audience'])}" if told["audience"] else "",
                told["status"],
                one.id,
            )
            for one, told in zip(occurrences, document, strict=True)
        ],
        title=f"{record.id}: {record.title(language)}",
    )


def new(name: str, *, folder: Path = Path("specs"), like: str | None = None) -> None:
    """Write a small programme with comments, its first cohort and some people.

    With --like it begins as one of those that come with Stafet. Beside it come the
    schemas by which an editor completes and underlines.

    Example: stafet new my-programme --like talent-trio
    """
    from flows.starter import new_folder, write_schemas, write_starter
    from flows.starter.likeness import write_like
    from integrations.clock import SystemClock

    today = SystemClock().now().date()
    if like is None:
        written = write_starter(folder, name, today=today)
    else:
        written = write_like(new_folder(folder, name), like, today=today)
        written = (*written, *write_schemas(folder))
    for path in written:
        say(f"wrote {path}")
    say(f"\nNext: [bold]stafet check {written[1]}[/]")


def schema(*, folder: Path = Path("specs")) -> None:
    """Write the schemas by which an editor completes and underlines spec files.

    The first line of each file says where they are. Write them anew with a new Stafet.

    Example: stafet schema
    """
    from flows.starter import write_schemas

    for path in write_schemas(folder):
        say(f"wrote {path}")


COMMANDS = (check, timeline, new, schema)


def _faults(faults_in: Callable[[Path], str], file: Path) -> str:
    if not file.is_file():
        return f"{file}: error: there is no such file"
    return faults_in(file)


def standing_of(cohort: str, now: str | None = None) -> Standing:
    """Return what a file says, or what is recorded under a name."""
    if cohort.endswith(".yaml"):
        from engine.commands.sketch import sketch
        from flows.loading import load

        if not Path(cohort).is_file():
            raise refuse(f"{cohort}: there is no such file")
        return sketch(load(Path(cohort)))
    from flows.commandline.context import cohort_of, installed

    application = installed(now)
    return application.unit.standing(cohort_of(application, cohort))
