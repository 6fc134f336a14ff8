"""How a line (or everybody) stands this week, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import MANY
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.standings import standings
from mentorship.checkins.visibility import SIDES, Ties, told_class
from mentorship.insight import queries
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import balance
from mentorship.mentorships.models import ACTIVE, ENDED, PROPOSED, Mentorship
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.queries import line_below
from mentorship.profiles.rosters import queries as rosters
from mentorship.programme import queries as programme

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Overview:
    """Counts; `classes` of the running pairs is None where managers do not see them."""

    signals: int
    waiting: int
    over: int
    running: int
    proposals: int
    started: int
    ended: int
    classes: Counter[str] | None

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        counts = (
            self.signals,
            self.waiting,
            self.over,
            self.running,
            self.proposals,
            self.ended,
        )
        return not any(counts)


def overview(session: Session, actor: Actor, now: datetime) -> Overview:
    """Return how a coordinator's organisation, or a manager's own line, stands, but for the pairs of their own."""
    today = local_date(now)
    manager_id = None if actor.has(COORDINATOR) else actor.person_id
    pairs = _pairs(
        session,
        actor.person_id,
        manager_id,
        today,
    )
    statuses = Counter(pair.status for pair in pairs)
    running = [pair.id for pair in pairs if pair.status == ACTIVE]
    started = [pair for pair in pairs if pair.started_on is not None and pair.started_on > today - WEEK]
    seen = signals.visible(session, actor, now)
    return Overview(
        signals=len(seen),
        waiting=queries.totals(session, manager_id, today).waiting,
        over=_over(session, manager_id, today),
        running=statuses[ACTIVE],
        proposals=statuses[PROPOSED],
        started=len(started),
        ended=statuses[ENDED],
        classes=_classes(session, running, manager_id, now),
    )


def _pairs(session: Session, me: int, manager_id: int | None, today: date) -> Sequence[Any]:
    """Return id, status and start of what runs, is proposed or ended this week: one is in the line, none is `me`."""
    lately = and_(
        col(Mentorship.status) == ENDED,
        col(Mentorship.ended_on) > today - WEEK,
    )
    now = col(Mentorship.status).in_((ACTIVE, PROPOSED))
    query = sa_select(
        col(Mentorship.id),
        col(Mentorship.status),
        col(Mentorship.started_on),
    ).where(
        or_(now, lately),
        col(Mentorship.mentor_id) != me,  # one's own pair in a sum of classes tells what the other answered
        col(Mentorship.junior_id) != me,
    )
    if manager_id is not None:
        query = query.where(_in_line(manager_id))
    return session.execute(query).all()


def _in_line(manager_id: int) -> ColumnElement[bool]:
    line = line_below(manager_id)
    return or_(
        col(Mentorship.mentor_id).in_(line),
        col(Mentorship.junior_id).in_(line),
    )


def _classes(
    session: Session,
    running: Collection[int],
    manager_id: int | None,
    now: datetime,
) -> Counter[str] | None:
    """Count the classes of pairs, as far as the reader is told them; None where they are not."""
    ties = Ties(lines=frozenset(SIDES), coordinates=manager_id is None)
    counts = told_class(ties, programme.visibility(session))
    if counts is None:
        return None
    classes = standings(
        session,
        running,
        now,
        counts,
    )
    return Counter(classes.values())


def _over(session: Session, manager_id: int | None, today: date) -> int:
    """Count the mentors who spend a quarter or more over the hours confirmed."""
    below = few = None
    if manager_id is not None:
        below = set(session.scalars(line_below(manager_id)))
        few = below if len(below) < MANY else None  # so many are not named in one statement: all are read
    timetables = rosters.timetables(session, few)
    number = 0
    for mentor_id, weeks in hours.weeks(session, timetables, today, few).items():
        if below is None or mentor_id in below:
            found = balance(weeks)
            if found is not None and found.over:
                number += 1
    return number
