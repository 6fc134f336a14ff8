"""Things to do, for the search: what the coordinator does with domains."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "domains.index",
        "tools",
        N_("Add a domain"),
        words="vakgebied toevoegen nieuw vakgebieden new",
        values={"open": "add", "_anchor": "add"},
    ),
)
