"""What people mean to do and when: each deed is a transaction of its own, some seconds after the one before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.people.access import Actor
from mentorship.people.queries import roles_of

Row = TypeVar("Row")
Deed = Callable[..., object]
"""A deed takes (session, when it is done, ...)."""
_Planned = tuple[datetime, int, Callable[[Session, datetime], object]]


class Diary:
    """Deeds in the order of their moments; `refused` counts those that the service did not allow when they came."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self._engine = engine
        self.chance = Random(seed)  # noqa: S311 (a demo that is the same every time)
        self.refused: Counter[str] = Counter()
        self._deeds: list[_Planned] = []
        self._written = 0
        self._seen: dict[object, int] = {}

    def plan(self, moment: datetime, deed: Deed, *about: Any) -> None:
        """Mean to do something from a moment on."""
        self._written += 1
        planned: _Planned = (
            moment,
            self._written,
            partial(_told, deed, about),
        )
        heappush(self._deeds, planned)

    def soon(self, now: datetime, hours: float, deed: Deed, *about: Any) -> None:
        """Mean to do something in about so many hours: half of all people sooner, some much later."""
        later = hours * self.chance.lognormvariate(0, 1)
        moment = now + timedelta(hours=later)
        self.plan(moment, deed, *about)

    def do(self, now: datetime) -> None:
        """Do what people meant to have done by now."""
        moment = now
        while self._deeds and self._deeds[0][0] <= now:
            _, _, deed = heappop(self._deeds)
            moment += timedelta(seconds=1)
            with open_session(self._engine) as session:
                try:
                    deed(session, moment)
                    session.commit()
                except Refused as refusal:
                    session.rollback()
                    self.refused[refusal.message] += 1

    def news(self, session: Session, table: type[Row]) -> list[Row]:
        """Return the rows of a table that were not there when this was last asked, the oldest first."""
        key: Any = col(table.id)  # type: ignore[attr-defined]
        last = self._seen.get(table, 0)
        newer = select(table).where(key > last)
        found = list(session.exec(newer.order_by(key)))
        if found:
            newest: Any = found[-1]
            self._seen[table] = newest.id
        return found


def _told(deed: Deed, about: tuple[Any, ...], session: Session, now: datetime) -> object:
    return deed(session, now, *about)


def actor(session: Session, person_id: int) -> Actor:
    """Return somebody as who they are in the service."""
    return Actor(person_id, roles_of(session, person_id))
