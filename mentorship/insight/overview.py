"""How a line (or everybody) stands this week, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import MANY
from mentorship.checkins import findings, standings
from mentorship.checkins.balance import is_low
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.viewers import Seen
from mentorship.checkins.told import told
from mentorship.checkins.visibility import SIDES, Ties
from mentorship.growth.certificates import queries as certificates
from mentorship.insight import queries
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import balance
from mentorship.mentorships.models import ACTIVE, ENDED, PROPOSED, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.queries import line_below
from mentorship.profiles.rosters import queries as rosters
from mentorship.programme import queries as programme

WEEK = timedelta(weeks=1)
FACTS = (findings.LEAVES, findings.HOURS, findings.APART, findings.RULE)
"""Signals that come from hours, rosters, rules and last days: they go to both lines and the coordinator."""
OPEN = "open"


@dataclass(frozen=True)
class FirstToSee:
    """A pair with a signal that everybody near it is told of: its two sides, and the kind of the signal."""

    mentor_id: int
    junior_id: int
    kind: str


@dataclass(frozen=True)
class Overview:
    """Counts; `classes` of the running pairs, and whether each side in a line is low: None for who is not told.

    Of a week ago: `fresh` signals were raised since, so many pairs ran `before`. `first` is the pair to see first, of
    the signals that come from hours, rosters and rules, never from what somebody answered. `ending`: the certificates
    that end within three months, told to coordinators alone.
    """

    signals: int
    waiting: int
    over: int
    running: int
    proposals: int
    started: int
    ended: int
    classes: Counter[str] | None = None
    sides: Counter[str] | None = None
    fresh: int = 0
    before: int = 0
    ending: int = 0
    first: FirstToSee | None = None

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
            self.ending,
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
    running = [pair for pair in pairs if pair.status == ACTIVE]
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
        fresh=sum(one.row.raised_at > now - WEEK for one in seen),
        before=_ran_before(pairs, today),
        ending=_ending(session, manager_id, today),
        first=_first(seen, pairs),
        **_standing(session, running, manager_id, now),
    )


def _ending(session: Session, manager_id: int | None, today: date) -> int:
    """Count the certificates that end soon, for who coordinates: managers see those that are shown to them alone."""
    return certificates.count_ending(session, today) if manager_id is None else 0


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
        col(Mentorship.mentor_id),
        col(Mentorship.junior_id),
    ).where(
        or_(now, lately),
        col(Mentorship.mentor_id) != me,  # one's own pair in a sum of classes tells what the other answered
        col(Mentorship.junior_id) != me,
    )
    if manager_id is not None:
        query = query.where(_in_line(manager_id))
    return session.execute(query).all()


def _ran_before(pairs: Sequence[Any], today: date) -> int:
    """Count the pairs that ran a week ago: those that ended since, and those that run and did not start since."""
    number = 0
    for pair in pairs:
        started = pair.started_on is None or pair.started_on <= today - WEEK
        number += started and pair.status in (ACTIVE, ENDED)
    return number


def _first(seen: Sequence[Seen], pairs: Sequence[Any]) -> FirstToSee | None:
    """Return the pair of the most urgent signal that tells nothing of an answer; never one's own."""
    by_id = {pair.id: pair for pair in pairs}
    for one in seen:
        row = one.row
        pair = by_id.get(row.mentorship_id)
        if pair is not None and row.kind in FACTS and row.status == OPEN:
            return FirstToSee(pair.mentor_id, pair.junior_id, row.kind)
    return None


def _in_line(manager_id: int) -> ColumnElement[bool]:
    line = line_below(manager_id)
    return or_(
        col(Mentorship.mentor_id).in_(line),
        col(Mentorship.junior_id).in_(line),
    )


def _standing(
    session: Session,
    running: Sequence[Any],
    manager_id: int | None,
    now: datetime,
) -> dict[str, Counter[str]]:
    """Count how pairs stand, as far as the reader is told it: by their classes, or the sides in a line by theirs."""
    ties = Ties(lines=frozenset(SIDES), coordinates=manager_id is None)
    telling = told(ties, programme.visibility(session))
    if telling is None:
        return {}
    ids = [pair.id for pair in running]
    if telling.whole:
        classes = standings.standings(session, ids, now, telling.counts)
        return {"classes": Counter(classes.values())}
    assert manager_id is not None
    below = set(session.scalars(line_below(manager_id)))
    sides = standings.sides(session, ids, now, telling.counts)
    found: Counter[str] = Counter()
    for pair in running:
        for side, person_id in ((JUNIOR, pair.junior_id), (MENTOR, pair.mentor_id)):
            if person_id in below:
                found[is_low(sides[pair.id][side])] += 1
    return {"sides": found}


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
