"""Talks that come: who took a signal on yesterday put one in the calendars of the two, on a day that they share."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.checkins import findings
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.steps import actions, queries
from mentorship.demo.diary import actor
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.access import Actor
from mentorship.people.models import Person

AGO = timedelta(hours=20)
TALKS = 4
ABOUT = (
    findings.LOW,
    findings.FALL,
    findings.SAFE,
    findings.HELP,
    findings.HOURS,
    findings.RULE,
)
"""About what they talk, and about which of these first."""
LEFT = 2
"""One in so many of these signals nobody took on yet."""


def plan_talks(session: Session, coordinator: Actor, now: datetime) -> None:
    """Let managers and the coordinator plan talks with pairs about something that was open."""
    moment = now - AGO
    planned: set[int] = set()
    for raised, pair in _open(session)[::LEFT]:
        if len(planned) == TALKS:
            return
        pair_id = id_of(pair)
        if pair_id in planned:
            continue
        days = _days(session, raised, pair, now)
        able = _who_may(
            session,
            coordinator,
            raised,
            pair,
            moment,
        )
        if not days or not able:
            continue
        place = len(planned)
        actions.talk(
            session,
            able[place % len(able)],
            id_of(raised),
            days[place % len(days)],
            moment,
        )
        planned.add(pair_id)


def _open(session: Session) -> list[tuple[Signal, Mentorship]]:
    """Return the signals that are open, of pairs that run: what is talked about first, and of that the oldest."""
    query = select(Signal, Mentorship).join(
        Mentorship,
        col(Mentorship.id) == Signal.mentorship_id,
    )
    query = query.where(
        Signal.status == "open",
        col(Signal.kind).in_(ABOUT),
        Mentorship.status == ACTIVE,
    )
    in_order = query.order_by(col(Signal.id))
    found = []
    for raised, pair in session.exec(in_order):
        found.append((raised, pair))

    def first(one: tuple[Signal, Mentorship]) -> int:
        raised, _ = one
        return ABOUT.index(raised.kind)

    return sorted(found, key=first)


def _days(session: Session, raised: Signal, pair: Mentorship, now: datetime) -> list[date]:
    """Return the next two days on which both are at work, as who planned the talk saw them, and that still come."""
    seen = queries.talk_days(
        session,
        raised,
        pair,
        now - AGO,
    )
    coming = []
    for one in seen:
        if one.begin > now:
            coming.append(one.day)
    return coming[:2]


def _who_may(session: Session, coordinator: Actor, raised: Signal, pair: Mentorship, now: datetime) -> list[Actor]:
    """Return who may act on a signal: the managers of the two, and the coordinator."""
    everybody = []
    for person_id in (pair.mentor_id, pair.junior_id):
        person = session.get_one(Person, person_id)
        if person.manager_id is not None:
            manager = actor(session, person.manager_id)
            everybody.append(manager)
    everybody.append(coordinator)
    found = []
    for who in everybody:
        if signals.may_act(session, who, id_of(raised), now):
            found.append(who)
    return found
