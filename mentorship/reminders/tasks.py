"""Things to do, for the search: what one does with mail."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "reminders.preferences",
        "mail",
        N_("Choose what mail I get"),
        words="mail e-mail post meldingen berichten uitzetten notifications",
    ),
)
