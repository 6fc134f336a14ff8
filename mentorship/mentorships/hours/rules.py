"""Working together, week by week: what the rosters foresee, and what a mentor's week counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_AN_HOUR = 60
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Week:
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
        return self.confirmed is not None and over_confirmed(self.spent, self.confirmed)

    @property
    def ratio(self) -> Decimal:
        """Return hours spent per hour confirmed, to sort by; spent without any confirmed is more than all others."""
        if not self.confirmed:
            return Decimal("Infinity") if self.spent else Decimal(0)
        return self.spent / self.confirmed


def over_confirmed(spent: Decimal, confirmed: Decimal) -> bool:
    """Tell whether hours spent are 25 % or more over those confirmed; any hour is over none."""
    return spent > 0 and spent >= OVER * confirmed


def week_of(day: date) -> date:
    """Return the Monday of the week in which `day` falls."""
    return day - timedelta(days=day.weekday())


def weeks_open(today: date) -> list[date]:
    """Return the Mondays of the weeks that can be noted: this week and the four before, the newest first."""
    return [week_of(today) - WEEK * n for n in range(BACK + 1)]


def is_over(monday: date, today: date) -> bool:
    """Tell whether the week that begins on `monday` has passed."""
    return monday + WEEK <= today


def ran(started_on: date | None, monday: date) -> bool:
    """Tell whether a pair had started by the end of a week; without a start date it always had."""
    return started_on is None or started_on < monday + WEEK


def check_week(monday: date, today: date) -> None:
    """Refuse what is not one of the weeks that can be noted."""
    if monday not in weeks_open(today):
        raise Refused(N_("You can note this week and the four before it."))


def check_hours(worked: bool, hours: Decimal) -> None:
    """Refuse hours that no week has, and working together for no time at all."""
    if not 0 <= hours <= MOST:
        raise Refused(N_("A week has 0 to 60 hours to note."))
    if worked and not hours:
        raise Refused(N_("Fill in more than 0 hours, or choose “no”."))


def prefill(
    junior: Timetable, mentor: Timetable, monday: date, hours_per_pair: Decimal, *, remote: bool = False
) -> Decimal:
    """Return the hours a pair is expected to work together in the week that begins on `monday`.

    The hours both are at work in the junior's shifts of that week, at most the programme's `hours_per_pair`; none
    without a together-shift (at a distance: an hour in common).
    """
    least = _AN_HOUR if remote else TOGETHER
    if not together_days(junior, mentor, monday.toordinal(), 7, least):
        return Decimal(0)
    mine, theirs = _stretches(junior, monday, 0), _stretches(mentor, monday, 1)
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in theirs)
    return min(hours_per_pair, _hours(common))


def at_work(timetable: Timetable, monday: date) -> Decimal:
    """Return the hours of one's own shifts that begin in the week of `monday`."""
    return _hours(sum(end - begin for begin, end in _stretches(timetable, monday, 0)))


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
        together = min(together, max([own, *noted]))
    return together + other


def balance(weeks: Sequence[Week]) -> Balance | None:
    """Return the last four noted weeks of one mentor as one; None when there are none."""
    latest = sorted(weeks, key=lambda w: w.monday)[-LATEST:]
    if not latest:
        return None
    confirmed = [w.confirmed for w in latest if w.confirmed is not None]
    total = sum(confirmed, Decimal(0)) if confirmed else None
    return Balance(sum((w.spent for w in latest), Decimal(0)), total, len(latest))


def _stretches(timetable: Timetable, monday: date, margin: int) -> list[tuple[int, int]]:
    """Return the unbroken stretches at work in minutes from `monday`; shifts that overlap are one."""
    begins, ends = timetable.minutes(7 + 2 * margin, monday.toordinal() - margin)
    found: list[tuple[int, int]] = []
    for day, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True), start=-margin):
        if end > begin:
            shift = day * DAY + begin, day * DAY + end
            if found and shift[0] <= found[-1][1]:
                found[-1] = found[-1][0], max(found[-1][1], shift[1])
            else:
                found.append(shift)
    return found


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(_CENT)
