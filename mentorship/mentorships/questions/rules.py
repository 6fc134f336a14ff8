"""What holds for a quick question: how many at once, how long, on which days, and which domain is meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.letters import folded
from mentorship.matching import Timetable, together_days
from mentorship.mentorships.questions.models import OPEN, YES

MOST_OPEN = 3
LASTS = timedelta(days=14)
AHEAD_DAYS = 28
OFFERED_DAYS = 4
BACK = timedelta(weeks=4)
"""So long after the shift its hours can be taken back: the hours of a week can be noted as long."""
SHORTEST = 3
"""A word of fewer letters says nothing of a domain."""

NOT_FOUND = N_("This colleague cannot be asked here now. You can always talk to each other.")
TOO_MANY = N_("You have three questions open. Wait for an answer, or withdraw one.")
ALREADY = N_("There is a question open between you two already.")
CLOSED = N_("This question was answered or withdrawn in the meantime.")
NOT_YOURS = N_("This is for the other to say.")
WHICH_DAY = N_("Choose one of the days on which you both work.")
OVER = N_("That day is too long ago to change.")


def check_ask(open_asked: int, open_between: int) -> None:
    """Refuse a fourth open question of one who asks, and a second one between the same two."""
    if open_between:
        raise Conflict(ALREADY)
    if open_asked >= MOST_OPEN:
        raise Conflict(TOO_MANY)


def check_open(status: str) -> None:
    """Refuse what is not open any more."""
    if status != OPEN:
        raise Conflict(CLOSED)


def check_day(day: date | None, offered: Collection[date], *, along: bool) -> None:
    """Refuse a shift along on another day than those that were offered."""
    if not along:
        return
    if day is None or day not in offered:
        raise Refused(WHICH_DAY, field="day")


def days_together(asker: Timetable | None, asked: Timetable | None, today: date) -> list[date]:
    """Return the next days on which both are at work, or the next days at all where a roster is not known.

    These are offered to who was asked: so each reads at most from when they meet again.
    """
    tomorrow = today + timedelta(days=1)
    if asker is None or asked is None:
        return [tomorrow + timedelta(days=number) for number in range(2 * OFFERED_DAYS)]
    ordinals = together_days(
        asker,
        asked,
        tomorrow.toordinal(),
        AHEAD_DAYS,
    )
    return [date.fromordinal(ordinal) for ordinal in ordinals[:OFFERED_DAYS]]


def lapses_on(asked_on: date) -> date:
    """Return the day on which a question lapses that nobody answered."""
    return asked_on + LASTS


def can_be_called_off(status: str, day: date | None, today: date, *, by_asked: bool) -> bool:
    """Tell whether a shift along can be called off: by both until it is over, then by who noted its hours."""
    if status != YES or day is None:
        return False
    if day >= today:
        return True
    return by_asked and today - day < BACK


def is_over(asked_at: datetime, now: datetime) -> bool:
    """Tell whether a question waited so long that it lapses."""
    return now - asked_at >= LASTS


def meant(typed: str, names: Iterable[tuple[int, str]]) -> list[int]:
    """Return which domains a sentence is about, given what each is called: all its words, or else as many as most."""
    words = re.findall(r"\w+", folded(typed))
    whole = []
    hits: dict[int, int] = {}
    for domain_id, name in names:
        letters = folded(name)
        if all(word in letters for word in words):
            whole.append(domain_id)
        number = sum(_speaks_of(word, letters) for word in words)
        if number:
            hits[domain_id] = number
    if whole:
        return whole
    best = max(hits.values(), default=0)
    return [domain_id for domain_id, number in hits.items() if number == best]


def _speaks_of(word: str, letters: str) -> bool:
    """Tell whether a word begins one of the words by which a domain is known."""
    if len(word) < SHORTEST:
        return False
    return any(known.startswith(word) for known in re.findall(r"\w+", letters))
