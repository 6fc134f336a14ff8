"""Who is told how a pair stands, and who reads what on its page: tables beside `visibility.SIGNALS`. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mentorship.checkins.findings import BOTH
from mentorship.checkins.visibility import (
    ALWAYS,
    ANY,
    ANYBODY,
    LINE,
    SAID_UNDER_IT,
    SIDES,
    THEIR_OWN,
    Ties,
    looks_as,
)
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import COORDINATOR
from mentorship.programme.rules import CLASSES, Visibility

Counts = Callable[[datetime], bool]
"""Whether what was answered at a moment counts."""


class ClassRow(NamedTuple):
    """Whether one viewer is told how a pair stands, and from which answers that is drawn.

    `of` ANYBODY: the class of the duo, in a word; THEIR_OWN: of the side it stands above alone whether that is low.
    """

    viewer: str
    of: str
    programme: str
    when: str


CLASS = (
    ClassRow(COORDINATOR, ANYBODY, ANY, ALWAYS),
    ClassRow(LINE, THEIR_OWN, CLASSES, SAID_UNDER_IT),
)
"""Who is told how a pair stands; a side is not, for from its own answers it would follow what the other answered."""


HOURS_NOTED, LEARNED, THANKS = "hours noted", "what is learned", "thanks"


class PageRow(NamedTuple):
    """Whether one viewer reads a part of a pair's page; of the line `of` says above which side it must stand."""

    viewer: str
    what: str
    of: str


PAGE = (
    PageRow(JUNIOR, HOURS_NOTED, BOTH),
    PageRow(MENTOR, HOURS_NOTED, BOTH),
    PageRow(LINE, HOURS_NOTED, MENTOR),
    PageRow(COORDINATOR, HOURS_NOTED, BOTH),
    PageRow(JUNIOR, LEARNED, BOTH),
    PageRow(MENTOR, LEARNED, BOTH),
    PageRow(COORDINATOR, LEARNED, BOTH),
    PageRow(JUNIOR, THANKS, BOTH),
    PageRow(MENTOR, THANKS, BOTH),
)
"""Who reads what on the page of a pair: the hours noted with it; its goals, the days it meets next and what was
reached; the junior's thanks."""


@dataclass(frozen=True)
class Told:
    """What somebody is told of how a pair stands: its class, or (`sides`) of each of these whether it is low."""

    counts: Counts
    sides: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is the class of the duo."""
        return not self.sides


def told(ties: Ties, managers: Visibility) -> Told | None:
    """Return what somebody is told of how a pair stands; None when that is nothing."""
    viewers = looks_as(ties)
    for row in CLASS:
        if row.viewer not in viewers or row.programme not in (ANY, managers.chosen):
            continue
        counts = managers.promised if row.when == SAID_UNDER_IT else always
        if row.of == ANYBODY:
            return Told(counts)
        return Told(counts, tuple(side for side in SIDES if side in ties.lines))
    return None


def always(moment: datetime) -> bool:
    """Count what was answered at whatever moment."""
    return True


def reads(what: str, ties: Ties) -> bool:
    """Tell whether somebody reads a part of a pair's page."""
    return any(_opens(row, ties) for row in PAGE if row.what == what)


def _opens(row: PageRow, ties: Ties) -> bool:
    if row.viewer not in looks_as(ties):
        return False
    return row.viewer != LINE or row.of in ties.lines
