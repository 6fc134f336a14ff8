"""Noticing what asks for attention in the check-ins of a pair, its hours and its working together. Pure.

Nothing here ever changes a match or a capacity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from mentorship.base.clock import local_date
from mentorship.checkins import noticing_answers
from mentorship.checkins.balance import FRESH, SettledCheckIn
from mentorship.checkins.due import days_since, is_out
from mentorship.checkins.findings import (
    APART,
    BOTH,
    HOURS,
    LEAVES,
    QUIET,
    RULE,
    Earlier,
    Finding,
    Key,
    Working,
    last_closed,
)
from mentorship.mentorships.hours.rules import MentorWeek, is_over
from mentorship.mentorships.rules import MENTOR

FOUR_WEEKS = timedelta(weeks=4)
WORSE = Decimal("0.25")
"""How much more of the confirmed hours than before, where hours got worse."""


def noticed(
    histories: Mapping[str, Sequence[SettledCheckIn]],
    working: Working,
    earlier: Sequence[Earlier],
    now: datetime,
) -> list[Finding]:
    """Return what to raise now, from each side's check-ins (in any order) and the pair's working together.

    One that is open is not raised again; one that was closed only by what came after its closing (the answers, the
    weeks, four whole weeks apart), and within six weeks only where that is worse.
    """
    found: list[Finding] = []
    for side, history in sorted(histories.items()):
        found += noticing_answers.of_side(
            side,
            history,
            earlier,
            now,
        )
    return found + _of_pair(working, earlier, now)


def _of_pair(working: Working, earlier: Sequence[Earlier], now: datetime) -> list[Finding]:
    """Return what is noticed in hours, in not working together and in rules, but what is open."""
    closed = _closed(earlier)
    noticed_once = [
        _over(working.weeks, closed.get((HOURS, MENTOR, "")), now),
        _apart(working, closed.get((APART, BOTH, "")), now),
    ]
    found = [one for one in noticed_once if one]
    for side, last_day in sorted(working.last_days.items()):
        leaves = Finding(LEAVES, side, last_day, (last_day,))
        found.append(leaves)
    found += _rules(working, closed, now)
    stands = {one.key for one in earlier if one.closed_at is None}
    raised = []
    for one in found:
        if one.key not in stands:
            again = replace(one, returned=one.key in closed)
            raised.append(again)
    return raised


def _rules(working: Working, closed: Mapping[Key, Earlier], now: datetime) -> Iterator[Finding]:
    """Yield each rule that no longer holds, and was not found so before a closing or soon after it."""
    for rule, found_at in sorted(working.failing.items()):
        day = local_date(found_at)
        one = Finding(
            RULE,
            BOTH,
            day,
            (day,),
            rule,
        )
        before = closed.get(one.key)
        if before is None or (found_at > _moment(before) and not _is_quiet(before, now)):
            yield one


def _closed(earlier: Sequence[Earlier]) -> dict[Key, Earlier]:
    """Return of each kind the one that was closed last."""
    alike: dict[Key, list[Earlier]] = {}
    for one in earlier:
        alike.setdefault(one.key, []).append(one)
    found = {}
    for key, ones in alike.items():
        last = last_closed(ones)
        if last is not None:
            found[key] = last
    return found


def _moment(closed: Earlier) -> datetime:
    assert closed.closed_at is not None
    return closed.closed_at


def _is_quiet(closed: Earlier | None, now: datetime) -> bool:
    """Tell whether something was closed so lately that it does not return, unless it got worse."""
    return closed is not None and now - _moment(closed) < QUIET


def _day(closed: Earlier | None) -> date:
    """Return the day on which one was closed; one that never was, long ago."""
    if closed is None:
        return date.min
    return local_date(_moment(closed))


def _apart(working: Working, closed: Earlier | None, now: datetime) -> Finding | None:
    """Find that the two did not work together for four whole weeks after a closing; days out are none of those."""
    today = local_date(now)
    met = [day for day in working.together if day <= today]
    last = max(met, default=date.min)
    begins = max(
        working.running_since,
        last,
        _day(closed),
    )
    if _is_quiet(closed, now) or is_out(today, working.out):
        return None
    if days_since(begins, today, working.out) <= FOUR_WEEKS.days:
        return None
    evidence = (last,) if met else ()
    return Finding(
        APART,
        BOTH,
        begins + FOUR_WEEKS,
        evidence,
    )


def _over(weeks: Sequence[MentorWeek], closed: Earlier | None, now: datetime) -> Finding | None:
    """Find that the last four weeks begun after a closing stand 25 % over their confirmed hours."""
    window = _last_four(weeks, _day(closed))
    newest = max(window, default=date.min)
    if local_date(now) - newest > FRESH:
        return None
    spent, confirmed = _sums(window)
    if not is_over(spent, confirmed):
        return None
    if closed is not None and _is_quiet(closed, now) and not _more_over(window, closed, weeks):
        return None
    return Finding(
        HOURS,
        MENTOR,
        newest,
        tuple(sorted(window)),
    )


def _more_over(window: Mapping[date, MentorWeek], closed: Earlier, weeks: Sequence[MentorWeek]) -> bool:
    """Tell whether so many weeks are another 25 % of the confirmed hours over what they were."""
    then = {}
    for week in weeks:
        if week.confirmed is not None and week.monday in closed.evidence:
            then[week.monday] = week
    spent, confirmed = _sums(window)
    before, agreed = _sums(then)
    if not confirmed or not agreed:
        return False
    return spent / confirmed >= before / agreed + WORSE


def _sums(weeks: Mapping[date, MentorWeek]) -> tuple[Decimal, Decimal]:
    """Return the hours of some weeks, and those of them that were confirmed."""
    spent = Decimal(0)
    confirmed = Decimal(0)
    for week in weeks.values():
        spent += week.spent
        confirmed += week.confirmed or 0
    return spent, confirmed


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
