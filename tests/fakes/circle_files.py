"""The files of a small cohort with planned meetings, work between them, and tracks.

Two pairs, one in the track `north` and one in `south`; it begins on 3 March 2027.
"""

from dataclasses import replace

from engine.commands.apply import Files
from engine.people import Participant
from tests.fakes.cohort_files import PEOPLE, Edits, small_files

HEAD = "  - phase: workshops\n"
CIRCLE = """\
  - phase: circle
    from: kick-off
    until: closing
    activities:
      - meeting: round
        with: pair
        from: 1 week after kick-off
        times: 3
        every: about 4 weeks
        on: Tuesday
        starts: right after working hours
        lasts: 2 hours
        hold the date: at once
        invite: 2 weeks before
        goes ahead with: 2 of 2
        agenda: [{en: What has happened}, {en: Sum up}]
        prompts:
          mentee: {before: [{en: What do I want?}], after: [{en: What was useful?}]}
          mentor: {after: [{en: Where was my energy?}]}
        logbook: advised
      - assignment: essay
        track: north
        for: mentees
        between: round
        due: 3 days before
        takes: 1 to 3 hours
        size: {en: 1 to 2 A4 pages}
        hand in to: mentor
        passed round: if the group's mentor chooses
        remind: [2 days before]
        text: {en: "Write, {name}."}
      - meeting: review
        for: mentors
        when: within 3 days after each round of round but the last
        starts: 9:00
        lasts: 1 hour
      - meeting: preparation
        for: mentors
        when: within a week before each round of round but the first
        starts: 9:00
        lasts: 1 hour
      - gathering: camp
        when: midway between kick-off and closing
        on: Tuesday
        starts: 9:00
        lasts: 3 days
        ends: 16:00
        held: hybrid
        speakers: [Tine Taler]
        about: {en: Real problems.}
      - agreement: contract
        with: pair
        when: kick-off
        open for: 3 weeks
        drawn up by: mentee
        points: [{en: Goals}, {en: Terms}]
        remind: [after 1 week]
      - module: basics
        when: kick-off
        due: 4 weeks after kick-off
        for: mentees
        text: {en: Learn it.}
        link: https://example.org/basics
      - material: guide
        when: 1 day after kick-off
        text: {en: A guide.}
        link: https://example.org/guide
      - task: budget
        when: 1 week after kick-off
        due: 2 weeks after kick-off
        text: {en: Check the budget.}
      - task: rooms
        for: mentors
        when: 1 week after kick-off
        due: 2 weeks after kick-off
        text: {en: Book a room.}
      - certificate: diploma
        when: 1 week after closing
        for: mentees
        earned by: [2 of round]
        text: {en: "{name} took part in {programme}."}
"""
TRACKS: Edits = {
    "matches:\n": "tracks: [north, south]\nmatches:\n",
    HEAD: CIRCLE + HEAD,
}


def on_track(one: Participant) -> Participant:
    """Return the person with their track: ugle and alk in north, the others south."""
    track = "north" if one.id in ("ugle", "alk") else "south"
    return replace(one, values={**one.values, "track": track})


def circle_files(programme: Edits | None = None) -> Files:
    """Return the files of the cohort, edited."""
    return small_files(
        {**TRACKS, **(programme or {})}, people=tuple(map(on_track, PEOPLE))
    )
