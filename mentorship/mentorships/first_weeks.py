"""The first weeks of a proposal: one's own shifts, and on which of them the two are at work together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from mentorship.base.figures.days import DAYS, Days, days
from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.matching import TOGETHER, Timetable, together_days
from mentorship.mentorships.models import Mentorship
from mentorship.profiles import queries as profiles
from mentorship.profiles.away import queries as away
from mentorship.profiles.rosters.strip import away_kinds, kind_of

AN_HOUR = 60


@dataclass(frozen=True)
class FirstWeeks:
    """Four weeks as one of the two has them: what was found, and the days to draw."""

    finding: str
    days: Days
    first: date | None
    """The first day on which both are at work; None where there is none in these weeks."""


def first_weeks(session: Session, pair: Mentorship, person_id: int, today: date) -> FirstWeeks | None:
    """Return the weeks from this Monday on, as somebody of the pair has them; None where a roster is missing."""
    there = away.presence(session, [pair.mentor_id, pair.junior_id], today)
    times = there.timetables
    junior = times.get(pair.junior_id)
    mentor = times.get(pair.mentor_id)
    if junior is None or mentor is None:
        return None
    remote = bool(pair.explanation.get("remote"))
    monday = today - timedelta(days=today.weekday())
    ahead = DAYS - today.weekday()
    least = AN_HOUR if remote else TOGETHER
    ordinals = together_days(junior, mentor, today.toordinal(), ahead, least)
    together = [date.fromordinal(ordinal) for ordinal in ordinals]
    kinds = own_days(times[person_id], profiles.days_off(session, person_id), monday)
    kinds |= away_kinds(there.away.get(person_id, ()))
    return FirstWeeks(
        finding=_finding(len(together), monday + timedelta(days=DAYS - 1), remote=remote),
        days=days(kinds, together, today),
        first=together[0] if together else None,
    )


def own_days(timetable: Timetable, days_off: Mapping[int, bool], monday: date) -> dict[date, str]:
    """Return what kind of day each of four weeks is; a day that is not there is free."""
    found = {}
    for place, blocks in enumerate(timetable.worked(DAYS, monday.toordinal())):
        when = monday + timedelta(days=place)
        if blocks:
            found[when] = kind_of(blocks)
        elif days_off.get(when.weekday()):
            found[when] = "school"
    return found


def _finding(number: int, last: date, *, remote: bool) -> str:
    if not number:
        return gettext("No shift together until %(day)s yet", day=long_day(last))
    if remote:
        return ngettext(
            "%(num)s day with an hour in common until %(day)s",
            "%(num)s days with an hour in common until %(day)s",
            number,
            day=long_day(last),
        )
    return ngettext(
        "%(num)s shift together until %(day)s",
        "%(num)s shifts together until %(day)s",
        number,
        day=long_day(last),
    )
