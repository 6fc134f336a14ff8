"""Answers -> the index of each side, the class of the duo, and what asks for attention. Pure: no session, no clock.

A side's index is the mean of one check-in's answers, smoothed over its check-ins; only the fall is judged on unsmoothed
means. Nothing here ever changes a match or a capacity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from mentorship.base.clock import local_date
from mentorship.mentorships.hours.rules import Week, over_confirmed
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
MIDDLE, BAND, FALLEN = 0.5, 0.05, 0.25
FRESH, FOUR_WEEKS = timedelta(weeks=12), timedelta(weeks=4)
_DUST = 1e-9
"""What floats may lose: 0.7 - 0.45 is a fall of 0.25."""
_EVER = datetime.min.replace(tzinfo=UTC)

Point = tuple[date, float]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class SettledCheckIn:
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
class Finding:
    """Something that needs somebody's action, before it is kept as a signal.

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
    """A finding that was raised as a signal before; `closed_at` is None while it is open."""

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
    given = [answer for answer in answers.values() if answer is not None]
    if not given:
        return None
    if min(given) < LOWEST_ANSWER or max(given) > HIGHEST_ANSWER:
        raise ValueError("answers must be 1 to 5, or None")
    above_lowest = sum(answer - LOWEST_ANSWER for answer in given)
    span = HIGHEST_ANSWER - LOWEST_ANSWER
    return above_lowest / (span * len(given))


def smoothed(indices_by_date: Iterable[tuple[date, float | None]]) -> list[Point]:
    """Return the indices by date, each moved halfway from the one before; of one date the last given counts."""
    points: list[Point] = []
    for on, value in sorted(dict(indices_by_date).items()):
        if value is None:
            continue
        if points:
            before = points[-1][1]
            value = NEWEST * value + (1 - NEWEST) * before
        points.append((on, value))
    return points


def classify(development: Sequence[Point], sustainability: Sequence[Point], previous: str, today: date) -> str:
    """Return the class of a mentorship from both sides' smoothed points and the class it had.

    Unknown unless the last point of each side is at most 12 weeks old. A side changes between high and low only beyond
    0.45 and 0.55 (at these it stays); without a previous class it is high from 0.5.
    """
    for side in (development, sustainability):
        if not side or today - side[-1][0] > FRESH:
            return UNKNOWN
    developed, sustained = _HIGH.get(previous, (None, None))
    develops = _high(development[-1][1], developed)
    sustains = _high(sustainability[-1][1], sustained)
    return CLASSES[develops, sustains]


def _high(value: float, was: bool | None) -> bool:
    """Whether a side is high, given whether it was."""
    if was is None:
        return value >= MIDDLE - _DUST
    if was:
        return value >= MIDDLE - BAND - _DUST
    return value > MIDDLE + BAND + _DUST


def trend(points: Sequence[Point]) -> str | None:
    """Return "up", "down" or "level" from the last two smoothed points (more than 0.05 apart); None with fewer."""
    if len(points) < 2:
        return None
    change = points[-1][1] - points[-2][1]
    if abs(change) <= BAND + _DUST:
        return "level"
    return "up" if change > 0 else "down"


def findings(
    histories: Mapping[str, Sequence[SettledCheckIn]], working: Working, earlier: Sequence[Earlier], now: datetime
) -> list[Finding]:
    """Return what to raise now, from each side's check-ins (in any order) and the pair's working together.

    One that is open is not raised again; one that was closed only by what came after its closing: the answer that
    fell, both low or missed check-ins, the weeks, four whole weeks apart. Answers older than 12 weeks raise nothing.
    """
    opened = {one.key for one in earlier if one.closed_at is None}
    closed = _last_closed(earlier)
    found: list[Finding] = []
    for side, history in sorted(histories.items()):
        found += _of_side(side, history, closed, now)
    found += _of_pair(working, closed, now)
    return [replace(one, returned=one.key in closed) for one in found if one.key not in opened]


def _last_closed(earlier: Sequence[Earlier]) -> dict[Key, datetime]:
    """Return when each was last closed."""
    closed: dict[Key, datetime] = {}
    for one in earlier:
        if one.closed_at is not None:
            closed[one.key] = max(one.closed_at, closed.get(one.key, _EVER))
    return closed


