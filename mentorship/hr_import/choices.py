"""What somebody decides about an import besides what is in the files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from mentorship.hr_import.reading.mapping import Mapping

MOST_ASIDE = 0.1
"""Where more of the people would be set aside, nothing is written unless that is confirmed."""
MOST_LEAVERS = 0.05
"""Where more of the people would leave, nobody does unless that is confirmed."""


@dataclass(frozen=True)
class Choices:
    """How an export is read, and what is taken of it.

    `take_outflow`: the plans of people too. `confirmed`: although much would be set aside, or many would leave.
    `leavers`: the numbers of who is missing and has left; `all_leavers` everybody who is missing.
    `source`: where the files come from; only whom that source named last can be missing from them. `absences`: who is
    away is written too, which a look ahead leaves. `file_wins`: the own edits that the file is chosen over.
    """

    settled: Mapping = field(default_factory=Mapping)
    take_outflow: bool = False
    confirmed: bool = False
    leavers: Collection[str] = ()
    all_leavers: bool = False
    source: str = ""
    absences: bool = True
    file_wins: Collection[str] = ()
