"""Things to do, for the search: what the coordinator and hr do with rosters."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "rosters.index",
        "calendar-event",
        N_("Add a roster"),
        words="rooster toevoegen nieuw roosters ploegendienst new shifts",
        values={"open": "add", "_anchor": "add"},
    ),
)
