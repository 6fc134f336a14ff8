"""A sheet that was chosen as a file -> the text that would be pasted from it."""

from __future__ import annotations

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.pasting import rules
from mentorship.hr_import.reading import workbook
from mentorship.hr_import.reading.encoding import decoded
from mentorship.hr_import.reading.files import check_size


def text_of(name: str, content: bytes) -> str:
    """Return the first sheet with rows of a workbook, or a file of text, as it would be pasted."""
    check_size(name, content)
    if not workbook.is_workbook(content):
        return rules.written(rules.parted(decoded(content, None).text))
    for table in workbook.tables(
        name,
        name,
        content,
    ):
        if any(cells for _, cells in table.records(0, None)):
            return rules.written(rules.pasted(table))
    raise Refused(N_("Paste at least one name."), field="text")
