"""Working together, week by week: what the rosters foresee, and what a mentor's week counts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.matching import DAY, TOGETHER, Timetable, together_days

WEEK = timedelta(weeks=1)
BACK = 4
"""Weeks before this one that can still be noted."""
MOST = Decimal(60)
LOOK_BACK = timedelta(weeks=12)
LATEST = 4
OVER = Decimal("1.25")
"""Hours spent by hours confirmed from which a mentor carries more than was agreed."""
_AN_HOUR = 60
_CENT = Decimal("0.01")

Stretch = tuple[int, int]
"""From when to when somebody is at work without a break, in minutes."""


@dataclass(frozen=True)
class MentorWeek:
    """The hours of one mentor in the week that begins on `monday`; `confirmed` is None when nobody confirmed any."""

    monday: date
    confirmed: Decimal | None
    spent: Decimal


@dataclass(frozen=True)
class Balance:
    """A mentor's last noted weeks together: hours `spent` and `confirmed` (None: never), and whether 25 % over."""

    spent: Decimal
    confirmed: Decimal | None
    weeks: int

    @property
    def over(self) -> bool:
        """Tell whether the hours spent are 25 % or more over those confirmed."""
        return self.confirmed is not None and is_over(self.spent, self.confirmed)

    @property
    def ratio(self) -> Decimal:
        """Return hours spent per hour confirmed, to sort by; spent without any confirmed is more than all others."""
        if self.confirmed:
            return self.spent / self.confirmed
        if self.spent:
            return Decimal("Infinity")
        return Decimal(0)


def is_over(spent: Decimal, confirmed: Decimal) -> bool:
    """Tell whether hours spent are 25 % or more over those confirmed; any hour is over none."""
    return spent > 0 and spent >= OVER * confirmed


def week_of(day: date) -> date:
    """Return the Monday of the week in which `day` falls."""
    return day - timedelta(days=day.weekday())


def weeks_open(today: date) -> list[date]:
    """Return the Mondays of the weeks that can be noted: this week and the four before, the newest first."""
    this_week = week_of(today)
    return [this_week - WEEK * number for number in range(BACK + 1)]


def has_passed(monday: date, today: date) -> bool:
    """Tell whether the week that begins on `monday` is over."""
    return monday + WEEK <= today


def ran(started_on: date | None, monday: date) -> bool:
    """Tell whether a pair had started by the end of a week; without a start date it always had."""
    return started_on is None or started_on < monday + WEEK


def check_week(monday: date, today: date) -> None:
    """Refuse what is not one of the weeks that can be noted."""
    if monday not in weeks_open(today):
        raise Refused(N_("You can log this week and the four before it."))


def check_hours(worked: bool, hours: Decimal) -> None:
    """Refuse hours that no week has, and working together for no time at all."""
    if not 0 <= hours <= MOST:
        raise Refused(N_("You can log 0 to 60 hours a week."))
    if worked and not hours:
        raise Refused(N_("Enter more than 0 hours, or choose “no”."))


def prefill(
    junior: Timetable, mentor: Timetable, monday: date, hours_per_pair: Decimal, *, remote: bool = False
) -> Decimal:
    """Return the hours a pair is expected to work together in the week that begins on `monday`.

    The hours both are at work in the junior's shifts of that week, at most the programme's `hours_per_pair`; none
    without a together-shift (at a distance: an hour in common).
    """
    least = _AN_HOUR if remote else TOGETHER
    if not together_days(
        junior,
        mentor,
        monday.toordinal(),
        7,
        least,
    ):
        return Decimal(0)
    return min(hours_per_pair, in_common(junior, mentor, monday))


def in_common(junior: Timetable, mentor: Timetable, first: date, days: int = 7) -> Decimal:
    """Return the hours both are at work in the junior's shifts that begin in so many days from the first."""
    mine = _stretches(
        junior,
        first,
        0,
        days,
    )
    theirs = _stretches(
        mentor,
        first,
        1,
        days,
    )
    return _hours(_common(mine, theirs))


def _common(mine: Sequence[Stretch], theirs: Sequence[Stretch]) -> int:
    """Return the minutes that two people are both at work."""
    minutes = 0
    for my_begin, my_end in mine:
        for their_begin, their_end in theirs:
            begin = max(my_begin, their_begin)
            end = min(my_end, their_end)
            minutes += max(0, end - begin)
    return minutes


def at_work(timetable: Timetable, first: date, days: int = 7) -> Decimal:
    """Return the hours of one's own shifts that begin in so many days from the first: by itself in a week."""
    minutes = 0
    for begin, end in _stretches(timetable, first, 0, days):
        minutes += end - begin
    return _hours(minutes)


def is_out(timetable: Timetable | None, out: Collection[int], monday: date) -> bool:
    """Tell whether somebody has no working day in a week because they are away: then nothing is asked about it.

    Who has no roster works from Monday to Friday.
    """
    begins = monday.toordinal()
    week = range(begins, begins + 7)
    if not any(day in out for day in week):
        return False
    if timetable is None:
        return all(day in out for day in week[:5])
    there = timetable.worked(7, begins)
    return not any(there) and any(timetable.planned.worked(7, begins))


def spent(pairs: Iterable[Decimal], own: Decimal | None, other: Decimal = Decimal(0)) -> Decimal:
    """Return the hours of guiding that one week of one mentor counts.

    `pairs`: the hours noted with each junior; `own`: the mentor's own working hours that week, None without a roster;
    `other`: other guiding.

    Who guides two juniors in the same hour spends one hour. Which hours coincided is not noted, so the rule is: the sum
    over the juniors counts up to the mentor's own working hours, or up to the most noted with one junior when that is
    more (they came in on a free day), and other guiding comes on top.
    """
    noted = list(pairs)
    together = sum(noted, Decimal(0))
    if own is not None:
        most = max([own, *noted])
        together = min(together, most)
    return together + other


def balance(weeks: Sequence[MentorWeek]) -> Balance | None:
    """Return the last four noted weeks of one mentor as one; None when there are none."""
    by_date = sorted(weeks, key=lambda week: week.monday)
    latest = by_date[-LATEST:]
    if not latest:
        return None
    spent = Decimal(0)
    confirmed = None
    for week in latest:
        spent += week.spent
        if week.confirmed is not None:
            confirmed = (confirmed or Decimal(0)) + week.confirmed
    return Balance(spent, confirmed, len(latest))


def _stretches(timetable: Timetable, first: date, margin: int, days: int = 7) -> list[Stretch]:
    """Return the unbroken stretches at work in minutes from the first of so many days; shifts that overlap are one."""
    first_day = first.toordinal() - margin
    found: list[Stretch] = []
    midnight = -margin * DAY
    for blocks in timetable.worked(days + 2 * margin, first_day):
        for begin, end in blocks:
            _join(found, midnight + begin, midnight + end)
        midnight += DAY
    return found


def _join(found: list[Stretch], begin: int, end: int) -> None:
    """Add a shift to stretches by date, to the last one where they touch."""
    if not found or begin > found[-1][1]:
        found.append((begin, end))
        return
    last_begin, last_end = found.pop()
    found.append((last_begin, max(last_end, end)))


def _hours(minutes: int) -> Decimal:
    hours = Decimal(minutes) / 60
    return hours.quantize(_CENT)
