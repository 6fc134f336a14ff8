"""Things to do, for the search: what one does with the programme."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "programme.index",
        "settings",
        N_("Change the programme settings"),
        words="instellingen programma aanpassen instellen ondernemingsraad settings works council",
    ),
)
