"""Whether those whom a cohort file matches, or keeps apart, are there and can be so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import matches, roles
from engine.checks.matches import check_roles
from engine.checks.rules import check_rules
from engine.earlier import remembered
from engine.ids import PersonId
from engine.matching import Problem, word_breach
from engine.matching.insisting import Hindrance, hindrances
from engine.matching.wording import word_barrier
from engine.people import Participant
from engine.problems import afresh
from engine.spec.cohort import Cohort
from engine.spec.faults import Path
from engine.spec.programme import Programme
from engine.spec.twos import TwoPeople
from engine.spec.wording import listed, quoted
from engine.wanted import people_of, wanted

_KEYS = (("must match", "must_match"), ("never match", "never_match"))


def check_twos(
    cohort: Cohort, programme: Programme, participants: Sequence[Participant]
) -> Iterator[Finding]:
    """Yield who is not there, and who cannot be in one match as the file wants it."""
    people = tuple(replace(one, person=PersonId(one.id)) for one in participants)
    check = _Check(cohort=cohort, programme=programme, people=people)
    sound: list[tuple[Path, TwoPeople]] = []
    for key, field in _KEYS:
        for number, one in enumerate(getattr(cohort, field)):
            path: Path = (key, number)
            found = [*check.names(path, one), *check.kind(path, one)]
            yield from found
            if key == "must match" and not found:
                sound.append((path, one))
    for path, one in sound:
        yield from check.joined(path, one)


@dataclass(frozen=True, kw_only=True)
class _Check:
    """A cohort file beside its programme and its people."""

    cohort: Cohort
    programme: Programme
    people: tuple[Participant, ...]

    def names(self, path: Path, two: TwoPeople) -> Iterator[Finding]:
        """Yield a name that nobody has, and two names of one person.

        Whoever is proposed for a role stands in no file yet.
        """
        both, where = two.two, (*path, "two")
        known = [one.id for one in self.people]
        addresses = {one.email.lower() for one in self.people}
        for name in (both.one, both.other):
            if name in known or name.lower() in addresses:
                continue
            if "@" in name and self.programme.nominated:
                continue
            problem = f"nobody has the id or address {quoted(name)}"
            remedy = "write an id or an address of the participants file"
            yield unknown(
                Finding(where, problem, remedy),
                name,
                known,
                written=lambda guess, name=name: str(both).replace(name, guess),  # type: ignore[misc]
            )
        found = people_of(both, self.people)
        if len({one.id for one in found}) < len(found):
            problem = f"{quoted(str(both))} is one person"
            yield Finding(where, problem, "name two")

    def kind(self, path: Path, two: TwoPeople) -> Iterator[Finding]:
        """Yield a kind of match that there is not."""
        if two.in_ is not None and two.in_ not in self.programme.matches:
            problem = f"{quoted(two.in_)} is no kind of match"
            where = Finding(
                (*path, "in"), problem, "", in_programme=matches(self.programme)
            )
            yield unknown(where, two.in_, tuple(self.programme.matches))

    def joined(self, path: Path, two: TwoPeople) -> Iterator[Finding]:
        """Yield why two cannot be in one match, or could be in several."""
        if len(people_of(two.two, self.people)) < 2:  # noqa: PLR2004  # One is proposed.
            return
        found = {
            kind: self._hindered(asked, two)
            for kind, asked in self._problems.items()
            if two.in_ in (None, kind)
        }
        able = [kind for kind, told in found.items() if told is None]
        where, rules = (*path, "two"), roles(self.programme)
        if len(able) > 1:
            kinds = listed([f"`in: {kind}`" for kind in able])
            problem = f"{two.two} could be in {listed(able, last='and')}"
            yield Finding(
                where, problem, f"write {kinds} beside it", in_programme=rules
            )
        elif found and not able:
            reasons = [told for told in found.values() if told]
            told = reasons[0] if reasons else "no match joins two of their roles"
            problem = f"{two.two} cannot be in one match: {told}"
            remedy = "leave it out, or change what is against it"
            yield Finding(where, problem, remedy, in_programme=rules)

    @cached_property
    def _problems(self) -> dict[str, Problem]:
        """What is to be matched, where the programme has no fault that hides it."""
        if any(check_roles(self.programme)) or any(check_rules(self.programme)):
            return {}
        kinds = self.programme.matches
        # What records tell besides is known only when the files are in force.
        found = {
            kind: remembered(afresh(self.programme, kind, self.people), ())
            for kind in kinds
        }
        apart = self.cohort.model_copy(update={"must_match": ()})
        return {kind: wanted(asked, apart) for kind, asked in found.items()}

    def _hindered(self, asked: Problem, two: TwoPeople) -> str | None:
        """Return why not in this kind; nothing to say where no roles are joined."""
        one, other = (each.person for each in people_of(two.two, self.people))
        rest = tuple(each for each in self.cohort.must_match if each != two)
        others = self.cohort.model_copy(update={"must_match": rest})
        beside = wanted(asked, others)
        found = hindrances(replace(beside, pins=beside.pins | {(one, other)}))
        return _told(found[0]) if found else None


def _told(one: Hindrance) -> str:
    if one.breach is not None:
        return word_breach(one.breach, "en", names={})
    return ", ".join(word_barrier(each, "en") for each in one.barriers)
