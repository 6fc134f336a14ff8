"""Reads for mail: news of duos, what somebody can still answer, and what they want to hear of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.outbox import Ask
from mentorship.checkins import balance, ending_queries
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import OPEN, CheckIn, Signal
from mentorship.mentorships.models import (
    ACTIVE,
    CLAIMED,
    PROPOSED,
    REFUSED,
    SECONDING,
    Goal,
    LevelClaim,
    Mentorship,
)
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import COORDINATOR, MANAGER
from mentorship.people.models import ActivationCode, Person, PersonRole
from mentorship.people.queries import people_with_role, person_by_number
from mentorship.reminders.models import OVERVIEW, TOPICS, MailPreference
from mentorship.reminders.rules import HELP, LEVEL, NEWS_LASTS, PROPOSAL_LASTS, SIGNAL, THANKS, DuoNews

_NEWS = (
    Mentorship.id,
    Mentorship.mentor_id,
    Mentorship.junior_id,
    Mentorship.status,
    Mentorship.mentor_accepted,
    Mentorship.junior_accepted,
    Mentorship.proposed_at,
    Mentorship.started_on,
    Mentorship.ended_on,
)


def duo_news(session: Session, now: datetime) -> list[DuoNews]:
    """Return the proposals that wait, and those that both accepted or one refused a short while ago."""
    today = local_date(now)
    status, recent = col(Mentorship.status), today - NEWS_LASTS
    waiting = and_(status == PROPOSED, col(Mentorship.proposed_at) > now - PROPOSAL_LASTS)
    accepted = and_(status == ACTIVE, col(Mentorship.origin) != "import", col(Mentorship.started_on) >= recent)
    refused = and_(status == REFUSED, col(Mentorship.ended_on) >= recent)
    found = session.execute(select(*_NEWS).where(or_(waiting, accepted, refused)).order_by(col(Mentorship.id)))  # type: ignore[call-overload]
    return [DuoNews(*row) for row in found]


def levels_to_confirm(session: Session, now: datetime) -> list[Ask]:
    """Say whose word a level that was claimed or confirmed a short while ago waits for, the newest last."""
    since = now - NEWS_LASTS
    query = select(LevelClaim, Mentorship.mentor_id).join(Goal, col(Goal.id) == LevelClaim.goal_id)
    query = query.join(Mentorship, col(Mentorship.id) == Goal.mentorship_id).order_by(col(LevelClaim.id))
    recent = or_(col(LevelClaim.claimed_at) > since, col(LevelClaim.mentor_at) > since)
    found = []
    for claim, mentor_id in session.exec(query.where(col(LevelClaim.status).in_((CLAIMED, SECONDING)), recent)):
        whose = claim.second_id if claim.status == SECONDING else mentor_id
        if whose is not None:
            found.append(Ask(LEVEL, whose, local_date(claim.mentor_at or claim.claimed_at), str(claim.id)))
    return found


def levels_waiting(session: Session, person_id: int) -> int:
    """Count the levels that wait for a person's word, as mentor or as the second who was named."""
    query = select(func.count()).select_from(LevelClaim).join(Goal, col(Goal.id) == LevelClaim.goal_id)
    query = query.join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
    as_mentor = and_(col(Mentorship.mentor_id) == person_id, col(LevelClaim.status) == CLAIMED)
    as_second = and_(col(LevelClaim.second_id) == person_id, col(LevelClaim.status) == SECONDING)
    return session.scalar(query.where(or_(as_mentor, as_second))) or 0


def signals_raised(session: Session, now: datetime) -> list[Ask]:
    """Say whom a signal that was raised a short while ago is for: who was asked for help, or the mentor's own side."""
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    query = query.where(Signal.status == "open", col(Signal.raised_at) > now - NEWS_LASTS).order_by(col(Signal.id))
    rows = list(session.exec(query))
    if not rows:
        return []
    asked_of = _helpers(session, [pair for _, pair in rows])
    found = []
    for row, pair in rows:
        day, about = local_date(row.raised_at), str(row.id)
        if row.kind == balance.HELP:
            found += [Ask(HELP, who, day, about) for who in asked_of(row, pair)]
        elif row.side in (MENTOR, balance.BOTH):
            found.append(Ask(SIGNAL, pair.mentor_id, day, about))
    return found


