"""Things to do, for the search: what one does with a team's week."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "week.index",
        "calendar-week",
        N_("See who mentors whom this week"),
        words="week planning dienst wie begeleidt wie team rooster schedule shifts",
    ),
)
