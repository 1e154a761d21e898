"""Whether what activities, phases and roles refer to by name is there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import Grounds, matches, names
from engine.checks.places import Placed, placed_activities, placed_phases
from engine.spec.activities import (
    Agreement,
    Assignment,
    Certificate,
    Evaluation,
    Gathering,
    Meeting,
    PlacedMeeting,
)
from engine.spec.faults import Path
from engine.spec.moments import Condition
from engine.spec.programme import TRACK, Programme
from engine.spec.wording import quoted


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A name in the file, and the names that would mean something there.

    Attributes:
        what: What is told of a name that means nothing, after the name itself.
        remedy: What to write where there is nothing to choose from.
        stops: Whether nothing can be dated that hangs on it.
        written: The whole value with another name.
    """

    path: Path
    name: str
    known: Sequence[str]
    what: str
    remedy: str = ""
    stops: bool = False
    key: bool = False
    written: Callable[[str], str] = str


def check_references(programme: Programme) -> Iterator[Finding]:
    """Yield every name that means nothing."""
    if programme.tracks and TRACK in programme.people:
        problem = f"{quoted(TRACK)} is the column of `tracks` already"
        yield Finding(("people", TRACK), problem, "leave it out", key=True)
    for one in _references(programme):
        if one.name not in one.known:
            problem = f"{quoted(one.name)} {one.what}"
            finding = Finding(
                one.path,
                problem,
                "" if one.known else one.remedy,
                key=one.key,
                stops=one.stops,
                grounds=_grounds(programme),
            )
            yield unknown(finding, one.name, one.known, written=one.written)


def _grounds(programme: Programme) -> Grounds:
    known = names(programme)
    return Grounds(
        values=(*known.values, ("tracks",)),
        gaps=(*known.gaps, *matches(programme).gaps),
    )


def _references(programme: Programme) -> Iterator[Reference]:
    for name, role in programme.roles.items():
        if role.on_call_for is not None:
            yield _kind(("roles", name, "on call for"), role.on_call_for, programme)
    yield from _conditions(programme)
    for one in placed_activities(programme):
        yield from _of_track(one, programme)
        match one.activity:
            case Agreement():
                yield from _agreement(one, one.activity, programme)
            case Assignment():
                yield from _assignment(one, one.activity, programme)
            case Certificate():
                yield from _certificate(one, one.activity, programme)
            case Meeting() | PlacedMeeting():
                yield from _prompts(one, one.activity, programme)
            case _:
                pass


def _kind(path: Path, kind: str, programme: Programme) -> Reference:
    return Reference(
        path=path,
        name=kind,
        known=tuple(programme.matches),
        what="is no kind of match",
        remedy=f"add `{kind}` to `matches`",
        stops=True,
    )


def _conditions(programme: Programme) -> Iterator[Reference]:
    for path, phase in placed_phases(programme):
        waits = phase.waits_for
        if waits is None:
            continue
        written = partial(_with_name, waits)
        if waits.state in ("approved", "agreed"):
            of_match = _kind((*path, "waits for"), waits.name, programme)
            yield replace(of_match, written=written)
            continue
        wanted = Agreement if waits.state == "signed" else Evaluation
        yield Reference(
            path=(*path, "waits for"),
            name=waits.name,
            known=_called(programme, wanted),
            what=f"is no {wanted.KEYWORD}",
            remedy=f"add an activity `- {wanted.KEYWORD}: {waits.name}`",
            written=written,
        )


def _with_name(waits: Condition, name: str) -> str:
    return str(replace(waits, name=name))


def _of_track(one: Placed, programme: Programme) -> Iterator[Reference]:
    if one.activity.track is not None:
        yield Reference(
            path=(*one.path, "track"),
            name=one.activity.track,
            known=programme.tracks,
            what="is no track of the programme",
            remedy=f"add `tracks: [{one.activity.track}]` to the programme",
        )


def _agreement(
    one: Placed, agreement: Agreement, programme: Programme
) -> Iterator[Reference]:
    yield _kind((*one.path, "with"), agreement.with_, programme)
    path = (*one.path, "drawn up by")
    yield from _role(path, agreement.drawn_up_by, agreement.with_, programme)


def _role(
    path: Path, role: str, kind: str, programme: Programme, *, key: bool = False
) -> Iterator[Reference]:
    part = programme.matches.get(kind)
    if part is not None:
        what = f"is no role of {kind}"
        yield Reference(path=path, name=role, known=part.everybody, what=what, key=key)


def _assignment(
    one: Placed, assignment: Assignment, programme: Programme
) -> Iterator[Reference]:
    if assignment.between is None:
        return
    planned = {
        name: with_
        for name in _called(programme, PlacedMeeting)
        if (with_ := _with(name, programme)) is not None
    }
    yield Reference(
        path=(*one.path, "between"),
        name=assignment.between,
        known=tuple(planned),
        what="is no meeting of matches on planned days",
        remedy="write `when` and `due` instead",
        stops=True,
    )
    if assignment.hand_in_to is not None and assignment.between in planned:
        path, kind = (*one.path, "hand in to"), planned[assignment.between]
        yield from _role(path, assignment.hand_in_to, kind, programme)


def _with(name: str, programme: Programme) -> str | None:
    activity = programme.activity(name)
    return activity.with_ if isinstance(activity, PlacedMeeting) else None


def _certificate(
    one: Placed, certificate: Certificate, programme: Programme
) -> Iterator[Reference]:
    for number, earned in enumerate(certificate.earned_by):
        yield Reference(
            path=(*one.path, "earned by", number),
            name=earned.activity,
            known=_called(programme, (Gathering, Meeting)),
            what="is nothing that people come to",
            written=f"{earned.least} of {{}}".format,
        )


def _prompts(
    one: Placed, meeting: Meeting | PlacedMeeting, programme: Programme
) -> Iterator[Reference]:
    for role in meeting.prompts if meeting.with_ else ():
        path = (*one.path, "prompts", role)
        yield from _role(path, role, meeting.with_ or "", programme, key=True)


def _called(programme: Programme, kinds: type | tuple[type, ...]) -> tuple[str, ...]:
    return tuple(
        activity.name
        for _, activity in programme.activities()
        if isinstance(activity, kinds)
    )
