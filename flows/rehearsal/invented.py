"""What people of a rehearsal answer in their own words."""

from collections.abc import Mapping

INVENTED: Mapping[str, tuple[str, ...]] = {
    "da": (
        "Mere tid til samtaler i små grupper.",
        "Det var godt at høre, hvordan andre forvaltninger gør.",
        "Aftal de første møder med det samme, så kommer man i gang.",
        "Tal om forventningerne på det første møde.",
    ),
    "nb": (
        "Mer tid til samtaler i små grupper.",
        "Det var godt å høre hvordan andre avdelinger gjør det.",
        "Avtal de første møtene med en gang, så kommer man i gang.",
        "Snakk om forventningene på det første møtet.",
    ),
    "en": (
        "More time for talks in small groups.",
        "It was good to hear how other departments work.",
        "Book the first meetings at once, and you are under way.",
        "Talk about expectations at the first meeting.",
    ),
}
"""What people answer in their own words, by language."""
