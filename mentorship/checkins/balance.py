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
OUTSIDE = frozenset({*TURN, PACE})
LOWEST_ANSWER, HIGHEST_ANSWER = 1, 5

IN_BALANCE, ON_RESERVE, STUCK, TALK_NOW, UNKNOWN = "in_balance", "on_reserve", "stuck", "talk_now", "unknown"
CLASSES = {(True, True): IN_BALANCE, (True, False): ON_RESERVE, (False, True): STUCK, (False, False): TALK_NOW}
"""(development is high, sustainability is high) -> class. On reserve: the junior develops at the mentor's expense;
stuck: the mentor keeps it up but the junior does not get on."""
_HIGH = {name: sides for sides, name in CLASSES.items()}

ANSWERED, SKIPPED, MISSED = "answered", "skipped", "missed"

NEWEST = 0.5
MIDDLE, BAND = 0.5, 0.05
FRESH = timedelta(weeks=12)
DUST = 1e-9
"""What floats may lose: 0.7 - 0.45 is a fall of 0.25."""

Point = tuple[date, float]
NOBODY_AWAY: Mapping[str, Collection[int]] = {}


@dataclass(frozen=True)
class SettledCheckIn:
    """One side's settled check-in; `settled_at` is when this version was answered or skipped, or counted as missed.

    `answers`: per question 1 to 5, or None when not applicable; `helps`: who was asked for help ("mentor",
    "coordinator", "manager", "confidant"); `series`: means of different series are never compared.
    """

    due_on: date
    settled_at: datetime
    status: str = ANSWERED
    answers: Mapping[str, int | None] = field(default_factory=dict)
    helps: Sequence[str] = ()
    series: int = 0

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


def classify(
    development: Sequence[Point],
    sustainability: Sequence[Point],
    previous: str,
    today: date,
    away: Mapping[str, Collection[int]] = NOBODY_AWAY,
) -> str:
    """Return the class of a mentorship from both sides' smoothed points and the class it had.

    Unknown unless the last point of each side is at most 12 weeks old, the days on which that side was `away` (as
    ordinals) not counted. A side changes between high and low only beyond
    0.45 and 0.55 (at these it stays); without a previous class it is high from 0.5.
    """
    develops = _last(development, today, away.get(JUNIOR, NEVER))
    sustains = _last(sustainability, today, away.get(MENTOR, NEVER))
    if develops is None or sustains is None:
        return UNKNOWN
    developed, sustained = _HIGH.get(previous, (None, None))
    high = (
        _high(develops, developed),
        _high(sustains, sustained),
    )
    return CLASSES[high]


def _last(points: Sequence[Point], today: date, away: Collection[int]) -> float | None:
    """Return the last value, None when there is none or it is too old."""
    if not points:
        return None
    on, value = points[-1]
    if days_since(on, today, away) > FRESH.days:
        return None
    return value


def _high(value: float, was: bool | None) -> bool:
    """Whether a side is high, given whether it was."""
    if was is None:
        return value >= MIDDLE - DUST
    if was:
        return value >= MIDDLE - BAND - DUST
    return value > MIDDLE + BAND + DUST


def trend(points: Sequence[Point]) -> str | None:
    """Return "up", "down" or "level" from the last two smoothed points (more than 0.05 apart); None with fewer."""
    if len(points) < 2:
        return None
    (_, before), (_, last) = points[-2:]
    change = last - before
    if abs(change) <= BAND + DUST:
        return "level"
    if change > 0:
        return "up"
    return "down"
