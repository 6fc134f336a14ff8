"""The strip of days on which the first and the last day away are tapped. Pure; each tap is a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.figures import days as strips
from mentorship.base.i18n import gettext
from mentorship.profiles.away.rules import LONGEST, PROPOSED

WEEKS = timedelta(days=strips.DAYS)


@dataclass(frozen=True)
class Chosen:
    """The days that are chosen; the last one is `proposed` until it is tapped, both are before the first tap."""

    first: date
    last: date
    tapped: bool
    proposed: bool

    def tap(self, day: date) -> dict[str, str]:
        """Return what is chosen once a day is tapped, as an address has it."""
        if self.tapped and self.proposed and day >= self.first:
            return {"first": self.first.isoformat(), "last": day.isoformat()}
        return {"first": day.isoformat()}


@dataclass(frozen=True)
class PickDay:
    """A day of the strip; `url` chooses it, "" where it cannot be tapped."""

    day: strips.Day
    chosen: bool
    url: str
    said: str


@dataclass(frozen=True)
class PickStrip:
    """Four weeks to tap in, and the ways to earlier and later ones."""

    days: list[PickDay]
    key: tuple[strips.KeyOf, ...]
    earlier: str
    later: str


@dataclass(frozen=True)
class Picking:
    """Choosing days today: what is chosen so far, and the address (`link`) of what is chosen next."""

    picked: Chosen
    today: date
    link: Callable[[dict[str, str]], str]

    def day(self, day: strips.Day) -> PickDay:
        """Return a day of the strip."""
        is_chosen = self.picked.first <= day.date <= self.picked.last
        said = day.said
        if is_chosen:
            said = gettext("%(day)s, chosen", day=said)
        can_be_tapped = self.today <= day.date <= self.today + LONGEST
        return PickDay(
            day=day,
            chosen=is_chosen,
            url=self.link(self.picked.tap(day.date)) if can_be_tapped else "",
            said=said,
        )

    def other_weeks(self, monday: date) -> str:
        """Return the address of the same choice seen in other weeks; "" where nothing can be chosen."""
        if monday + WEEKS <= self.today or monday > self.today + LONGEST:
            return ""
        return self.link(_moved(self.picked, monday))


def chosen(first: date | None, last: date | None, today: date) -> Chosen:
    """Return what is chosen: a week from today is proposed, and a week from the day that was tapped."""
    begins = first or today
    if last is None or last < begins:
        return Chosen(begins, begins + PROPOSED, first is not None, True)
    return Chosen(begins, last, True, False)


def strip(kinds: Mapping[date, str], picking: Picking, begins: date) -> PickStrip:
    """Return the four weeks from the Monday of a day on."""
    monday = begins - timedelta(days=begins.weekday())
    shown = strips.days(kinds, [], monday)
    return PickStrip(
        days=[picking.day(day) for day in shown.days],
        key=shown.key,
        earlier=picking.other_weeks(monday - WEEKS),
        later=picking.other_weeks(monday + WEEKS),
    )


def _moved(picked: Chosen, begins: date) -> dict[str, str]:
    """Return the same choice, seen in other weeks."""
    found = {"begins": begins.isoformat()}
    if picked.tapped:
        found["first"] = picked.first.isoformat()
    if not picked.proposed:
        found["last"] = picked.last.isoformat()
    return found
