"""How the sides of all running pairs stand, kept in this process: of thousands it takes seconds to work out.

Within a day only those are worked out anew of which somebody answered since; that time passes counts from the next day.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.checkins import standings
from mentorship.checkins.models import CheckIn
from mentorship.checkins.told import Counts

WRITTEN_WITHIN = timedelta(minutes=10)
"""What is answered at a moment may be written down so much later."""
MOST = 4
"""So many choices of what counts are kept apart: there is one of the coordinator, one of managers, one of before."""
Sides = Mapping[str, str]


@dataclass(frozen=True)
class _Known:
    day: date
    until: datetime
    sides: Mapping[int, Sides]


class KeptSides:
    """How sides stand, brought up to date by what was answered since."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[Hashable, _Known] = {}

    def of(
        self, session: Session, pair_ids: Collection[int], now: datetime, counts: Counts, key: Hashable
    ) -> Mapping[int, Sides]:
        """Return how the sides of these running pairs stand by what `counts`, which `key` tells from other choices."""
        known = self._known.get(key)
        today = local_date(now)
        sides: dict[int, Sides] = {}
        wanted = pair_ids
        if known is not None and known.day == today:
            sides = dict(known.sides)
            changed = _answered_since(
                session,
                known.until - WRITTEN_WITHIN,
            )
            wanted = [one for one in pair_ids if one in changed or one not in sides]
        if wanted:
            sides |= standings.sides(
                session,
                wanted,
                now,
                counts,
            )
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = _Known(
            today,
            now,
            sides,
        )
        return sides

    def before(self, session: Session, pair_ids: Collection[int], today: date, then: datetime) -> Mapping[int, Sides]:
        """Return how the sides of pairs stood at a moment before, by what was answered until then."""
        key = "before"
        known = self._known.get(key)
        sides: dict[int, Sides] = {}
        if known is not None and known.day == today:
            sides = dict(known.sides)
        missing = [one for one in pair_ids if one not in sides]
        if missing:
            sides |= standings.sides(
                session,
                missing,
                then,
                lambda moment: moment <= then,
            )
        self._known[key] = _Known(
            today,
            then,
            sides,
        )
        return sides


def _answered_since(session: Session, moment: datetime) -> set[int]:
    """Return the pairs of which a check-in closed since."""
    query = sa_select(col(CheckIn.mentorship_id)).where(col(CheckIn.closed_at) >= moment)
    return set(session.scalars(query))
