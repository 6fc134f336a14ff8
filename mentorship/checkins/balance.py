"""Answers -> the index of each side, the class of the duo, and signals. Pure: no session, no clock.

A side's index is the mean of one check-in's answers, smoothed over its check-ins; only the fall is judged on unsmoothed
means. Nothing here ever changes a match or a capacity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from mentorship.base.clock import local_date
from mentorship.mentorships.rules import JUNIOR, MENTOR

DEVELOPMENT = ("progress", "own_work", "somebody_there", "working_hours", "not_alone", "dare_to_ask")
SUSTAINABILITY = ("hours_free", "own_job", "pace", "go_on")
BOTH = "both"
QUESTIONS = {JUNIOR: DEVELOPMENT, MENTOR: SUSTAINABILITY}
LOWEST_ANSWER, HIGHEST_ANSWER = 1, 5

IN_BALANCE, ON_RESERVE, STUCK, TALK_NOW, UNKNOWN = "in_balance", "on_reserve", "stuck", "talk_now", "unknown"
CLASSES = {(True, True): IN_BALANCE, (True, False): ON_RESERVE, (False, True): STUCK, (False, False): TALK_NOW}
"""(development is high, sustainability is high) -> class. On reserve: the junior develops at the mentor's expense;
stuck: the mentor keeps it up but the junior does not get on."""
_HIGH = {name: sides for sides, name in CLASSES.items()}

ANSWERED, SKIPPED, MISSED = "answered", "skipped", "missed"
LOW, FALL, LOWEST, HELP, TWO_MISSED = "low", "fall", "lowest", "help", "missed"
HOURS, APART, RULE = "hours", "apart", "rule"
TALK = "talk"
"""The neutral name ("talk with this duo") under which somebody sees a signal that was drawn from another's answers."""

NEWEST = 0.5
MIDDLE, BAND, FALLEN, OVER = 0.5, 0.05, 0.25, 1.25
FRESH, FOUR_WEEKS = timedelta(weeks=12), timedelta(weeks=4)
_DUST = 1e-9
"""What floats may lose: 0.7 - 0.45 is a fall of 0.25."""
_EVER = datetime.min.replace(tzinfo=UTC)

Point = tuple[date, float]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class CheckIn:
    """One side's settled check-in; `settled_at` is when this version was answered or skipped, or counted as missed.

    `answers`: per question 1 to 5, or None when not applicable; `helps`: who was asked for help ("mentor",
    "coordinator", "manager", "confidant").
    """

    due_on: date
    settled_at: datetime
    status: str = ANSWERED
    answers: Mapping[str, int | None] = field(default_factory=dict)
    helps: Sequence[str] = ()

    @property
    def index(self) -> float | None:
        """The mean of its own answers; None when it has none that apply."""
        return index(self.answers) if self.status == ANSWERED else None


@dataclass(frozen=True)
class Week:
    """The hours of the week that begins on `monday`, one per week; `confirmed` is None when nobody confirmed any."""

    monday: date
    confirmed: float | None
    spent: float


@dataclass(frozen=True)
class Working:
    """What is known of the pair apart from answers.

    `running_since`: start or last resumption; `together`: days on which they worked together; `failing`: each rule that
    no longer holds, and when that was found.
    """

    running_since: date
    together: Sequence[date] = ()
    weeks: Sequence[Week] = ()
    failing: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Signal:
    """Something that needs somebody's action.

    `side`: whose answers or hours it was drawn from, "both" for the pair; `evidence`: the due dates of the check-ins
    (hours: the Mondays; apart: the last day together; rule: the day it was found); `about`: who was asked for help, or
    the rule.
    """

    kind: str
    side: str
    since: date | None
    evidence: tuple[date, ...]
    about: str = ""
    returned: bool = False

    @property
    def key(self) -> Key:
        """What makes two signals the same one."""
        return self.kind, self.side, self.about


