"""The calendar mails of a recorded cohort, as tests compare them."""

from tests.fakes.cohorts import Live

Mail = tuple[str, str, str, int]
"""Who got what kind of mail about what, with its SEQUENCE."""


def mails(live: Live, about: str = "") -> list[Mail]:
    """Return the calendar mails whose subject has these words, in order."""
    return [
        (live.record.people[post.person].id, post.kind, post.subject, entry.sequence)
        for post in live.posts()
        if (entry := post.entry) is not None and about in post.subject
    ]
