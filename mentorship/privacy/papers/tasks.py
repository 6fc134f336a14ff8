"""Things to do, for the search: what one does with the papers."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "papers.index",
        "clipboard",
        N_("Read the papers for the works council"),
        words="papieren stukken instemming dpia register privacy verwerkersovereenkomst datalek council consent breach",
    ),
    Task(
        "papers.agreed",
        "clipboard",
        N_("Read what was agreed about Leermaat"),
        words="afspraken ondernemingsraad privacy stukken agreed works council",
    ),
)
