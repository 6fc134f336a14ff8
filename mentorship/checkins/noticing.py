"""Noticing what asks for attention in the check-ins of a pair, its hours and its working together. Pure.

Only the fall is judged on unsmoothed means. Nothing here ever changes a match or a capacity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from mentorship.base.clock import local_date
from mentorship.checkins.balance import (
    ANSWERED,
    DUST,
    FRESH,
    LOWEST_ANSWER,
    MIDDLE,
    MISSED,
    PACE,
    SettledCheckIn,
    of_newest_series,
    smoothed,
)
from mentorship.checkins.due import days_since, is_out
from mentorship.checkins.findings import (
    APART,
    BOTH,
    FALL,
    HELP,
    HOURS,
    LEAVES,
    LOW,
    LOWEST,
    RULE,
    TWO_MISSED,
    Earlier,
    Finding,
    Key,
    Working,
)
from mentorship.mentorships.hours.rules import MentorWeek, is_over
from mentorship.mentorships.rules import MENTOR

FALLEN = 0.25
FOUR_WEEKS = timedelta(weeks=4)
_EVER = datetime.min.replace(tzinfo=UTC)


def noticed(
    histories: Mapping[str, Sequence[SettledCheckIn]],
    working: Working,
    earlier: Sequence[Earlier],
    now: datetime,
) -> list[Finding]:
    """Return what to raise now, from each side's check-ins (in any order) and the pair's working together.

    One that is open is not raised again; one that was closed only by what came after its closing: the answer that
    fell, both low or missed check-ins, the weeks, four whole weeks apart. Answers older than 12 weeks raise nothing.
    """
    opened = set()
    for one in earlier:
        if one.closed_at is None:
            opened.add(one.key)
    closed = _last_closed(earlier)
    found: list[Finding] = []
    for side, history in sorted(histories.items()):
        found += _of_side(side, history, closed, now)
    found += _of_pair(working, closed, now)
    raised = []
    for finding in found:
        if finding.key in opened:
            continue
        again = finding.key in closed
        raised.append(replace(finding, returned=again))
    return raised


def _last_closed(earlier: Sequence[Earlier]) -> dict[Key, datetime]:
    """Return when each was last closed."""
    closed: dict[Key, datetime] = {}
    for one in earlier:
        if one.closed_at is None:
            continue
        before = closed.get(one.key, _EVER)
        closed[one.key] = max(one.closed_at, before)
    return closed


def _of_side(
    side: str,
    history: Sequence[SettledCheckIn],
    closed: Mapping[Key, datetime],
    now: datetime,
) -> list[Finding]:
    """Return the newest occurrence of each finding in one side's check-ins."""
    latest: dict[Key, Finding] = {}
    versions = _last_versions(history)
    for one in _occurrences(versions):
        finding = one.by(side)
        ended = closed.get(finding.key, _EVER)
        if one.oldest_new <= ended:
            continue
        if now - one.newest_new <= FRESH:
            latest[finding.key] = finding
    return list(latest.values())


def _last_versions(history: Sequence[SettledCheckIn]) -> list[SettledCheckIn]:
    """Return one check-in of each date, as it was settled last, by date."""
    versions: dict[date, SettledCheckIn] = {}
    for version in sorted(history, key=_when_settled):
        versions[version.due_on] = version
    return [versions[on] for on in sorted(versions)]


def _when_settled(check_in: SettledCheckIn) -> datetime:
    return check_in.settled_at


@dataclass(frozen=True)
class _Occurrence:
    """What was noticed in the check-ins `drawn_from`; those in `new` must be new to raise it again."""

    kind: str
    drawn_from: tuple[SettledCheckIn, ...]
    new: tuple[SettledCheckIn, ...]
    about: str = ""

    @property
    def oldest_new(self) -> datetime:
        """When the first of those that must be new was settled."""
        return min(one.settled_at for one in self.new)

    @property
    def newest_new(self) -> datetime:
        """When the last of those that must be new was settled."""
        return max(one.settled_at for one in self.new)

    def by(self, side: str) -> Finding:
        """Return it as a finding drawn from one side's answers."""
        evidence = tuple(one.due_on for one in self.drawn_from)
        return Finding(
            self.kind,
            side,
            evidence[-1],
            evidence,
            self.about,
        )


