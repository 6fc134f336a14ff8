"""Reads for mail: news of duos, what somebody can still answer, and what they want to hear of."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.outbox import Ask
from mentorship.checkins import findings
from mentorship.checkins.endings import queries as ending_queries
from mentorship.checkins.endings.rules import THANKED_WITHIN
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.visibility import is_own
from mentorship.mentorships.goals import rules as goals
from mentorship.mentorships.goals.models import CLAIMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.models import ACTIVE, PROPOSED, REFUSED, Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import COORDINATOR, MANAGER
from mentorship.people.models import ActivationCode, Person, PersonRole
from mentorship.people.queries import people_with_role
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
    waits = col(LevelClaim.status).in_((CLAIMED, SECONDING)), col(Mentorship.status).in_(goals.CHANGING)
    for claim, mentor_id in session.exec(query.where(recent, *waits)):
        whose = claim.second_id if claim.status == SECONDING else mentor_id
        if whose is not None:
            found.append(Ask(LEVEL, whose, local_date(claim.mentor_at or claim.claimed_at), str(claim.id)))
    return found


def signals_raised(session: Session, now: datetime) -> list[Ask]:
    """Say whom a signal that was raised a short while ago is for: who was asked for help, or the mentor's own side."""
    query = select(Signal, Mentorship).join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
    query = query.where(Signal.status == "open", col(Signal.raised_at) > now - NEWS_LASTS).order_by(col(Signal.id))
    rows = list(session.exec(query))
    if not rows:
        return []
    coordinators, found = set(people_with_role(session, COORDINATOR)), []
    for row, pair in rows:
        day, about = local_date(row.raised_at), str(row.id)
        if row.kind == findings.HELP:
            sides = {pair.mentor_id, pair.junior_id}
            asked = sorted(coordinators - sides) if row.about == COORDINATOR else [row.asked_id]
            found += [Ask(HELP, who, day, about) for who in asked if who is not None]
        elif is_own(MENTOR, row.kind, row.side):
            found.append(Ask(SIGNAL, pair.mentor_id, day, about))
    return found


def thanks(session: Session, now: datetime) -> list[Ask]:
    """Say which managers are to thank a mentor, once the junior had the chance to add a word."""
    ended = ending_queries.to_thank(session, local_date(now) - THANKED_WITHIN)
    return [Ask(THANKS, one.manager_id, one.ended_on, str(one.mentorship_id)) for one in ended if one.ready]


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
