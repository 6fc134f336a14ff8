"""Things to do, for the search: what one does with rounds."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "rounds.index",
        "arrows-split-2",
        N_("Start a new match round"),
        words="nieuwe ronde koppelronde koppelen beginnen openen begin match pair open",
    ),
)
