"""How a line (or everybody) stands this week, in counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins import signal_queries, signals
from mentorship.insight import queries
from mentorship.mentorships import hours_queries
from mentorship.mentorships.hours import balance
from mentorship.mentorships.models import ACTIVE, ENDED, PROPOSED, Mentorship
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.queries import line_below
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import programme

WEEK = timedelta(weeks=1)
_PAIR = (Mentorship.id, Mentorship.status, Mentorship.ended_on)


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
    """Return how a coordinator's organisation, or a manager's own line, stands."""
    scope = None if actor.has(COORDINATOR) else actor.person_id
    today, visibility = local_date(now), programme(session).visibility
    query = select(*_PAIR)  # type: ignore[type-var]
    below = None if scope is None else line_below(scope)
    if below is not None:
        query = query.where(or_(col(Mentorship.mentor_id).in_(below), col(Mentorship.junior_id).in_(below)))
    pairs = session.exec(query.where(col(Mentorship.status).in_((ACTIVE, PROPOSED, ENDED)))).all()
    running = [pair_id for pair_id, status, _ in pairs if status == ACTIVE and pair_id is not None]
    sees = scope is None or visibility == "classes"
    mentors = None if below is None else list(session.scalars(below))
    weeks = hours_queries.weeks(session, profiles.timetables(session, mentors), today, mentors)
    balances = [balance(noted) for noted in weeks.values()]
    return Overview(
        signals=len(signal_queries.visible(session, actor, now)),
        waiting=queries.totals(session, scope).waiting,
        over=sum(found is not None and found.over for found in balances),
        running=len(running),
        proposals=sum(status == PROPOSED for _, status, _ in pairs),
        ended=sum(ended is not None and ended > today - WEEK for _, status, ended in pairs if status == ENDED),
        classes=Counter(signals.standings(session, running, now).values()) if sees else None,
    )
