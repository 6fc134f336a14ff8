"""The strip of days on which the first and the last day away are tapped. Pure; each tap is a link."""

from __future__ import annotations

from collections.abc import Mapping
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
    """A day of the strip: what a tap on it chooses, None where it cannot be tapped."""

    day: strips.Day
    chosen: bool
    tap: dict[str, str] | None
    said: str


@dataclass(frozen=True)
class PickStrip:
    """Four weeks to tap in, and the ways to earlier and later ones."""

    days: list[PickDay]
    key: tuple[strips.KeyOf, ...]
    earlier: dict[str, str] | None
    later: dict[str, str] | None


def chosen(first: date | None, last: date | None, today: date) -> Chosen:
    """Return what is chosen: a week from today is proposed, and a week from the day that was tapped."""
    begins = first or today
    if last is None or last < begins:
        return Chosen(begins, begins + PROPOSED, first is not None, True)
    return Chosen(begins, last, True, False)


def strip(kinds: Mapping[date, str], picked: Chosen, begins: date, today: date) -> PickStrip:
    """Return the four weeks from the Monday of a day on."""
    monday = begins - timedelta(days=begins.weekday())
    shown = strips.days(kinds, [], monday)
    found = []
    for day in shown.days:
        found.append(_day(day, picked, today))
    earlier = _moved(picked, monday - WEEKS) if monday > today else None
    later = _moved(picked, monday + WEEKS) if monday + WEEKS <= today + LONGEST else None
    return PickStrip(
        days=found,
        key=shown.key,
        earlier=earlier,
        later=later,
    )


def _day(day: strips.Day, picked: Chosen, today: date) -> PickDay:
    is_chosen = picked.first <= day.date <= picked.last
    said = day.said
    if is_chosen:
        said = gettext("%(day)s, chosen", day=said)
    can_be_tapped = today <= day.date <= today + LONGEST
    return PickDay(
        day=day,
        chosen=is_chosen,
        tap=picked.tap(day.date) if can_be_tapped else None,
        said=said,
    )


def _moved(picked: Chosen, begins: date) -> dict[str, str]:
    """Return the same choice, seen in other weeks."""
    found = {"begins": begins.isoformat()}
    if picked.tapped:
        found["first"] = picked.first.isoformat()
    if not picked.proposed:
        found["last"] = picked.last.isoformat()
    return found
