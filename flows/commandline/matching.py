"""The command that shows matches, and what they would be were something otherwise."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from engine.documents import (
    Document,
    matches_document,
    proposal_document,
    solution_document,
)
from engine.spec.wording import listed
from flows.commandline.context import Now
from flows.commandline.matchfiles import write_matches
from flows.commandline.specs import AsJson, Cohort, standing_of
from flows.commandline.terminal import plain, refuse, say, table
from flows.commandline.trying import show_scored, show_tried

if TYPE_CHECKING:
    from engine.ids import MatchId, PersonId
    from engine.record import Record

Twos = Annotated[
    tuple[str, ...],
    Parameter(negative="", consume_multiple=True, help="Two by id, as `ugle+alk`."),
]
Waived = Annotated[
    tuple[str, ...],
    Parameter(
        negative="",
        consume_multiple=True,
        help="A rule or wish of the spec that would not count.",
    ),
]
Kind = Annotated[str, Parameter(help="Which, where there are several.")]
Score = Annotated[
    Path | None,
    Parameter(help="Matches made by hand, CSV or Excel, to be weighed."),
]
Aims = Annotated[bool, Parameter(negative="", help="What other aims would come to.")]
Out = Annotated[
    Path | None,
    Parameter(help="Write them to this .html, .xlsx, .csv or .json instead."),
]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """What would be otherwise than it is."""

    pin: Twos = ()
    never: Twos = ()
    what_if: Waived = ()
    move: Annotated[
        bool, Parameter(negative="", help="Running matches may be moved.")
    ] = False

    def __bool__(self) -> bool:
        """Return whether anything would be."""
        return bool(self.pin or self.never or self.what_if or self.move)


_AS_IT_IS = Otherwise()


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Meant:
    """Which matches are meant."""

    kind: Kind = ""
    who: Annotated[
        tuple[str, ...],
        Parameter(
            negative="",
            consume_multiple=True,
            help="Those of these people, with what other partners would cost.",
        ),
    ] = ()


_ALL = Meant()


def match(
    cohort: Cohort,
    *,
    meant: Meant = _ALL,
    otherwise: Otherwise = _AS_IT_IS,
    score: Score = None,
    aims: Aims = False,
    out: Out = None,
    json_: AsJson = False,
    now: Now = None,
) -> None:
    """Show the best matches with their points and reasons; nobody is told.

    With --pin, --never and --what-if: what would change, and what it would cost.
    With --score: what matches made by hand are worth, and which rules they break.
    With --out: a page with everyone against everyone, or a table to change.

    Example: stafet match specs/aarhus-leadership/cohorts/2027.yaml
    """
    _check_options(aims, score, meant, otherwise, shown_as=json_ or out is not None)
    record = standing_of(cohort, now).record
    if aims:
        from flows.commandline.weighing import show_aims

        show_aims(record, kind_of(record, meant.kind))
    elif score is not None:
        show_scored(record, kind_of(record, meant.kind), score)
    elif otherwise:
        _try(record, kind_of(record, meant.kind), otherwise, out=out, as_json=json_)
    elif out is not None:
        which = kind_of(record, meant.kind)
        write_matches(
            out, record, which, lambda: _both(record, replace(meant, kind=which))
        )
    else:
        _show_best(record, meant, as_json=json_)


COMMANDS = (match,)


def _check_options(
    aims: bool,  # noqa: FBT001
    score: Path | None,
    meant: Meant,
    otherwise: Otherwise,
    *,
    shown_as: bool,
) -> None:
    """Refuse options of which one would be passed over without a word."""
    tables = ["--aims"] * aims + ["--score"] * (score is not None)
    others = [
        f"--{name.replace('_', '-')}"
        for name, given in vars(otherwise).items()
        if given
    ]
    alone = [*tables, *(["--who"] if meant.who else [])]
    if len(alone) > 1 or (alone and others):
        told = listed([*alone, *others], last="and")
        raise refuse(f"{told} do not go together; ask one by one")
    if tables and shown_as:
        raise refuse(f"{tables[0]} shows a table; leave --json and --out out")


def _show_best(record: "Record", meant: Meant, *, as_json: bool) -> None:
    kind = kind_of(record, meant.kind) if meant.kind else ""
    both = _both(record, replace(meant, kind=kind))
    if as_json:
        plain(json.dumps(both, ensure_ascii=False, indent=1))
        return
    _show_matches(record.id, both["matches"])
    for which, summary in both["summary"].items():
        ids = [one["id"] for one in both["matches"] if one["kind"] == which]
        _show_summary(which, summary, ids)


def _both(record: "Record", meant: Meant) -> Document:
    """Return the matches that run and those to be proposed, as far as meant."""
    from flows.commandline.context import person_of

    language = record.frozen.programme.languages[0]
    people = [person_of(record, one) for one in meant.who]
    document = proposal_document(
        record,
        language=language,
        only=meant.kind,
        whose=[one.person for one in people],
    )
    running: Sequence[Document] = ()
    if any(not one.dissolved for one in record.state.matches.values()):
        # Everybody is matched and priced afresh for it.
        running = matches_document(record, language=language)["matches"]
    approved = (one for one in running if meant.kind in ("", one["kind"]))
    matches = [*approved, *document["matches"]]
    if ids := {one.id for one in people}:
        matches = [one for one in matches if ids & _ids(one)]
    return {**document, "matches": matches}


def _ids(match_: Document) -> set[str]:
    return {id_ for those in match_["members"].values() for id_ in those}


def _try(
    record: "Record",
    kind: str,
    otherwise: Otherwise,
    *,
    out: Path | None,
    as_json: bool,
) -> None:
    """Show what would change, and write what would be if a file is wanted."""
    from engine.trials import Trial, tried

    trial = Trial(
        pins=twos(record, otherwise.pin),
        nevers=twos(record, otherwise.never),
        waived=otherwise.what_if,
        move=otherwise.move,
    )
    found = tried(record, kind, trial)
    show_tried(record, found, as_json=as_json)
    if out is not None:
        language = record.frozen.programme.languages[0]
        write_matches(
            out,
            record,
            kind,
            lambda: solution_document(record, found.asked, found.then, language),
        )


def twos(record: "Record", written: Sequence[str]) -> "list[tuple[PersonId, PersonId]]":
    """Return whom each `ugle+alk` stands for."""
    return [_two(record, one) for one in written]


def _two(record: "Record", written: str) -> "tuple[PersonId, PersonId]":
    from flows.commandline.context import person_of

    first, plus, second = written.partition("+")
    if not plus or not first.strip() or not second.strip():
        raise refuse(f"{written!r} does not name two; write, for example, ugle+alk")
    one, other = (person_of(record, id_.strip()).person for id_ in (first, second))
    if one == other:
        raise refuse(f"{written!r} names one person twice")
    return one, other


def kind_of(record: "Record", named: str) -> str:
    """Return the kind of match that is meant, or the only one."""
    known = tuple(record.frozen.programme.matches)
    if named in known:
        return named
    if not named and len(known) == 1:
        return known[0]
    told = f"{named!r} is no kind of match" if named else "there are several kinds"
    raise refuse(f"{told}; say which with --kind: {', '.join(known)}")


def _show_matches(title: str, matches: Sequence[Document]) -> None:
    table(
        ("match", "members", "score", "reasons", "alternatives"),
        [
            (
                one["id"] or "proposed",
                "\n".join(f"{r}: {', '.join(m)}" for r, m in one["members"].items()),
                str(one["score"]),
                "\n".join(one["reasons"]),
                "\n".join(one["alternatives"]),
            )
            for one in matches
        ],
        title=title,
    )


def _show_summary(
    kind: str, summary: Document, ids: "Sequence[MatchId | None]"
) -> None:
    """Print what is proposed, whose matches have no id yet, and who is in none."""
    worst = "none" if summary["worst"] is None else str(summary["worst"])
    run = len([one for one in ids if one is not None])
    told = f"{kind}: {run} matches run" if run else f"{kind}:"
    if None in ids or not run:
        told += (
            f"{';' * bool(run)} {summary['status']}, total {summary['total']} "
            f"(no better than {summary['bound']}), worst match {worst}"
        )
    say(told)
    if summary["proof"]:
        say(f"  {summary['proof']}")
    for one in summary["unmatched"]:
        say(f"  without a match: {one['participant']}: {one['reason']}")
    for line in (*summary["unmet"], *summary["shortages"]):
        say(f"  {line}")
    if those := summary["unpriced"]:
        one, of = those[0], len(those)
        say(f"  no prices of other partners of {of}: ask with --who, as --who {one}")
    if both := ["+".join(two) for two in summary["blocking"]]:
        say(f"  both would have more points together: {listed(both, last='and')}")
