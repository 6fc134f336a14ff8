"""Things to do, for the search: what one does with requests."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "mentor_requests.new",
        "help",
        N_("Ask for a mentor"),
        words="mentorvraag leerwens hulp vraag stellen leren begeleiding request help learn guidance",
    ),
)
