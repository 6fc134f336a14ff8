"""Things to do, for the search: what one does with a calendar."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "calendar.index",
        "calendar-event",
        N_("See our days together in my own calendar"),
        words="agenda kalender telefoon diensten samen phone shifts",
    ),
)
