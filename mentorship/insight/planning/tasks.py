"""Things to do, for the search: what one does with a planning system."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "planning.index",
        "clock",
        N_("Give hours of mentoring to the planning system"),
        words="planning feed koppelen adres uren begeleiden api csv json schedule system",
    ),
)
