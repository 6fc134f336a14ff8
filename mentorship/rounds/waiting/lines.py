"""The rows of the waiting list ready to show: what stops each, in words, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext
from mentorship.mentor_requests.needs import NeedInWords, in_words
from mentorship.people.models import Person
from mentorship.rounds.waiting import rules, words
from mentorship.rounds.waiting.listed import Row
from mentorship.rounds.waiting.queries import Today
from mentorship.rounds.waiting.telling import Names, Step, tell

LONGEST_BAR = 100
"""Days at which the bar of how long somebody waits is full."""


@dataclass(frozen=True)
class Line:
    """A row, ready to show."""

    row: Row
    person: Person
    site: str
    manager: str
    needs: Sequence[NeedInWords]
    goal: str
    since: str
    rounds: str
    label: str
    glyph: str
    tone: str
    note: str
    step: Step | None

    @property
    def others(self) -> str:
        """Return the domains behind the main one."""
        return ", ".join(need.domain for need in self.needs[1:])

    @property
    def bar(self) -> int:
        """How long the bar is of how long they wait, of a hundred."""
        return min(self.row.days, LONGEST_BAR)

    @property
    def late(self) -> bool:
        """Tell whether they wait long."""
        return self.row.days > rules.LONG


def line(found: Today, row: Row, names: Names) -> Line:
    """Return a row as it is shown."""
    note, step = tell(
        found,
        row,
        names,
    )
    waits = row.waits
    return Line(
        row=row,
        person=names.people[waits.person_id],
        site=names.sites[waits.site_id],
        manager=names.of(waits.manager_id),
        needs=in_words(names.needs.get(row.request_id, ()), names.domains),
        goal=names.goals.get(row.request_id, ""),
        since=words.days(row.days),
        rounds=words.rounds(waits.waited),
        label=gettext(words.LABELS[row.reason]),
        glyph=words.GLYPHS[row.reason],
        tone=words.TONES.get(row.reason, "warn"),
        note=note,
        step=step,
    )
