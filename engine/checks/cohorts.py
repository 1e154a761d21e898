"""Whether a cohort file and its people fit the programme."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from engine.checks.coordinators import check_addresses, check_languages
from engine.checks.findings import Finding
from engine.checks.grounds import LANGUAGES, NO_GROUNDS, Grounds, roles
from engine.checks.matches import check_roles
from engine.checks.nominations import may_grow
from engine.checks.places import placed_activities
from engine.checks.texts import texts_in
from engine.checks.years import Year
from engine.ids import PersonId
from engine.matching.reporting import nearest_managers
from engine.people import Participant
from engine.spec.activities import Evaluation
from engine.spec.cohort import Cohort
from engine.spec.programme import Programme
from engine.spec.wording import listed, quoted

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def check_alone(cohort: Cohort, source: str) -> Iterator[Finding]:
    """Yield what is wrong with a cohort file whatever the programme."""
    yield from _label(cohort, source)
    if cohort.follows == cohort.cohort:
        problem = "a cohort does not follow itself"
        remedy = "name the one before it, or leave the line out"
        yield Finding(("follows",), problem, remedy)
    yield from check_addresses(cohort)


def check_fit(cohort: Cohort, programme: Programme) -> Iterator[Finding]:
    """Yield where a cohort file names another programme, or other languages."""
    if cohort.programme != programme.programme:
        problem = f"the programme beside it is called {quoted(programme.programme)}"
        remedy = f"write `{programme.programme}`"
        named = Grounds(values=(("programme",),))
        yield Finding(("programme",), problem, remedy, in_programme=named)
    for one in texts_in(cohort, programme.languages):
        hangs = bool(one.grounds.values)
        yield replace(one, in_programme=LANGUAGES if hangs else NO_GROUNDS)
    yield from check_languages(cohort, programme)


def check_people(
    programme: Programme, participants: Sequence[Participant]
) -> Iterator[Finding]:
    """Yield the kinds of match that lack all people of a role, now and later on."""
    if any(check_roles(programme)):
        return
    lacking: dict[str, list[str]] = {}
    for kind, match in programme.matches.items():
        for role in dict.fromkeys(match.everybody):
            comes = role in programme.nominated
            if not comes and not any(role in one.roles for one in participants):
                lacking.setdefault(role, []).append(kind)
    for role, kinds in lacking.items():
        problem = f"nobody is a {role}, so {listed(kinds, last='and')} has no matches"
        remedy = f"write `{role}` in the column roles of the participants file"
        yield Finding(("people",), problem, remedy, in_programme=roles(programme))
    yield from _managers(programme, participants)


def _managers(
    programme: Programme, participants: Sequence[Participant]
) -> Iterator[Finding]:
    """Yield whose manager is to be in their match and takes no part as one."""
    people = [replace(one, person=PersonId(one.id)) for one in participants]
    managers = nearest_managers(people)
    for match in programme.matches.values():
        if match.shape != "trios":
            continue
        talent, manager, _ = match.roles
        able = {one.person for one in people if manager in one.roles}
        lacking = [
            one.id
            for one in people
            if talent in one.roles and managers.get(one.person) not in able
        ]
        if able and lacking:
            whose = listed(lacking, last="and")
            problem = f"the {manager} of {whose} takes no part"
            remedy = f"name their nearest manager, who needs the role `{manager}` too"
            grounds = roles(programme)
            yield Finding(("people",), problem, remedy, in_programme=grounds)


def check_answers(programme: Programme, year: Year) -> Iterator[Finding]:
    """Yield the evaluations that ask too few people for their answers to be shown."""
    for one in placed_activities(programme):
        if not isinstance(one.activity, Evaluation) or one.activity.anonymous is None:
            continue
        least = one.activity.anonymous.least
        found = year.occurrences.get(one.activity.slug, ())
        asked = max((len(each.slot.audience) for each in found), default=least)
        if asked < least and not may_grow(programme, one.activity.for_):
            those = "one is" if asked == 1 else f"{asked} are"
            problem = f"only {those} asked, so no answer is ever shown"
            remedy = "ask more people, or leave it out"
            grounds = Grounds(values=((*one.path, "for"),))
            yield Finding((*one.path, "anonymous"), problem, remedy, grounds=grounds)


def _label(cohort: Cohort, source: str) -> Iterator[Finding]:
    path, file = ("cohort",), PurePath(source)
    if not _LABEL.fullmatch(cohort.cohort):
        problem = (
            f"{quoted(cohort.cohort)} is not a name of letters, digits and hyphens"
        )
        yield Finding(path, problem, "write, for example, `2027`")
    elif file.parent.name == "cohorts" and file.stem != cohort.cohort:
        problem = f"{quoted(cohort.cohort)} is not the name of its file, {file.name}"
        yield Finding(path, problem, f"write `{file.stem}`, or rename the file")
