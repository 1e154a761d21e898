"""Whether gatherings are in venues that there are, and that hold them."""

from collections.abc import Iterator, Mapping

from engine.checks.findings import Finding, unknown
from engine.checks.grounds import TOP, Grounds
from engine.checks.named import Named
from engine.checks.years import Year
from engine.spec.cohort import Cohort, Venue
from engine.spec.wording import quoted


def check_venues(cohort: Cohort) -> Iterator[Finding]:
    """Yield the venues that do not exist or hold nobody."""
    for key, venue in cohort.venues.items():
        if venue.places is not None and venue.places < 1:
            problem = f"a venue with {venue.places} places holds nobody"
            remedy = "write how many people it holds, or leave it out"
            yield Finding(("venues", key, "places"), problem, remedy)
    for key, name in cohort.places.items():
        if name not in cohort.venues:
            known = tuple(cohort.venues)
            remedy = "" if known else f"add `{name}: {{name: …}}` to `venues`"
            problem = f"there is no venue called {quoted(name)}"
            gap = Grounds(gaps=(("venues",), *([] if known else [TOP])))
            finding = Finding(("places", key), problem, remedy, grounds=gap)
            yield unknown(finding, name, known)


def check_room(
    cohort: Cohort, named: Mapping[str, Named], year: Year
) -> Iterator[Finding]:
    """Yield the places that hold fewer people than are invited, each once."""
    for key, one in named.items():
        venue = cohort.venues.get(cohort.places[key])
        if venue is None or venue.places is None:
            continue
        invited, which = max(_invited(one, named, year), default=(0, ""))
        if invited > venue.places > 0:
            name = cohort.places[key]
            problem = f"{name} holds {venue.places}, and {invited} come to {which}"
            yield Finding(one.path, problem, _larger(cohort.venues, invited))


def _invited(
    one: Named, named: Mapping[str, Named], year: Year
) -> Iterator[tuple[int, str]]:
    """Yield how many come to each occurrence that has this place."""
    name = one.gathering.name
    series = one.gathering.about_every is not None
    for number, found in enumerate(year.occurrences.get(name, ()), start=1):
        own = f"{name} {number}"
        if one.number in (0, number) and (own == one.key or own not in named):
            yield len(found.slot.audience), own if series else name


def _larger(venues: Mapping[str, Venue], invited: int) -> str:
    holding = {
        key: venue.places
        for key, venue in venues.items()
        if venue.places is not None and venue.places >= invited
    }
    if not holding:
        return f"name a venue that holds {invited}"
    smallest = min(holding, key=lambda key: holding[key])
    return f"write `{smallest}`, which holds {holding[smallest]}"
