"""How often something was the matter where a signal was closed, for the coordinator: are the thresholds right.

Those drawn from answers count as one cause, and those that were closed together as one: by which of them a count went
up, whoever closes one would read what its author did not show.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.i18n import gettext, percent
from mentorship.checkins.findings import ANSWERS, TALK
from mentorship.checkins.signals import words
from mentorship.checkins.signals.models import Signal
from mentorship.disclosure import FEWEST, band, rounded
from mentorship.people.access import COORDINATOR, Actor

HALF = 0.5


@dataclass(frozen=True)
class Matter:
    """Of the closed signals of one cause: so many or more, the share where something was the matter, what follows."""

    cause: str
    closed: int
    share: str
    advice: str


@dataclass(frozen=True)
class Counted:
    """How many cards of one cause were closed, in how many pairs, and where something was the matter."""

    closed: int
    pairs: int
    matter: int

    def least(self, cause: str) -> int:
        """Return what there must be five of: of those drawn from answers the pairs, else the cards."""
        return self.pairs if cause == TALK else self.closed


def lines(session: Session, actor: Actor) -> list[Matter]:
    """Return a line for each cause that was closed five times or more; none but to coordinators."""
    if not actor.has(COORDINATOR):
        return []
    counts = _counts(session)
    found = []
    for key, cause in words.CAUSES.items():
        counted = counts.get(key)
        if counted is None or counted.least(key) < FEWEST:
            continue
        share = rounded(counted.matter / counted.closed)
        line = Matter(
            gettext(cause),
            band(counted.closed),
            percent(share),
            gettext(words.RETUNE) if share < HALF else "",
        )
        found.append(line)
    return found


def _counts(session: Session) -> dict[str, Counted]:
    """Count what was closed with a yes or a no, by cause."""
    cause = case((col(Signal.kind).in_(ANSWERS), TALK), else_=col(Signal.kind)).label("cause")
    matter = func.max(case((col(Signal.matter).is_(True), 1), else_=0)).label("matter")
    pair_id = col(Signal.mentorship_id)
    closed_at = col(Signal.done_at)
    cards = columns(cause, pair_id, matter).where(col(Signal.matter).is_not(None))
    each = cards.group_by(cause, pair_id, closed_at).subquery()
    query = columns(
        each.c.cause,
        func.count(),
        func.count(each.c.mentorship_id.distinct()),
        func.sum(each.c.matter),
    )
    rows = session.execute(query.group_by(each.c.cause))
    return {key: Counted(closed, pairs, yes) for key, closed, pairs, yes in rows}