def _occurrences(history: Sequence[SettledCheckIn]) -> Iterator[_Occurrence]:
    """Yield what was noticed in one side's check-ins, from old to new per kind."""
    for one in history:
        yield from _in_one(one)
    yield from _in_means(history)
    asked = []
    for one in history:
        if one.status in (ANSWERED, MISSED):
            asked.append(one)
    for two in pairwise(asked):
        if two[0].status == two[1].status == MISSED:
            yield _Occurrence(TWO_MISSED, two, two)


def _in_one(check_in: SettledCheckIn) -> Iterator[_Occurrence]:
    """Yield what one check-in says by itself: a lowest step, a wish for help."""
    alone = (check_in,)
    answers = dict(check_in.answers)
    answers.pop(PACE, None)
    if check_in.status == ANSWERED and LOWEST_ANSWER in answers.values():
        yield _Occurrence(LOWEST, alone, alone)
    for asked in check_in.helps:
        yield _Occurrence(HELP, alone, alone, asked)


def _in_means(history: Sequence[SettledCheckIn]) -> Iterator[_Occurrence]:
    """Yield what two means say that follow each other: both low once smoothed, or a fall between them."""
    told = of_newest_series(history)
    means = [(one.due_on, one.index) for one in told]
    heights = [height for _, height in smoothed(means)]
    for both, two in zip(pairwise(told), pairwise(heights), strict=True):
        before, after = both
        if max(two) < MIDDLE - DUST:
            yield _Occurrence(LOW, both, both)
        if _fell(before, after):
            yield _Occurrence(FALL, both, (after,))


def _fell(before: SettledCheckIn, after: SettledCheckIn) -> bool:
    """Tell whether the mean of one check-in is a good deal under that of the one before."""
    if before.index is None or after.index is None:
        return False
    return before.index - after.index >= FALLEN - DUST


def _of_pair(working: Working, closed: Mapping[Key, datetime], now: datetime) -> list[Finding]:
    """Return what is noticed in hours, in not working together and in rules."""
    today = local_date(now)
    over = (HOURS, MENTOR, "")
    apart = (APART, BOTH, "")
    noticed_once = [
        _over(working.weeks, _day(closed.get(over)), today),
        _apart(working, _day(closed.get(apart)), today),
    ]
    found = [one for one in noticed_once if one]
    for side, last_day in sorted(working.last_days.items()):
        leaves = Finding(LEAVES, side, last_day, (last_day,))
        found.append(leaves)
    for rule, found_at in sorted(working.failing.items()):
        day = local_date(found_at)
        one = Finding(
            RULE,
            BOTH,
            day,
            (day,),
            rule,
        )
        if found_at > closed.get(one.key, _EVER):
            found.append(one)
    return found


def _day(closed_at: datetime | None) -> date:
    """Return the day on which one was closed; one that never was, long ago."""
    if closed_at is None:
        return date.min
    return local_date(closed_at)


def _apart(working: Working, after: date, today: date) -> Finding | None:
    """Find that the two did not work together for four whole weeks after a day; days out are none of those."""
    met = [day for day in working.together if day <= today]
    last = max(met, default=date.min)
    begins = max(
        working.running_since,
        last,
        after,
    )
    if is_out(today, working.out) or days_since(begins, today, working.out) <= FOUR_WEEKS.days:
        return None
    evidence = (last,) if met else ()
    return Finding(
        APART,
        BOTH,
        begins + FOUR_WEEKS,
        evidence,
    )


def _over(weeks: Sequence[MentorWeek], after: date, today: date) -> Finding | None:
    """Find that the last four weeks begun after a day together stand 25 % over their confirmed hours."""
    window = _last_four(weeks, after)
    newest = max(window, default=date.min)
    if today - newest > FRESH:
        return None
    confirmed = Decimal(0)
    spent = Decimal(0)
    for week in window.values():
        confirmed += week.confirmed or 0
        spent += week.spent
    if not is_over(spent, confirmed):
        return None
    return Finding(
        HOURS,
        MENTOR,
        newest,
        tuple(sorted(window)),
    )


def _last_four(weeks: Sequence[MentorWeek], after: date) -> dict[date, MentorWeek]:
    """Return the last week of which the hours were confirmed, begun after a day, and those three before it."""
    counted: dict[date, MentorWeek] = {}
    for week in weeks:
        if week.confirmed is not None and week.monday > after:
            counted[week.monday] = week
    newest = max(counted, default=date.min)
    window = {}
    for monday, week in counted.items():
        if newest - monday < FOUR_WEEKS:
            window[monday] = week
    return window