def _of_side(
    side: str, history: Sequence[SettledCheckIn], closed: Mapping[Key, datetime], now: datetime
) -> list[Finding]:
    """Return the newest occurrence of each finding in one side's check-ins."""
    versions: dict[date, SettledCheckIn] = {}
    for version in sorted(history, key=lambda one: one.settled_at):
        versions[version.due_on] = version
    latest: dict[Key, Finding] = {}
    for one in _occurrences([versions[on] for on in sorted(versions)]):
        evidence = tuple(check_in.due_on for check_in in one.drawn_from)
        finding = Finding(one.kind, side, evidence[-1], evidence, one.about)
        settled = [check_in.settled_at for check_in in one.new]
        if min(settled) > closed.get(finding.key, _EVER) and now - max(settled) <= FRESH:
            latest[finding.key] = finding
    return list(latest.values())


@dataclass(frozen=True)
class _Occurrence:
    """What was noticed in the check-ins `drawn_from`; those in `new` must be new to raise it again."""

    kind: str
    drawn_from: tuple[SettledCheckIn, ...]
    new: tuple[SettledCheckIn, ...]
    about: str = ""


def _occurrences(history: Sequence[SettledCheckIn]) -> Iterator[_Occurrence]:
    """Yield what was noticed in one side's check-ins, from old to new per kind."""
    for one in history:
        yield from _in_one(one)
    indexed = [one for one in history if one.index is not None]
    smooth = [value for _, value in smoothed((one.due_on, one.index) for one in indexed)]
    for two, values in zip(pairwise(indexed), pairwise(smooth), strict=True):
        yield from _in_two(*two, higher=max(values))
    asked = [one for one in history if one.status in (ANSWERED, MISSED)]
    for two in pairwise(asked):
        if two[0].status == two[1].status == MISSED:
            yield _Occurrence(TWO_MISSED, two, two)


def _in_one(check_in: SettledCheckIn) -> Iterator[_Occurrence]:
    """Yield what one check-in says by itself: a lowest step, a wish for help."""
    alone = (check_in,)
    if check_in.status == ANSWERED and LOWEST_ANSWER in check_in.answers.values():
        yield _Occurrence(LOWEST, alone, alone)
    for asked in check_in.helps:
        yield _Occurrence(HELP, alone, alone, asked)


def _in_two(before: SettledCheckIn, after: SettledCheckIn, *, higher: float) -> Iterator[_Occurrence]:
    """Yield what two check-ins say that follow each other; `higher` is the higher of their smoothed indices."""
    assert before.index is not None and after.index is not None
    both = (before, after)
    if higher < MIDDLE - _DUST:
        yield _Occurrence(LOW, both, both)
    if before.index - after.index >= FALLEN - _DUST:
        yield _Occurrence(FALL, both, (after,))


def _of_pair(working: Working, closed: Mapping[Key, datetime], now: datetime) -> list[Finding]:
    """Return what is noticed in hours, in not working together and in rules."""
    today = local_date(now)
    found: list[Finding] = []
    ended = closed.get((HOURS, MENTOR, ""))
    over = _over(working.weeks, local_date(ended) if ended else date.min, today)
    if over:
        found.append(over)
    ended = closed.get((APART, BOTH, ""))
    apart = _apart(working, local_date(ended) if ended else date.min, today)
    if apart:
        found.append(apart)
    for rule, found_at in sorted(working.failing.items()):
        if found_at > closed.get((RULE, BOTH, rule), _EVER):
            day = local_date(found_at)
            found.append(Finding(RULE, BOTH, day, (day,), rule))
    return found


def _apart(working: Working, after: date, today: date) -> Finding | None:
    """Find that the two did not work together for four whole weeks after a day."""
    met = [day for day in working.together if day <= today]
    last_met = max(met, default=date.min)
    begins = max(working.running_since, last_met, after)
    if today - begins <= FOUR_WEEKS:
        return None
    return Finding(APART, BOTH, begins + FOUR_WEEKS, (last_met,) if met else ())


def _over(weeks: Sequence[Week], after: date, today: date) -> Finding | None:
    """Find that the last four weeks begun after a day together stand 25 % over their confirmed hours."""
    counted: dict[date, Week] = {}
    for week in weeks:
        if week.confirmed is not None and week.monday > after:
            counted[week.monday] = week
    newest = max(counted, default=date.min)
    if today - newest > FRESH:
        return None
    window = [counted[monday] for monday in sorted(counted) if newest - monday < FOUR_WEEKS]
    confirmed = sum((week.confirmed or Decimal(0) for week in window), Decimal(0))
    spent = sum((week.spent for week in window), Decimal(0))
    if not over_confirmed(spent, confirmed):
        return None
    return Finding(HOURS, MENTOR, newest, tuple(week.monday for week in window))
