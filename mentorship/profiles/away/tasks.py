"""Things to do, for the search: say that one is away."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "away.index",
        "calendar-event",
        N_("Say that I am away"),
        words="afwezig niet beschikbaar vrij vakantie verlof er niet away absent holiday leave",
    ),
)