@dataclass(frozen=True)
class Earlier:
    """A signal raised before; `closed_at` is None while it is open."""

    kind: str
    side: str
    closed_at: datetime | None
    about: str = ""

    @property
    def key(self) -> Key:
        """What makes two signals the same one."""
        return self.kind, self.side, self.about


def index(answers: Mapping[str, int | None]) -> float | None:
    """Return the mean of the answers that apply, from all lowest (0) to all highest (1); None when none applies."""
    given = [a for a in answers.values() if a is not None]
    if not all(LOWEST_ANSWER <= a <= HIGHEST_ANSWER for a in given):
        raise ValueError("answers must be 1 to 5, or None")
    span = HIGHEST_ANSWER - LOWEST_ANSWER
    return sum(a - LOWEST_ANSWER for a in given) / (span * len(given)) if given else None


def smoothed(indices_by_date: Iterable[tuple[date, float | None]]) -> list[Point]:
    """Return the indices by date, each moved halfway from the one before; of one date the last given counts."""
    points: list[Point] = []
    for on, value in sorted(dict(indices_by_date).items()):
        if value is not None:
            points.append((on, NEWEST * value + (1 - NEWEST) * points[-1][1] if points else value))
    return points


def classify(development: Sequence[Point], sustainability: Sequence[Point], previous: str, today: date) -> str:
    """Return the class of a mentorship from both sides' smoothed points and the class it had.

    Unknown unless the last point of each side is at most 12 weeks old. A side changes between high and low only beyond
    0.45 and 0.55 (at these it stays); without a previous class it is high from 0.5.
    """
    if not all(side and today - side[-1][0] <= FRESH for side in (development, sustainability)):
        return UNKNOWN
    was = _HIGH.get(previous, (None, None))
    return CLASSES[_high(development[-1][1], was[0]), _high(sustainability[-1][1], was[1])]


def _high(value: float, was: bool | None) -> bool:
    """Whether a side is high, given whether it was."""
    if was is None:
        return value >= MIDDLE - _DUST
    return value >= MIDDLE - BAND - _DUST if was else value > MIDDLE + BAND + _DUST


def trend(points: Sequence[Point]) -> str | None:
    """Return "up", "down" or "level" from the last two smoothed points (more than 0.05 apart); None with fewer."""
    if len(points) < 2:
        return None
    change = points[-1][1] - points[-2][1]
    if abs(change) <= BAND + _DUST:
        return "level"
    return "up" if change > 0 else "down"


def signals(
    histories: Mapping[str, Sequence[CheckIn]], working: Working, earlier: Sequence[Earlier], now: datetime
) -> list[Signal]:
    """Return the signals to raise now, from each side's check-ins (in any order) and the pair's working together.

    One that is open is not raised again; one that was closed only by what came after its closing: the answer that
    fell, both low or missed check-ins, the weeks, four whole weeks apart. Answers older than 12 weeks raise nothing.
    """
    opened = {e.key for e in earlier if e.closed_at is None}
    closed: dict[Key, datetime] = {}
    for one in earlier:
        if one.closed_at is not None:
            closed[one.key] = max(one.closed_at, closed.get(one.key, _EVER))
    found = [s for side, history in sorted(histories.items()) for s in _of_side(side, history, closed, now)]
    found += _of_pair(working, closed, now)
    return [replace(s, returned=s.key in closed) for s in found if s.key not in opened]


def seen_by(signal: Signal, viewer: str) -> Signal | None:
    """Return what `viewer` (a side, "coordinator", "manager", "confidant") may know of a signal; None: not even that.

    Nobody traces another's answers: others see the neutral name without date or evidence, and a request for help is
    seen by its author and the one asked alone. Hours are the mentor's and the line's; which rule, the coordinator's.
    """
    if signal.kind == RULE:
        return signal if viewer == "coordinator" else replace(signal, about="")
    if signal.side in (BOTH, viewer) or (signal.kind == HOURS and viewer not in QUESTIONS):
        return signal
    if signal.kind == HELP:
        return replace(signal, since=None, evidence=()) if viewer == signal.about else None
    return Signal(TALK, BOTH, None, ())


