"""Things to do, for the search: what one does with exports."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.base.tasks import Task
from mentorship.people import access

TASKS = (
    Task(
        "upload.index",
        "upload",
        N_("Import files of HR"),
        words="inlezen importeren export bestand excel csv hr afas personeel import upload file spreadsheet",
        shown=access.IMPORT.allows,
    ),
    Task(
        "imports.index",
        "history",
        N_("See or undo an import"),
        words="geschiedenis inlezen terugdraaien import history undo",
        shown=access.IMPORT.allows,
    ),
)
