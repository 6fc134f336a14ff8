"""How often something was the matter where a signal was closed, for the coordinator: are the thresholds right."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.i18n import gettext, percent
from mentorship.checkins.signals import words
from mentorship.checkins.signals.models import Signal
from mentorship.people.access import COORDINATOR, Actor

ENOUGH = 5
"""Fewer closed ones of a kind say nothing, and could be told apart."""
HALF = 0.5


@dataclass(frozen=True)
class Matter:
    """Of the closed signals of one cause: how many, the share where something was the matter, what follows."""

    cause: str
    closed: int
    share: str
    advice: str


def lines(session: Session, actor: Actor) -> list[Matter]:
    """Return a line for each cause of which five or more were closed with a yes or a no; none but to coordinators."""
    if not actor.has(COORDINATOR):
        return []
    yes = func.sum(case((col(Signal.matter).is_(True), 1), else_=0))
    query = columns(col(Signal.kind), func.count(), yes)
    query = query.where(col(Signal.matter).is_not(None)).group_by(col(Signal.kind))
    counts = {kind: (number, matter) for kind, number, matter in session.execute(query)}
    found = []
    for kind, cause in words.CAUSES.items():
        number, matter = counts.get(kind, (0, 0))
        if number < ENOUGH:
            continue
        share = matter / number
        advice = gettext(words.RETUNE) if share < HALF else ""
        line = Matter(
            gettext(cause),
            number,
            percent(share),
            advice,
        )
        found.append(line)
    return found
