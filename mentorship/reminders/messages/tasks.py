"""Things to do, for the search: what one does with messages."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "messages.received",
        "mail",
        N_("Read messages to me"),
        words="bericht berichten mail post schreef messages wrote",
    ),
    Task(
        "messages.index",
        "mail",
        N_("See the messages that were written"),
        words="bericht berichten versturen mail schrijven selectie messages",
    ),
    Task(
        "texts.index",
        "mail",
        N_("Change the texts to write messages with"),
        words="vaste teksten sjabloon berichten template texts",
    ),
)