def _of_side(side: str, history: Sequence[CheckIn], closed: Mapping[Key, datetime], now: datetime) -> Iterator[Signal]:
    """Yield the newest occurrence of each signal in one side's check-ins."""
    versions = {c.due_on: c for c in sorted(history, key=lambda c: c.settled_at)}
    latest: dict[Key, Signal] = {}
    for kind, about, drawn_from, new in _occurrences([versions[on] for on in sorted(versions)]):
        signal = Signal(kind, side, drawn_from[-1].due_on, tuple(c.due_on for c in drawn_from), about)
        settled = [c.settled_at for c in new]
        if min(settled) > closed.get(signal.key, _EVER) and now - max(settled) <= FRESH:
            latest[signal.key] = signal
    yield from latest.values()


_Occurrence = tuple[str, str, tuple[CheckIn, ...], tuple[CheckIn, ...]]


def _occurrences(history: Sequence[CheckIn]) -> Iterator[_Occurrence]:
    """Yield (kind, about, drawn from, which of these must be new to raise it again), from old to new per kind."""
    for one in history:
        if one.status == ANSWERED and LOWEST_ANSWER in one.answers.values():
            yield LOWEST, "", (one,), (one,)
        for asked in one.helps:
            yield HELP, asked, (one,), (one,)
    means = [(c, c.index) for c in history]
    indexed = [(c, mean) for c, mean in means if mean is not None]
    smooth = [value for _, value in smoothed((c.due_on, mean) for c, mean in indexed)]
    for i in range(1, len(indexed)):
        (before, high), (after, low) = indexed[i - 1], indexed[i]
        if max(smooth[i - 1], smooth[i]) < MIDDLE - _DUST:
            yield LOW, "", (before, after), (before, after)
        if high - low >= FALLEN - _DUST:
            yield FALL, "", (before, after), (after,)
    asked_for = [c for c in history if c.status in (ANSWERED, MISSED)]
    for first, second in pairwise(asked_for):
        if first.status == second.status == MISSED:
            yield TWO_MISSED, "", (first, second), (first, second)


def _of_pair(working: Working, closed: Mapping[Key, datetime], now: datetime) -> Iterator[Signal]:
    """Yield the signals on hours, on not working together and on rules."""
    today = local_date(now)
    ended = closed.get((HOURS, MENTOR, ""))
    yield from _over(working.weeks, local_date(ended) if ended else date.min, today)
    last = max((on for on in working.together if on <= today), default=None)
    begins = [working.running_since, *([last] if last else [])]
    begins += [local_date(closed[APART, BOTH, ""])] if (APART, BOTH, "") in closed else []
    if today - max(begins) > FOUR_WEEKS:
        yield Signal(APART, BOTH, max(begins) + FOUR_WEEKS, (last,) if last else ())
    for rule, found_at in sorted(working.failing.items()):
        if found_at > closed.get((RULE, BOTH, rule), _EVER):
            yield Signal(RULE, BOTH, local_date(found_at), (local_date(found_at),), rule)


def _over(weeks: Sequence[Week], after: date, today: date) -> Iterator[Signal]:
    """Yield a signal when the last four weeks begun after a day together stand 25 % over their confirmed hours."""
    counted = {w.monday: w for w in weeks if w.confirmed is not None and w.monday > after}
    newest = max(counted, default=date.min)
    if today - newest > FRESH:
        return
    window = [counted[monday] for monday in sorted(counted) if newest - monday < FOUR_WEEKS]
    confirmed, spent = sum(w.confirmed or 0 for w in window), sum(w.spent for w in window)
    if spent > 0 and spent >= OVER * confirmed - _DUST:
        yield Signal(HOURS, MENTOR, newest, tuple(w.monday for w in window))
