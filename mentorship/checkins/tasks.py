"""Things to do, for the search: what one does with check-ins and signals."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people import access

TASKS = (
    Task(
        "signals.index",
        "bell",
        N_("Go through the signals"),
        words="signalen hulp nodig gesprek help needed talk",
        shown=access.SEE_SIGNALS.allows,
    ),
    Task(
        "links.codes",
        "qrcode",
        N_("Hand out codes for check-ins"),
        words="codes printen briefjes tussenstand afdrukken tablet print slips",
    ),
    Task(
        "settings.index",
        "message-circle",
        N_("Change the questions of the check-ins"),
        words="vragen tussenstand vragenlijst aanpassen questions",
    ),
)
