"""How many weeks a step takes in this organisation: from the steps that were taken, and never from a few people's.

Only steps of one level count, from when the level before was reached. Who is still on the way counts not yet, so what
is told is of those who got there, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any

import numpy as np
from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.base.i18n import ngettext
from mentorship.base.keeping import kept
from mentorship.mentorships.goals.models import CONFIRMED, Goal, LevelClaim
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.models import Mentorship

ENOUGH = 5
"""Of fewer people nothing is told."""
BACK = timedelta(weeks=156)
MOST = 4000
"""So many confirmed levels are looked at, the newest first."""
MIDDLE = (25, 75)
"""The percentiles between which half of the steps lie."""


@dataclass(frozen=True)
class Step:
    """One level reached by somebody: to which, in which domain, and in how many weeks."""

    junior_id: int
    domain_id: int
    level: int
    weeks: float


@dataclass(frozen=True)
class Pace:
    """Between how many whole weeks half of the steps to a level lie, of how many; `here`: in this domain alone."""

    least: int
    most: int
    steps: int
    here: bool


def steps(rows: Iterable[Any]) -> list[Step]:
    """Return the steps of one level in confirmed claims (goal, junior, domain, start, made, level, settled)."""
    stands: dict[int, tuple[int, datetime]] = {}
    found = []
    for goal_id, junior_id, domain_id, start, made_at, level, settled_at in rows:
        reached, since = stands.get(goal_id, (start, made_at))
        if level == reached + 1:
            weeks = (settled_at - since) / timedelta(weeks=1)
            found.append(Step(junior_id, domain_id, level, weeks))
        if level > reached:
            stands[goal_id] = level, settled_at
    return found


def pace(taken: Sequence[Step], domain_id: int, level: int) -> Pace | None:
    """Return how long a step takes: in this domain if enough people took it there, else in all; None of too few."""
    to_level = [step for step in taken if step.level == level]
    in_domain = [step for step in to_level if step.domain_id == domain_id]
    for these, here in ((in_domain, True), (to_level, False)):
        if len({step.junior_id for step in these}) >= ENOUGH:
            low, high = np.percentile([step.weeks for step in these], MIDDLE)
            return Pace(
                floor(low),
                max(ceil(high), 1),
                len(these),
                here,
            )
    return None


def paces(session: Session, states: Sequence[GoalState], now: datetime) -> Mapping[int, str]:
    """Say of each goal that is not reached how long its next step takes here, where that is known."""
    going = [state for state in states if not state.fulfilled]
    if not going:
        return {}
    done = taken(session, now)
    told = {}
    for state in going:
        found = pace(done, id_of(state.domain), state.reached + 1)
        if found is not None:
            told[id_of(state.goal)] = said(found)
    return told


def taken(session: Session, now: datetime) -> list[Step]:
    """Return the steps that were taken here in the last years; kept until another one is."""
    confirmed = col(LevelClaim.status) == CONFIRMED
    last = columns(func.count(), func.max(col(LevelClaim.settled_at))).where(confirmed)
    return kept(
        session,
        "goals.steps",
        now,
        lambda: steps(_confirmed(session, now)),
        but=None,
        also=tuple(session.execute(last).one()),
    )


def _confirmed(session: Session, now: datetime) -> list[Any]:
    """Return the levels confirmed in the last years, of each goal the oldest first."""
    query = columns(
        col(Goal.id),
        col(Mentorship.junior_id),
        col(Goal.domain_id),
        col(Goal.start_level),
        col(Goal.made_at),
        col(LevelClaim.level),
        col(LevelClaim.settled_at),
    )
    query = query.join(Goal, col(Goal.id) == LevelClaim.goal_id)
    query = query.join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
    settled = col(LevelClaim.settled_at)
    query = query.where(col(LevelClaim.status) == CONFIRMED, settled >= now - BACK)
    newest = session.execute(query.order_by(settled.desc(), col(LevelClaim.id).desc()).limit(MOST)).all()
    return list(reversed(newest))


def said(found: Pace) -> str:
    """Say between how many weeks half of those who took a step needed for it, and of how many steps that is."""
    weeks = ngettext(
        "Half of those who took this step needed between %(least)s and %(num)s week for it.",
        "Half of those who took this step needed between %(least)s and %(num)s weeks for it.",
        found.most,
        least=found.least,
    )
    if found.here:
        base = ngettext(
            "That is of %(num)s step in this domain; who is still on the way does not count yet.",
            "That is of %(num)s steps in this domain; who is still on the way does not count yet.",
            found.steps,
        )
    else:
        base = ngettext(
            "That is of %(num)s step in all domains; who is still on the way does not count yet.",
            "That is of %(num)s steps in all domains; who is still on the way does not count yet.",
            found.steps,
        )
    return f"{weeks} {base}"


def reached() -> Any:
    """Return the highest level confirmed of each goal, and when the last was."""
    query: Any = columns(
        col(LevelClaim.goal_id).label("goal_id"),
        func.max(col(LevelClaim.level)).label("level"),
        func.max(col(LevelClaim.settled_at)).label("since"),
    )
    return query.where(col(LevelClaim.status) == CONFIRMED).group_by(col(LevelClaim.goal_id)).subquery()
