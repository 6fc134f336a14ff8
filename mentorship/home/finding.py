"""What a desk finds on the whole: the one thing to know now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, ngettext, time_of_day
from mentorship.home.calendar.queries import Shift
from mentorship.home.naming import Waiting
from mentorship.home.queries import Desk
from mentorship.home.words import near, title


def finding(desk: Desk, name: str, now: datetime) -> str:
    """Return what stands above the desk: the one thing to know now."""
    today = local_date(now)
    shift = desk.shifts[0] if desk.shifts else None
    if shift is not None and local_date(shift.together.begin) == today:
        return gettext(
            "Today you work with %(name)s, until %(time)s",
            name=shift.with_whom,
            time=time_of_day(shift.together.end),
        )
    if desk.waits:
        return _most_urgent(desk.waits)
    if shift is not None:
        return _next_time(shift, today)
    if desk.wishes:
        return gettext("You are on the waiting list for a mentor")
    if desk.choice is not None:
        return gettext("What do you want to learn?")
    if desk.line or desk.everyone or desk.staff:
        return gettext("Nothing waits for you")
    return gettext("Hello, %(name)s", name=name)


def _most_urgent(waits: Sequence[Waiting]) -> str:
    first = title(waits[0])
    if len(waits) == 1:
        return first
    if first.endswith("?"):
        return ngettext("%(num)s thing waits for you", "%(num)s things wait for you", len(waits))
    return f"{first}; {_further_on(waits[1])}"


def _further_on(waits: Waiting) -> str:
    """Return what waits as it stands within a sentence; a name keeps its capital."""
    text = title(waits)
    if waits.name and text.startswith(waits.name):
        return text
    return text[0].lower() + text[1:]


def _next_time(shift: Shift, today: date) -> str:
    day = near(local_date(shift.together.begin), today)
    text = gettext("%(day)s you work with %(name)s", day=day, name=shift.with_whom)
    return text[0].upper() + text[1:]
