"""Three months of check-ins in the demo, through the same verbs that people and the worker use."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import open_session
from mentorship.checkins import actions, balance, signal_actions, signal_queries, signals
from mentorship.checkins.models import OPEN, CheckIn, Signal
from mentorship.people.access import Actor

EVERY = timedelta(days=3)
LAST = timedelta(days=5)
"""What was asked in the last days is still open, so that there is something to answer."""
MOODS: Mapping[int, tuple[float, float]] = {2: (4.2, 2.1), 5: (2.0, 4.0), 8: (2.1, 2.0)}
"""By a pair's number of ten, how a junior and a mentor answer on average; the others go well."""


def live(engine: Engine, coordinator: Actor, since: datetime, now: datetime) -> None:
    """Let time pass from `since` to `now`: check-ins open, most are answered, signals are raised and acted on."""
    rng, moment = random.Random(7), since  # noqa: S311 (a demo that is the same every time)
    while moment <= now:
        with open_session(engine) as session:
            actions.open_due(session, moment)
            actions.close_missed(session, moment)
            session.flush()
            if moment <= now - LAST:
                for found in session.exec(
                    select(CheckIn).where(CheckIn.status == OPEN).order_by(col(CheckIn.id))
                ).all():
                    _answer(session, found, rng, moment)
            session.flush()
            signals.evaluate(session, moment)
            session.commit()
        moment += EVERY
    with open_session(engine) as session:
        _act(session, coordinator, now)
        session.commit()


def _answer(session: Session, found: CheckIn, rng: random.Random, now: datetime) -> None:
    fate, mean = rng.random(), MOODS.get(found.mentorship_id % 10, (4.1, 4.0))[found.side == "mentor"]
    if fate < 0.55:  # the others answer some days later, skip, or forget
        answers = {
            key: None if rng.random() < 0.05 else min(5, max(1, round(rng.gauss(mean, 0.7))))
            for key in balance.QUESTIONS[found.side]
        }
        help_from = ["coordinator"] if mean < 2.5 and rng.random() < 0.2 else []
        actions.send(session, found.id or 0, answers, note="", share=False, help_from=help_from, now=now)
    elif fate < 0.6:
        actions.skip(session, found.id or 0, now)


def _act(session: Session, coordinator: Actor, now: datetime) -> None:
    """Let the coordinator close the oldest signals, and take one on."""
    raised = list(session.exec(select(Signal).order_by(col(Signal.raised_at), col(Signal.id)).limit(4)))
    for found in raised[:2]:
        if signal_queries.may_act(session, coordinator, found.id or 0):
            signal_actions.close(session, coordinator, found.id or 0, "Met beiden gesproken.", now - timedelta(days=1))
    for found in raised[2:3]:
        if signal_queries.may_act(session, coordinator, found.id or 0):
            later = local_date(now) + timedelta(days=14)
            signal_actions.take(session, coordinator, found.id or 0, "hours", later, now)
