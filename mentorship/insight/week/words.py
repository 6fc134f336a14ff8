"""A team's week in words: the list, the sheet of it, what it is chosen by, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mentorship.base.i18n import N_, decimal, gettext, ngettext, short_day, short_weekday
from mentorship.base.lists import Column, Filter, Listing
from mentorship.checkins.words import NEVER_USED
from mentorship.insight.week import rules
from mentorship.insight.week.queries import GUIDES, LEARNS
from mentorship.insight.week.rows import PersonWeek
from mentorship.people.models import Person, Site

TITLE = N_("A team's week")
THIS_WEEK = "0"
SIDE_NAMES = {GUIDES: N_("who mentors"), LEARNS: N_("who learns")}
AS_PLANNED = N_(
    "Everything here is as the rosters plan it, whoever is in or not. Closed days are left out. "
    "The hours are those of the programme for a pair, spread over its shifts together."
)


@dataclass(frozen=True)
class Counts:
    """How many people of a scope have a pair in a week, and on which side."""

    people: int
    guides: int
    learns: int


SHEET = (
    Column("day", N_("Day"), lambda row: row.day, fixed=True),
    Column("number", N_("Number"), lambda row: row.number, fixed=True),
    Column("name", N_("Name"), lambda row: row.name, fixed=True),
    Column("site", N_("Site"), lambda row: row.site, fixed=True),
    Column("shift", N_("Shift"), lambda row: row.shift, fixed=True),
    Column("side", N_("Mentor of, or learns from"), lambda row: row.side, fixed=True),
    Column("with_number", N_("Number of the other"), lambda row: row.with_number, fixed=True),
    Column("with", N_("With"), lambda row: row.with_name, fixed=True),
    Column("times", N_("Together"), lambda row: row.times, fixed=True),
    Column("hours", N_("Hours planned"), lambda row: row.hours, fixed=True),
    Column("spent", N_("Hours logged, last four weeks"), lambda row: row.spent, fixed=True),
    Column("planned", N_("Hours planned, weeks logged"), lambda row: row.planned, fixed=True),
)
"""One row a person, day and other: what was really logged stands behind it."""


def listing(
    today: date,
    sites: Sequence[Site],
    managers: Sequence[Person],
    monday: date,
    heads: Mapping[date, str],
) -> Listing:
    """Return the list of a week; who may look at any team chooses among `managers`."""
    days = []
    for day in rules.days_of(monday):
        title = heads.get(day) or day_title(day)
        column = Column(day_key(day), title, fixed=True)
        days.append(column)
    return Listing(
        key="week",
        title=TITLE,
        columns=(
            Column("name", N_("Name"), sorts=True, fixed=True),
            *days,
            Column("total", N_("Planned"), fixed=True),
            Column("logged", N_("Really logged"), fixed=True),
        ),
        filters=_filters(today, sites, managers),
        search=gettext("Name or personnel number"),
        sort="name",
        foot=NEVER_USED,
    )


def sheet(shown: Listing) -> Listing:
    """Return the same list as it is downloaded: a row a person, day and other."""
    return replace(shown, columns=SHEET)


def _filters(today: date, sites: Sequence[Site], managers: Sequence[Person]) -> tuple[Filter, ...]:
    weeks = []
    for offset in range(-rules.BACK, rules.AHEAD + 1):
        monday = rules.monday_at(today, offset)
        weeks.append((str(offset), week_name(monday)))
    teams = [(str(person.id), person.name) for person in managers]
    sides = [(key, gettext(name)) for key, name in SIDE_NAMES.items()]
    return (
        Filter("week", gettext("Week"), weeks, several=False),
        Filter("team", gettext("Team of"), teams, several=False),
        Filter("site", gettext("Site"), [(str(site.id), site.name) for site in sites]),
        Filter("side", gettext("Side"), sides, several=False),
    )


def week_name(monday: date) -> str:
    """Call a week by its number and its days."""
    sunday = rules.days_of(monday)[-1]
    return gettext(
        "week %(number)s, %(first)s – %(last)s",
        number=monday.isocalendar().week,
        first=short_day(monday),
        last=short_day(sunday),
    )


def day_key(day: date) -> str:
    """Return the key of the column of a day: the same in every week, for views that are kept."""
    return f"day{day.weekday()}"


def day_title(day: date, hours: Decimal | None = None) -> str:
    """Head the column of a day, with the hours of guiding of all that are shown where they are known."""
    title = f"{short_weekday(day)} {short_day(day)}"
    if not hours:
        return title
    return gettext("%(day)s: %(hours)s h", day=title, hours=decimal(hours))


def heads(found: Sequence[PersonWeek], monday: date) -> dict[date, str]:
    """Head the days of a week with the hours that these people guide on each."""
    hours = dict.fromkeys(rules.days_of(monday), Decimal(0))
    for week in found:
        for cell in week.days:
            hours[cell.day] += cell.guides
    return {day: day_title(day, number) for day, number in hours.items()}


def heading(counts: Counts, monday: date) -> str:
    """Say how many have a pair in a week."""
    number = monday.isocalendar().week
    if not counts.people:
        return gettext("Nobody has a pair in week %(week)s", week=number)
    mentors = ngettext("%(num)s mentor", "%(num)s mentors", counts.guides)
    juniors = ngettext("%(num)s junior", "%(num)s juniors", counts.learns)
    if not counts.guides:
        return gettext("%(people)s with a pair in week %(week)s", people=juniors, week=number)
    if not counts.learns:
        return gettext("%(people)s with a pair in week %(week)s", people=mentors, week=number)
    return gettext(
        "%(mentors)s and %(juniors)s with a pair in week %(week)s",
        mentors=mentors,
        juniors=juniors,
        week=number,
    )
