"""Whose pairs somebody sees: a coordinator everybody's, a manager those of which one is in their line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from mentorship.checkins.signals.viewers import ties_of
from mentorship.checkins.visibility import SIDES, Ties
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, PROPOSED, Mentorship
from mentorship.people.access import COORDINATOR, MANAGER, SEE_DUOS, Actor
from mentorship.people.line import Line
from mentorship.people.queries import line_below

NEAR_END = timedelta(weeks=6)
BEGAN = (ACTIVE, PAUSED, ENDED)
"""What the line sees: what becomes of a proposal is not for them."""


@dataclass(frozen=True)
class Running:
    """A pair that runs, and what the reader is to it."""

    mentorship_id: int
    ties: Ties


@dataclass(frozen=True)
class Scope:
    """The pairs that somebody sees today; `everybody`: of the whole organisation, else of their own line."""

    session: Session
    actor: Actor
    everybody: bool
    today: date

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """In which states the reader sees pairs."""
        return (PROPOSED, *BEGAN) if self.actor.has(COORDINATOR) else BEGAN

    @cached_property
    def as_reader(self) -> Ties:
        """What the reader is to a pair that is not their own, of which both are in their line."""
        lines = SIDES if self.actor.has(MANAGER) else ()
        return Ties(
            lines=frozenset(lines),
            coordinates=self.actor.has(COORDINATOR),
        )

    @cached_property
    def condition(self) -> ColumnElement[bool]:
        """What holds of a pair that the reader sees."""
        seen = col(Mentorship.status).in_(self.statuses)
        if self.everybody:
            return seen
        below = self._below
        near = or_(
            col(Mentorship.mentor_id).in_(below),
            col(Mentorship.junior_id).in_(below),
        )
        return and_(
            seen,
            near,
        )

    @cached_property
    def _line(self) -> Line:
        return Line(
            self.session,
            self.actor.person_id,
        )

    @cached_property
    def _whole(self) -> set[int]:
        return self._line.whole

    @cached_property
    def _below(self) -> Any:
        """The line: its ids where it is short, else a query of them."""
        if self._line.is_short:
            return self._whole
        return line_below(self.actor.person_id)

    def names(self, person: Any) -> ColumnElement[bool]:
        """Return the condition that somebody is the reader or in the line whose pairs are shown."""
        if self.everybody:
            return true()
        return or_(
            col(person.id) == self.actor.person_id,
            col(person.id).in_(self._below),
        )

    @cached_property
    def hours_seen(self) -> ColumnElement[bool]:
        """The condition that the reader sees the hours of a pair, as `told.PAGE` says: of their own line's mentors."""
        if self.actor.has(COORDINATOR):
            return true()
        return col(Mentorship.mentor_id).in_(self._below)

    @property
    def ending(self) -> ColumnElement[bool]:
        """The condition that a pair runs until a day that is near, or was."""
        return and_(
            col(Mentorship.status) == ACTIVE,
            func.coalesce(col(Mentorship.ends_on), col(Mentorship.expected_end)) <= self.today + NEAR_END,
        )

    def count(self, *more: ColumnElement[bool]) -> int:
        """Count the pairs of which more holds."""
        query = (
            sa_select(func.count())
            .select_from(Mentorship)
            .where(
                self.condition,
                *more,
            )
        )
        number: int = self.session.execute(query).scalar_one()
        return number

    def counts(self) -> Counter[str]:
        """Count the pairs by how they stand."""
        status = col(Mentorship.status)
        query = (
            sa_select(
                status,
                func.count(),
            )
            .where(self.condition)
            .group_by(status)
        )
        found: Counter[str] = Counter()
        for key, number in self.session.execute(query):
            found[key] = number
        return found

    def running(self) -> list[Running]:
        """Return the pairs that run."""
        query = sa_select(
            col(Mentorship.id),
            col(Mentorship.mentor_id),
            col(Mentorship.junior_id),
        )
        rows = self.session.execute(
            query.where(
                self.condition,
                col(Mentorship.status) == ACTIVE,
            )
        ).all()
        below = self.below([person_id for _, *sides in rows for person_id in sides])
        alike: dict[tuple[bool, ...], Ties] = {}
        found = []
        for pair_id, mentor_id, junior_id in rows:
            me = self.actor.person_id
            key = mentor_id == me, junior_id == me, mentor_id in below, junior_id in below
            if key not in alike:
                alike[key] = ties_of(
                    self.actor,
                    mentor_id,
                    junior_id,
                    below,
                )
            found.append(
                Running(
                    pair_id,
                    alike[key],
                )
            )
        return found

    def below(self, ids: Collection[int]) -> Collection[int]:
        """Return who of these is in the reader's line."""
        if self.everybody:
            return ()
        return self._whole.intersection(ids)


def count_running(session: Session, actor: Actor, today: date) -> int | None:
    """Count the running pairs that somebody sees in the list; None for who has no such list."""
    if not SEE_DUOS.allows(actor):
        return None
    scope = Scope(
        session,
        actor,
        actor.has(COORDINATOR),
        today,
    )
    return scope.count(col(Mentorship.status) == ACTIVE)
