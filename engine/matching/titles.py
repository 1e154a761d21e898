"""What common columns and roles are called, by language."""

from collections.abc import Mapping

from engine.matching.texts import Texts

TITLES: Mapping[str, Texts] = {
    "en": {
        "department": "department",
        "language": "language",
        "level": "level",
        "close to": "acquaintances",
        "location": "location",
        "goals": "goals",
        "strengths": "strengths",
        "wishes": "wishes",
    },
    "da": {
        "department": "forvaltning",
        "language": "sprog",
        "level": "niveau",
        "close to": "bekendte",
        "location": "arbejdssted",
        "goals": "mål",
        "strengths": "styrker",
        "wishes": "ønsker",
    },
    "nb": {
        "department": "avdeling",
        "language": "språk",
        "level": "nivå",
        "close to": "bekjente",
        "location": "arbeidssted",
        "goals": "mål",
        "strengths": "styrker",
        "wishes": "ønsker",
    },
}
"""What common columns are called; any other goes by its name in the spec."""

PLURALS: Mapping[str, Texts] = {
    "en": {
        "department": "departments",
        "language": "languages",
        "level": "levels",
        "location": "locations",
        "mentor": "mentors",
        "mentee": "mentees",
        "talent": "talents",
        "member": "members",
    },
    "da": {
        "department": "forvaltninger",
        "language": "sprog",
        "level": "niveauer",
        "location": "arbejdssteder",
        "mentor": "mentorer",
        "mentee": "mentees",
        "talent": "talenter",
        "member": "deltagere",
    },
    "nb": {
        "department": "avdelinger",
        "language": "språk",
        "level": "nivåer",
        "location": "arbeidssteder",
        "mentor": "mentorer",
        "mentee": "menteer",
        "talent": "talenter",
        "member": "medlemmer",
    },
}
