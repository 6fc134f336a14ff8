"""A pair as somebody reads it who may: its hours, its goals, its signals, and how it stands for who looks on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext
from mentorship.checkins import told
from mentorship.checkins.duo import hours, queries, standing, words
from mentorship.checkins.duo.reading import Reading
from mentorship.checkins.duo.rows import SignalRow, TalkRow
from mentorship.checkins.duo.standing import Standing
from mentorship.checkins.signals import words as signal_words
from mentorship.checkins.signals.viewers import Seen
from mentorship.checkins.steps import queries as steps
from mentorship.checkins.told import HOURS_NOTED
from mentorship.mentorships.goals import cards, trail
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.goals import rules as goal_rules
from mentorship.mentorships.goals.calendars import calendar
from mentorship.mentorships.models import ENDED
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.programme import queries as programme


def hours_noted(session: Session, reading: Reading, today: date) -> hours.Hours | None:
    """Return the hours noted, which the mentor's own line sees too."""
    if not told.reads(HOURS_NOTED, reading.ties):
        return None
    weeks = queries.weeks_noted(session, reading.pair, today)
    if reading.pair.status == ENDED and all(week.hours is None for week in weeks):
        return None
    return hours.drawn(weeks)


def talks(session: Session, reading: Reading, person_id: int, today: date) -> list[TalkRow]:
    """Return the talks about this pair that the reader has before them: of nobody else's anything is told."""
    found = steps.talks(session, person_id, today, date.max, id_of(reading.pair))
    named = people.persons(session, {other for one in found for other in one.others})
    rows = []
    for one in found:
        names = [named[other].name for other in one.others if other in named]
        rows.append(TalkRow(one.signal_id, one.day, one.day == today, words.talk(one.day, names)))
    return rows


def trails(session: Session, reading: Reading, today: date) -> list[trail.Trail]:
    """Return the goals with their steps."""
    pair = reading.pair
    side = reading.ties.side or None
    states = goals.of_pair(session, id_of(pair))
    changing = side is not None and goal_rules.can_change(pair.status)
    seconds = people.persons(session, [one for one in cards.seconds_of(states) if one is not None])
    looking = trail.Looking(
        cards.Reader(side, changing),
        reading.mentor,
        reading.junior,
        seconds,
        calendar(session, pair, side, today),
    )
    return [trail.trail(state, looking) for state in states]


@dataclass(frozen=True)
class Told:
    """What somebody who looks on is told of how a pair stands, and what of it they see, or why that is nothing."""

    stands: list[Standing]
    reads: str = ""
    untold: str = ""


def told_of(session: Session, reading: Reading, now: datetime) -> Told:
    """Return how a pair stands for the line and the coordinator, where the programme's visibility allows it."""
    managers = programme.visibility(session)
    telling = told.told(reading.ties, managers)
    if telling is None:
        return Told([], untold=words.why_untold(managers.chosen))
    names = {JUNIOR: reading.junior.given_name, MENTOR: reading.mentor.given_name}
    stands = standing.seen(session, id_of(reading.pair), names, telling, now)
    hours_read = told.reads(HOURS_NOTED, reading.ties)
    return Told(stands, words.what_others_read(hours_read, telling.sides))


def signal_row(seen: Seen) -> SignalRow:
    """Return a signal as its viewer may see it."""
    row = seen.row
    note = gettext("Nobody has picked it up yet")
    if row.status == "taken":
        note = gettext("Picked up; look again on %(day)s", day=day(row.look_again_on))
    return SignalRow(signal_words.title(seen.shown.kind, own=seen.own), note, id_of(row))
