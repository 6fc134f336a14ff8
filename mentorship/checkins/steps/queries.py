"""Reads for steps: what somebody can have carried out, the days for a talk, and what a manager is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Select
from sqlmodel import Session, col, or_, select

from mentorship.base.clock import local_date
from mentorship.base.db import Given, id_of
from mentorship.base.prepared import prepared
from mentorship.checkins import findings
from mentorship.checkins.queries import is_remote
from mentorship.checkins.signals.carried import TALK
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.together_shifts import days_together, times_together
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import queries as people
from mentorship.people.access import MANAGER, Actor, Subject
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.away import queries as away

TAKEN = "taken"
AHEAD = timedelta(weeks=4)
DAYS_SHOWN = 6


@dataclass(frozen=True)
class TalkDay:
    """A day on which both are at work, and from when until when."""

    day: date
    begin: datetime
    end: datetime


@dataclass(frozen=True)
class HoursAsked:
    """A manager is asked to let a mentor spend fewer hours."""

    signal_id: int
    mentor: Person
    asker: Person | None
    confirmed: Decimal
    hours: Decimal


def invited(signal: Signal, pair: Mentorship) -> list[int]:
    """Return with whom a talk about a signal is: who asked for help alone, else both."""
    if signal.kind == findings.HELP:
        return [pair.junior_id if signal.side == JUNIOR else pair.mentor_id]
    return [pair.junior_id, pair.mentor_id]


def talk_days(session: Session, signal: Signal, pair: Mentorship, now: datetime) -> list[TalkDay]:
    """Return the next days on which who is invited is at work, by the rosters alone: nobody's absence shows in it."""
    first = local_date(now) + timedelta(days=1)
    sides = {pair.junior_id, pair.mentor_id}
    timetables = away.planned(session, sides, first)
    whom = invited(signal, pair)
    one = timetables.get(whom[0])
    other = timetables.get(whom[-1])
    remote = is_remote(pair)
    found = []
    for day in days_together(one, other, first, AHEAD.days, remote):
        for begin, end in times_together(one, other, day, remote)[:1]:
            found.append(TalkDay(day, begin, end))
    return found[:DAYS_SHOWN]


@dataclass(frozen=True)
class Talk:
    """A talk that is planned, as one of those it concerns knows it: about which pair, when, and with whom."""

    signal_id: int
    pair_id: int
    day: date
    others: tuple[int, ...]


def talks(
    session: Session,
    person_id: int,
    first: date,
    last: date,
    mentorship_id: int | None = None,
) -> list[Talk]:
    """Return the talks between two days to which somebody is invited or invites, of all pairs or one; each once."""
    found: dict[tuple[int, date], Talk] = {}
    for row, pair in _talks(session, person_id, first, last, mentorship_id):
        talk = _talk(row, pair, person_id)
        if talk is not None:
            found.setdefault((talk.pair_id, talk.day), talk)
    return [found[key] for key in sorted(found)]


@prepared
def _talks(
    person_id: Given[int],
    first: Given[date],
    last: Given[date],
    mentorship_id: Given[int] | None,
) -> Select[Signal, Mentorship]:
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    query = query.order_by(col(Signal.talk_on), col(Signal.id))
    query = query.where(
        col(Signal.talk_on).between(first, last),
        or_(
            col(Mentorship.mentor_id) == person_id,
            col(Mentorship.junior_id) == person_id,
            col(Signal.owner_id) == person_id,
            Signal.status != TAKEN,  # who planned it stands among what was done
        ),
    )
    if mentorship_id is None:
        return query
    return query.where(Signal.mentorship_id == mentorship_id)


def _talk(row: Signal, pair: Mentorship, person_id: int) -> Talk | None:
    """Return a talk as one of those it concerns knows it; None for anybody else."""
    concerned = talkers(row, pair)
    if row.talk_on is None or person_id not in concerned:
        return None
    others = tuple(one for one in concerned if one != person_id)
    return Talk(id_of(row), id_of(pair), row.talk_on, others)


def talkers(row: Signal, pair: Mentorship) -> list[int]:
    """Return whom a talk concerns: who talks with whoever is invited, and these."""
    whom = invited(row, pair)
    owner = row.owner_id if row.status == TAKEN else None
    for one in reversed(row.did):
        if owner is None and one["what"] == TALK:
            owner = one["by"]
    if owner is not None and owner not in whom:
        return [owner, *whom]
    return whom


def talk(session: Session, person_id: int, signal_id: int) -> Talk | None:
    """Return the talk that is planned about a signal as one of those it concerns knows it; None for anybody else."""
    row = session.get(Signal, signal_id)
    if row is None:
        return None
    return _talk(row, session.get_one(Mentorship, row.mentorship_id), person_id)


def talk_subject(session: Session, signal_id: int) -> Subject | None:
    """Return whom the talk about a signal concerns; None where there is none."""
    row = session.get(Signal, signal_id)
    if row is None or row.talk_on is None:
        return None
    pair = session.get_one(Mentorship, row.mentorship_id)
    return Subject(frozenset(talkers(row, pair)))


def hours_asked(session: Session, actor: Actor) -> list[HoursAsked]:
    """Return what somebody is asked as the manager of mentors, one line a mentor and signal."""
    if not actor.has(MANAGER):
        return []
    found = []
    for row, pair in _asked(session):
        if people.manager_above(session, pair.mentor_id) != actor.person_id:
            continue
        found.append(_hours_asked(session, row, pair))
    return found


def _asked(session: Session) -> list[tuple[Signal, Mentorship]]:
    """Return the signals for which hours are asked, each card of several once."""
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    query = query.where(
        col(Signal.asked_hours).is_not(None),
        Signal.status == "taken",
    )
    by_mentor: dict[int, tuple[Signal, Mentorship]] = {}
    for row, pair in session.exec(query.order_by(col(Signal.id))):
        by_mentor.setdefault(pair.mentor_id, (row, pair))
    return list(by_mentor.values())


def _hours_asked(session: Session, row: Signal, pair: Mentorship) -> HoursAsked:
    named = people.persons(session, {pair.mentor_id, row.owner_id})
    offer = profiles.capacity(session, pair.mentor_id)
    return HoursAsked(
        signal_id=id_of(row),
        mentor=named[pair.mentor_id],
        asker=named.get(row.owner_id or 0),
        confirmed=offer.confirmed_hours or Decimal(0),
        hours=row.asked_hours or Decimal(0),
    )


def asked_of(session: Session, signal_id: int) -> Subject | None:
    """Return who answers whether the hours of a signal's mentor go down: their nearest manager."""
    row = session.get(Signal, signal_id)
    if row is None or row.asked_hours is None:
        return None
    pair = session.get_one(Mentorship, row.mentorship_id)
    above = people.manager_above(session, pair.mentor_id)
    return Subject(frozenset({above} if above is not None else ()))
