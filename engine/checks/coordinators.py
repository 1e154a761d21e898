"""Whether those who answer for a cohort can be written to, and for whom they do."""

from collections.abc import Callable, Iterator, Sequence

from engine.checks.findings import Finding
from engine.checks.grounds import LANGUAGES
from engine.people import Participant
from engine.spec.cells import CellError, address, cleaned, name
from engine.spec.cohort import Cohort, Contact, Coordinator, Sender
from engine.spec.faults import Path
from engine.spec.programme import Programme
from engine.spec.wording import listed, nearest, quoted

_PARSERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("name", name),
    ("email", address),
)


def check_addresses(cohort: Cohort) -> Iterator[Finding]:
    """Yield names and addresses of no form, and who is away without a deputy."""
    mailbox: tuple[Path, Contact | Sender] = (("mailbox",), cohort.mailbox)
    for path, contact in (*_contacts(cohort), mailbox):
        for key, parse in _PARSERS:
            written = str(getattr(contact, key))
            try:
                parse(cleaned(written))
            except CellError as error:
                empty = not written.strip()
                problem = f"the {key} is empty" if empty else error.problem
                yield Finding((*path, key), problem, error.remedy)
        if isinstance(contact, Coordinator) and contact.away and not contact.deputy:
            problem = "nobody reads what is written to them while they are away"
            remedy = "add `deputy: {name: ..., email: ...}`, or leave it out"
            yield Finding((*path, "away"), problem, remedy)


def check_languages(cohort: Cohort, programme: Programme) -> Iterator[Finding]:
    """Yield the languages of those who answer that the programme is not in."""
    known = programme.languages
    for path, contact in _contacts(cohort):
        told = "language" in contact.model_fields_set
        if told and known and contact.language not in known:
            problem = f"{quoted(contact.language)} is no language of the programme"
            remedy = f"write {listed([f'`{one}`' for one in dict.fromkeys(known)])}"
            yield Finding((*path, "language"), problem, remedy, in_programme=LANGUAGES)


def check_departments(
    cohort: Cohort, participants: Sequence[Participant]
) -> Iterator[Finding]:
    """Yield the departments of coordinators from which nobody comes."""
    known = tuple(sorted({one.department for one in participants if one.department}))
    for department in cohort.coordinators:
        if department in known:
            continue
        meant = nearest(department, known)
        remedy = f"write `{meant}`" if meant else f"the departments are {listed(known)}"
        problem = f"nobody is from {quoted(department)}"
        yield Finding(("coordinators", department), problem, remedy, key=True)


def _contacts(cohort: Cohort) -> Iterator[tuple[Path, Contact]]:
    offices: list[tuple[Path, Coordinator]] = [(("coordinator",), cohort.coordinator)]
    for department, coordinator in cohort.coordinators.items():
        offices.append((("coordinators", department), coordinator))
    for path, coordinator in offices:
        yield path, coordinator
        if coordinator.deputy is not None:
            yield (*path, "deputy"), coordinator.deputy