def _helpers(session: Session, pairs: list[Mentorship]) -> Callable[[Signal, Mentorship], list[int]]:
    """Return who is asked for help by a signal of a pair."""
    sides = {i for pair in pairs for i in (pair.mentor_id, pair.junior_id)}
    managers = dict(session.exec(select(Person.id, Person.manager_id).where(col(Person.id).in_(sides))).all())
    number = check_ins.settings(session).confidant
    confidant = person_by_number(session, number) if number else None
    coordinators = sorted(people_with_role(session, COORDINATOR))

    def asked_of(row: Signal, pair: Mentorship) -> list[int]:
        author = pair.mentor_id if row.side == MENTOR else pair.junior_id
        return {
            "mentor": [pair.mentor_id],
            "manager": [who for who in [managers.get(author)] if who is not None],
            "coordinator": coordinators,
            "confidant": [confidant.id] if confidant and confidant.id else [],
        }.get(row.about, [])

    return asked_of


def thanks(session: Session, now: datetime) -> list[Ask]:
    """Say which managers are to thank a mentor, once the junior had the chance to add a word."""
    ended = ending_queries.to_thank(session, local_date(now) - PROPOSAL_LASTS)
    return [
        Ask(THANKS, one.manager_id, one.ended_on, str(one.mentorship_id))
        for one in ended
        if one.ready and one.manager_id is not None
    ]


def line_readers(session: Session) -> list[int]:
    """Return who reads how a line stands: managers and coordinators with an e-mail address who want to."""
    unwanted = select(MailPreference.person_id).where(MailPreference.topic == OVERVIEW, ~col(MailPreference.wanted))
    found = select(PersonRole.person_id).join(Person, col(Person.id) == PersonRole.person_id).distinct()
    found = found.where(
        col(PersonRole.role).in_((MANAGER, COORDINATOR)),
        col(Person.left_on).is_(None),
        col(Person.email).is_not(None),
        col(PersonRole.person_id).not_in(unwanted),
    )
    return sorted(session.exec(found))


def open_check_ins(session: Session) -> set[tuple[int, date]]:
    """Return whom an open check-in waits for, with the day it opened."""
    found = select(CheckIn.person_id, CheckIn.opened_at).where(CheckIn.status == OPEN)
    return {(person_id, local_date(opened_at)) for person_id, opened_at in session.exec(found)}


def waiting_proposals(session: Session, person_id: int) -> int:
    """Count the proposals that a person has not answered yet."""
    as_mentor = and_(col(Mentorship.mentor_id) == person_id, col(Mentorship.mentor_accepted).is_(None))
    as_junior = and_(col(Mentorship.junior_id) == person_id, col(Mentorship.junior_accepted).is_(None))
    waiting = select(func.count()).select_from(Mentorship).where(Mentorship.status == PROPOSED)
    return session.scalar(waiting.where(or_(as_mentor, as_junior))) or 0


def person_with_mailbox(session: Session, person_id: int, topic: str | None) -> Person | None:
    """Return a person who is still here, has an e-mail address, and wants mail of this topic."""
    found = session.get(Person, person_id)
    if found is None or found.left_on is not None or not found.email:
        return None
    return found if topic is None or topic in topics_of(session, person_id) else None


def open_code(session: Session, person_id: int, code_hash: str, now: datetime) -> ActivationCode | None:
    """Return an activation code that can still be used."""
    found = select(ActivationCode).where(
        ActivationCode.person_id == person_id,
        ActivationCode.code_hash == code_hash,
        col(ActivationCode.used_at).is_(None),
        col(ActivationCode.expires_at) > now,
    )
    return session.exec(found).first()


def topics_of(session: Session, person_id: int) -> frozenset[str]:
    """Return the topics that a person wants mail of: all that they did not switch off."""
    unwanted = select(MailPreference.topic).where(MailPreference.person_id == person_id, ~col(MailPreference.wanted))
    return frozenset(TOPICS).difference(session.exec(unwanted).all())
