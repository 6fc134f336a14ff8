"""Things to do, for the search: what the two of a pair can talk about."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people import access

TASKS = (
    Task(
        "conversations.index",
        "message-circle",
        N_("Conversation cards"),
        words="gesprekskaarten gesprek praten vragen kaarten duo printen talk questions cards",
        shown=access.GUIDE.allows,
    ),
)
