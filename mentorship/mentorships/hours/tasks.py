"""Things to do, for the search: what a mentor does with hours."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people import access

TASKS = (
    Task(
        "hours.index",
        "clock",
        N_("Note that we worked together"),
        words="uren noteren invullen samen gewerkt week hours time",
        shown=access.GUIDE.allows,
    ),
)
