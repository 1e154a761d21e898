"""How every identity that looks random is derived, so that a year can be repeated."""

import hashlib
import hmac
import uuid

from engine.ids import CohortId, OccurrenceId


def derive(key: bytes, *parts: str) -> str:
    """Return 64 hexadecimal digits that only the holder of `key` can foretell.

    Each part is preceded by its length, so that `("ab", "c")` and `("a", "bc")` differ.
    The first part names the use, so that one use never gives away another.
    """
    message = b"".join(
        len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts
    )
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def calendar_uid(key: bytes, cohort: CohortId, occurrence: OccurrenceId) -> str:
    """Return the iCalendar UID of an occurrence (RFC 7986 5.3 asks for a UUID)."""
    digest = bytes.fromhex(derive(key, "uid", cohort, occurrence))[:16]
    return str(uuid.UUID(bytes=digest, version=4))


def token(key: bytes, *parts: str) -> str:
    """Return the 256-bit secret of a personal link or feed."""
    return derive(key, "token", *parts)


def token_hash(secret: str) -> str:
    """Return what is stored of a token: enough to know it again, not to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()
