"""What calendar programs that are not ours make of our bytes.

`libical_check` and `icaljs_events` take any calendar, such as a rehearsal's.
"""

import datetime as dt
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LIBICAL = HERE / "build" / "libical_events"
NEEDED = {
    "gcc": "apt-get install gcc libical-dev",
    "node": "apt-get install nodejs",
    "npm": "apt-get install npm",
}


class MissingToolError(Exception):
    """A program without which this suite proves nothing: it fails, never skips."""


class RefusedError(AssertionError):
    """A client found faults in a calendar."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Shown:
    """One event as a client shows it.

    Attributes:
        starts: Wall time and offset as the client works them out, in ISO 8601.
        ends: Likewise.
    """

    uid: str
    starts: str
    ends: str


def libical_check(calendar: bytes) -> tuple[Shown, ...]:
    """Return the events as libical 3 shows them, in the order of the file.

    Raises:
        RefusedError: For any fault under RFC 5545 or, with a METHOD, RFC 5546.
        MissingToolError: If it cannot be built; says what to install.
    """
    return _shown([_libical()], calendar)


def icaljs_events(calendar: bytes) -> tuple[Shown, ...]:
    """Return the events as ical.js 2 shows them, in the order of the file.

    Raises:
        RefusedError: If it cannot be read, or a time floats.
        MissingToolError: If it cannot be installed; says what to install.
    """
    installed("ical.js")
    return _shown([tool("node"), str(HERE / "icaljs_events.js")], calendar)


def _libical() -> str:
    source = HERE / "libical_events.c"
    if not LIBICAL.exists() or LIBICAL.stat().st_mtime < source.stat().st_mtime:
        LIBICAL.parent.mkdir(exist_ok=True)
        _make(
            [tool("gcc"), "-Wall", "-O1", "-o", str(LIBICAL), str(source), "-lical"],
            remedy=NEEDED["gcc"],
        )
    return str(LIBICAL)


def installed(package: str) -> None:
    """Install what `package.json` names, unless it is there in that version.

    Raises:
        MissingToolError: If it cannot be installed; says what to do.
    """
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    there = HERE / "node_modules" / package / "package.json"
    if not there.exists() or (
        json.loads(there.read_text("utf-8"))["version"] != wanted[package]
    ):
        quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        _make(
            [tool("npm"), "install", *quiet, "--prefix", str(HERE)],
            remedy=f"npm install --no-package-lock --prefix {HERE}",
        )


def tool(name: str) -> str:
    """Return where a program is.

    Raises:
        MissingToolError: If it is not; says what to install.
    """
    path = shutil.which(name)
    if path is None:
        raise MissingToolError(f"{name} is missing: {NEEDED[name]}")
    return path


def _make(command: list[str], *, remedy: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingToolError(f"try: {remedy}\n{done.stdout}{done.stderr}")


def _shown(command: list[str], calendar: bytes) -> tuple[Shown, ...]:
    done = subprocess.run(command, input=calendar, capture_output=True, check=False)
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    faults = [" ".join(words) for kind, *words in lines if kind == "fault"]
    if done.returncode:
        faults.append(done.stderr.decode())
    if faults:
        raise RefusedError("\n".join(faults))
    return tuple(
        Shown(uid=uid, starts=_iso(*moments[:2]), ends=_iso(*moments[2:]))
        for _, uid, *moments in lines
    )


def _iso(wall: str, utc: str) -> str:
    offset = dt.datetime.fromisoformat(wall) - dt.datetime.fromisoformat(utc)
    zone = dt.timezone(offset)
    return dt.datetime.fromisoformat(wall).replace(tzinfo=zone).isoformat()
