"""What is planned of some pairs, and what of it a day or a week of somebody adds up to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mentorship.insight.week import rules
from mentorship.insight.week.planned import NO_HOURS, Guiding
from mentorship.insight.week.rules import Runs
from mentorship.matching import Timetable
from mentorship.mentorships.hours.rules import at_work
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person


@dataclass(frozen=True)
class Meeting:
    """A day of guiding of a pair."""

    pair: Mentorship
    guiding: Guiding


@dataclass(frozen=True)
class Logged:
    """The hours that a mentor logged with juniors in some of the last weeks, and those planned in the same weeks."""

    spent: Decimal
    planned: Decimal
    weeks: int


@dataclass(frozen=True)
class Plan:
    """What is planned of some pairs: who they are, when they work, and their days of guiding by person and day."""

    persons: Mapping[int, Person]
    timetables: Mapping[int, Timetable]
    meetings: Mapping[tuple[int, date], list[Meeting]] = field(default_factory=dict)
    runs: Mapping[int, Runs] = field(default_factory=dict)

    def of(self, person_id: int, day: date) -> list[Meeting]:
        """Return somebody's days of guiding on a day, by what is known first of the pair."""
        return self.meetings.get((person_id, day), [])

    def ran(self, mentorship_id: int, monday: date) -> bool:
        """Tell whether a pair works together in a week."""
        found = self.runs.get(mentorship_id)
        if found is None:
            return False
        days = rules.days_of(monday)
        return any(map(found.on, days))

    def guides(self, person_id: int, day: date) -> Decimal:
        """Return the hours that somebody is planned to guide on a day."""
        each = []
        for one in self.of(person_id, day):
            if one.pair.mentor_id == person_id:
                each.append(one.guiding.hours)
        if not each:
            return NO_HOURS
        timetable = self.timetables.get(person_id)
        own = None if timetable is None else at_work(timetable, day, 1)
        return rules.hours_counted(each, own)

    def learns(self, person_id: int, day: date) -> Decimal:
        """Return the hours that somebody is planned to be guided on a day."""
        hours = NO_HOURS
        for one in self.of(person_id, day):
            if one.pair.junior_id == person_id:
                hours += one.guiding.hours
        return hours
