"""Things to do, for the search: what one does with what was agreed."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task

TASKS = (
    Task(
        "agreements.index",
        "clipboard",
        N_("Read what was agreed"),
        words="afspraken instemming ondernemingsraad or vragen bewaren wie ziet wat consent works council questions",
    ),
)
