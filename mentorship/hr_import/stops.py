"""Why an import is not written: what is asked, and what is too much to go by itself. Pure."""

from __future__ import annotations

from collections.abc import Sized

from mentorship.base.i18n import N_
from mentorship.hr_import.choices import MOST_ASIDE, MOST_LEAVERS
from mentorship.hr_import.reading.export import Remark
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.report import Report


def stops(report: Report, confirmed: bool, leaving: Sized) -> list[Remark]:
    """Return why nothing is written, if anything stops it."""
    found = []
    if report.open_questions:
        asks = Remark(N_("Nothing is written before these questions are answered."))
        found.append(asks)
    if confirmed or PEOPLE.name not in report.files:
        return found
    people = report.files[PEOPLE.name]
    if people.set_aside > MOST_ASIDE * people.rows:
        aside = Remark(
            N_("%(aside)s of %(rows)s people would be set aside. Nothing is written unless that is confirmed."),
            {"aside": people.set_aside, "rows": people.rows},
        )
        found.append(aside)
    before = people.taken + len(report.leavers)
    if len(leaving) > MOST_LEAVERS * before:
        leave = Remark(
            N_("%(leaving)s of %(people)s people would leave. Nothing is written unless that is confirmed."),
            {"leaving": len(leaving), "people": before},
        )
        found.append(leave)
    return found
