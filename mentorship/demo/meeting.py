"""Some pairs had their first meeting: most agreed on all ten points, a few wait for the yes of the other."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo.diary import actor
from mentorship.mentorships.meeting import actions, offered, queries
from mentorship.mentorships.meeting.points import POINTS
from mentorship.mentorships.meeting.rules import NOTHING_CHOSEN
from mentorship.mentorships.models import ACTIVE, Mentorship

MET = 12
"""So many pairs had one: enough to look at."""
WAITING = 4
"""One in so many waits for a yes."""


def meet(session: Session, now: datetime) -> None:
    """Let the newest pairs have their first meeting."""
    newest = select(Mentorship).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id).desc())
    for pair in session.exec(newest.limit(MET)).all():
        _choose(session, pair, now)
        if id_of(pair) % WAITING:
            _agree(session, pair, now)


def _choose(session: Session, pair: Mentorship, now: datetime) -> None:
    """Let the junior choose at every point, another answer in each pair."""
    brings = queries.brought(session, pair, local_date(now))
    who = actor(session, pair.junior_id)
    for number, point in enumerate(POINTS):
        options = offered.options(point.key, brings, NOTHING_CHOSEN, brings.domains)
        chosen = options[(id_of(pair) + number) % len(options)]
        actions.choose(
            session,
            who,
            id_of(pair),
            point.key,
            chosen.key,
            now,
        )


def _agree(session: Session, pair: Mentorship, now: datetime) -> None:
    choices = queries.choices_of(session, id_of(pair))
    shown = {point: choice.proposed for point, choice in choices.items()}
    actions.agree(
        session,
        actor(session, pair.mentor_id),
        id_of(pair),
        shown,
        now,
    )
