"""Answers -> the index of each side, and the class of the duo. Pure: no session, no clock.

A side's index is the mean of one check-in's answers, smoothed over its check-ins. Nothing here ever changes a match or
a capacity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mentorship.checkins.due import NEVER, days_since
from mentorship.mentorships.rules import JUNIOR, MENTOR

SAFETY = "not_alone"
"""In the index of the junior's side, and judged alone too."""
DEVELOPMENT = ("progress", "own_work", SAFETY, "dare_to_ask")
SUSTAINABILITY = ("hours_free", "own_job", "support", "go_on")
FIXED = {JUNIOR: DEVELOPMENT, MENTOR: SUSTAINABILITY}
"""What each side is always asked, and its index is the mean of."""
TURN = ("working_time", "quick_help", "feedback", "recognised")
"""Two of these are asked of the junior, in turn; outside the index."""
PACE = "speed"
"""The mentor's question about the pace, with three steps of its own (too fast, good, too slow); outside the index."""
QUESTIONS = {JUNIOR: (*DEVELOPMENT, *TURN), MENTOR: (*SUSTAINABILITY, PACE)}
"""The keys of the standard questions; sets of before had others, which all counted."""
BY_FORM = {JUNIOR: "own_hands", MENTOR: "hands_off"}
"""Asked of the sides of a pair that works as with a driving instructor, once that was agreed to; outside the index."""
UNRANKED = frozenset({PACE, *BY_FORM.values()})
"""No answer to these is a low one."""
OUTSIDE = frozenset({*TURN, *UNRANKED})
LOWEST_ANSWER, HIGHEST_ANSWER, HIGHEST_PACE = 1, 5, 3

GOOD, VARYING, LOW, NOT_LOW, UNKNOWN = "good", "varying", "low", "not_low", "unknown"
IN_BALANCE, ON_RESERVE, STUCK, TALK_NOW = "in_balance", "on_reserve", "stuck", "talk_now"
CLASSES = {(False, False): IN_BALANCE, (False, True): ON_RESERVE, (True, False): STUCK, (True, True): TALK_NOW}
"""(development is low, sustainability is low) -> class. On reserve: the junior develops at the mentor's expense;
stuck: the mentor keeps it up but the junior does not get on."""

ANSWERED, SKIPPED, MISSED = "answered", "skipped", "missed"

NEWEST = 0.5
GOOD_FROM, LOW_UNDER = 0.60, 0.45
BAND = 0.03
"""How far under a limit a side must be before it leaves what it was: half the standard error of a smoothed index, which
is 0.04 to 0.07. So it does not go to and fro on noise, and one from 0.45 is never called low."""
STEADY = 0.05
"""Two smoothed points that are not further apart are level."""
ENOUGH = 2
"""Answers of a side that say something together; one is too much by chance."""
FRESH = timedelta(weeks=12)
DUST = 1e-9
"""What floats may lose: 0.7 - 0.45 is a fall of 0.25."""

Point = tuple[date, float]


@dataclass(frozen=True)
class SettledCheckIn:
    """One side's settled check-in; `settled_at` is when this version was answered or skipped, or counted as missed.

    `answers`: per question 1 to 5, or None when not applicable; `helps`: who was asked for help ("mentor",
    "coordinator", "manager", "confidant"); `series`: means of different series are never compared;
    `words`: which words each question had, else those of the series.
    """

    due_on: date
    settled_at: datetime
    status: str = ANSWERED
    answers: Mapping[str, int | None] = field(default_factory=dict)
    helps: Sequence[str] = ()
    series: int = 0
    words: Mapping[str, int] = field(default_factory=dict)

    def words_of(self, key: str) -> int:
        """Return which words a question had: answers to others are never compared."""
        return self.words.get(key, self.series)

    @property
    def index(self) -> float | None:
        """The mean of its own answers; None when it has none that apply."""
        if self.status != ANSWERED:
            return None
        return index(self.answers)


def counts(key: str) -> bool:
    """Tell whether the answer to a question enters the index of its side."""
    return key not in OUTSIDE


def of_newest_series(history: Iterable[SettledCheckIn]) -> list[SettledCheckIn]:
    """Return the answered ones of the newest series: a changed question or scale begins a new one."""
    newest = 0
    found: list[SettledCheckIn] = []
    for one in history:
        if one.index is None or one.series < newest:
            continue
        if one.series > newest:
            newest = one.series
            found = []
        found.append(one)
    return found


def index(answers: Mapping[str, int | None]) -> float | None:
    """Return the mean of the answers that count and apply, from all lowest (0) to all highest (1); None without."""
    apply = []
    for key, answer in answers.items():
        if answer is not None and counts(key):
            apply.append(answer)
    if not apply:
        return None
    if not LOWEST_ANSWER <= min(apply) <= max(apply) <= HIGHEST_ANSWER:
        raise ValueError("answers must be 1 to 5, or None")
    return mean(sum(apply), len(apply))


def mean(total: int, number: int) -> float:
    """Return the mean of so many answers that are `total` together, from all lowest (0) to all highest (1)."""
    return (total - number * LOWEST_ANSWER) / (number * (HIGHEST_ANSWER - LOWEST_ANSWER))


def smoothed(indices_by_date: Iterable[tuple[date, float | None]]) -> list[Point]:
    """Return the indices by date, each moved halfway from the one before; of one date the last given counts."""
    points: list[Point] = []
    for on, value in sorted(dict(indices_by_date).items()):
        if value is None:
            continue
        if points:
            _, before = points[-1]
            value = NEWEST * value + (1 - NEWEST) * before
        points.append((on, value))
    return points


def standing(points: Sequence[Point], today: date, away: Collection[int] = NEVER) -> str:
    """Return how a side stands by its smoothed points of one series: good, varying, low, or unknown.

    Unknown without two, and when the last is over 12 weeks old, the days `away` (as ordinals) not counted. What it was
    it leaves for less only a band under the limit: good under 0.57, varying under 0.42; for more at the limit.
    """
    if len(points) < ENOUGH:
        return UNKNOWN
    on, _ = points[-1]
    if days_since(on, today, away) > FRESH.days:
        return UNKNOWN
    found = UNKNOWN
    for _, value in points[ENOUGH - 1 :]:
        found = _moved(found, value + DUST)
    return found


def _moved(was: str, value: float) -> str:
    """Return how a side stands after what it was."""
    good_from = GOOD_FROM - BAND if was == GOOD else GOOD_FROM
    if value >= good_from:
        return GOOD
    low_under = LOW_UNDER - BAND if was in (GOOD, VARYING) else LOW_UNDER
    if value < low_under:
        return LOW
    return VARYING


def classify(development: str, sustainability: str) -> str:
    """Return the class of a duo from how both sides stand; varying is never low."""
    if UNKNOWN in (development, sustainability):
        return UNKNOWN
    low = (development == LOW, sustainability == LOW)
    return CLASSES[low]


def is_low(side: str) -> str:
    """Return what a line is told of how its side stands: low, not low, or unknown."""
    if side in (LOW, UNKNOWN):
        return side
    return NOT_LOW


def trend(points: Sequence[Point]) -> str | None:
    """Return "up", "down" or "level" from the last two smoothed points (more than 0.05 apart); None with fewer."""
    if len(points) < 2:
        return None
    (_, before), (_, last) = points[-2:]
    change = last - before
    if abs(change) <= STEADY + DUST:
        return "level"
    if change > 0:
        return "up"
    return "down"
