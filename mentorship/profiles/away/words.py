"""Labels and sentences about who is away: the days to the person alone, to others that it was noted and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mentorship.base.i18n import gettext, long_day
from mentorship.profiles.away.queries import Entry


@dataclass(frozen=True)
class Row:
    """An entry as the person reads it on their own page."""

    id: int
    days: str
    by: str


def rows(entries: Iterable[Entry]) -> list[Row]:
    """Return the entries of somebody in words."""
    found = []
    for entry in entries:
        by = ""
        if entry.by is not None:
            by = gettext("filled in by %(name)s", name=entry.by.name)
        row = Row(
            id=entry.id,
            days=span(entry.first_day, entry.last_day),
            by=by,
        )
        found.append(row)
    return found


def span(first: date, last: date) -> str:
    """Return from when until when, or the one day that it is."""
    if first == last:
        return long_day(first)
    return gettext("%(first)s until %(last)s", first=long_day(first), last=long_day(last))


def finding(entries: list[Entry], today: date) -> str:
    """Return what one's own page says above."""
    if not entries:
        return gettext("When are you not there?")
    entry = entries[0]
    if entry.first_day <= today:
        return gettext("You are away until %(day)s", day=long_day(entry.last_day))
    return gettext("You are away from %(day)s", day=long_day(entry.first_day))


def asks(*, tapped: bool, proposed: bool) -> str:
    """Return what to tap next."""
    if not tapped:
        return gettext("Tap the first day. A week is proposed.")
    if proposed:
        return gettext("Tap the last day, or save the week that is proposed.")
    return gettext("These days are chosen. Tap another first day to begin anew.")
