"""Reads for mail: news of duos, what somebody can still answer, and what they want to hear of."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.mentorships.models import ACTIVE, PROPOSED, REFUSED, Mentorship
from mentorship.people.models import ActivationCode, Person
from mentorship.reminders.models import TOPICS, MailPreference
from mentorship.reminders.rules import NEWS_LASTS, PROPOSAL_LASTS, DuoNews

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
