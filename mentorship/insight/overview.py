"""How a line (or everybody) stands this week, in counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import MANY
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.standings import standings
from mentorship.checkins.visibility import SIDES, Ties, told_class
from mentorship.insight import queries
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours.rules import balance
from mentorship.mentorships.models import ACTIVE, ENDED, PROPOSED, Mentorship
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.queries import line_below
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.programme import queries as programme

WEEK = timedelta(weeks=1)
_PAIR = (Mentorship.id, Mentorship.status)


@dataclass(frozen=True)
class Overview:
    """Counts; `classes` of the running pairs is None where managers do not see them."""

    signals: int
    waiting: int
    over: int
    running: int
    proposals: int
    ended: int
    classes: Counter[str] | None

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not (self.signals or self.waiting or self.over or self.running or self.proposals or self.ended)


def overview(session: Session, actor: Actor, now: datetime) -> Overview:
    """Return how a coordinator's organisation, or a manager's own line, stands, but for the pairs of their own."""
    me, today = actor.person_id, local_date(now)
    scope = None if actor.has(COORDINATOR) else me
    below = None if scope is None else set(session.scalars(line_below(scope)))
    lately = and_(col(Mentorship.status) == ENDED, col(Mentorship.ended_on) > today - WEEK)
    query = select(*_PAIR).where(  # type: ignore[type-var]
        or_(col(Mentorship.status).in_((ACTIVE, PROPOSED)), lately),
        col(Mentorship.mentor_id) != me,  # one's own pair in a sum of classes tells what the other answered
        col(Mentorship.junior_id) != me,
    )
    if scope is not None:
        line = line_below(scope)
        query = query.where(or_(col(Mentorship.mentor_id).in_(line), col(Mentorship.junior_id).in_(line)))
    pairs = session.exec(query).all()
    running = [pair_id for pair_id, status in pairs if status == ACTIVE and pair_id is not None]
    classes = None
    counts = told_class(Ties(lines=frozenset(SIDES), coordinates=scope is None), programme.visibility(session))
    if counts is not None:
        classes = Counter(standings(session, running, now, counts).values())
    few = below if below is not None and len(below) < MANY else None
    weeks = hours_queries.weeks(session, roster_queries.timetables(session, few), today, few)
    balances = [balance(noted) for mentor_id, noted in weeks.items() if below is None or mentor_id in below]
    return Overview(
        signals=len(signal_queries.visible(session, actor, now)),
        waiting=queries.totals(session, scope).waiting,
        over=sum(found is not None and found.over for found in balances),
        running=len(running),
        proposals=sum(status == PROPOSED for _, status in pairs),
        ended=sum(status == ENDED for _, status in pairs),
        classes=classes,
    )
