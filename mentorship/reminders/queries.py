"""Reads for mail: news of duos, what somebody can still answer, and what they want to hear of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.mail_kinds import (
    ANNOUNCED,
    ENDS_SOON,
    FREED,
    HELP,
    LEVEL,
    NOBODY,
    OBJECT_SOON,
    PLACE,
    SIGNAL,
    THANKS,
)
from mentorship.base.outbox import Ask
from mentorship.checkins import findings
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.endings.rules import THANKED_WITHIN
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.visibility import is_own
from mentorship.mentor_requests.models import OPEN as OPEN_REQUEST
from mentorship.mentor_requests.models import UNANSWERED, MentorRequest, RequestOutcome
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.goals import rules as goals
from mentorship.mentorships.goals.models import CLAIMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.models import ACTIVE, PROPOSED, REFUSED, Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import COORDINATOR, MANAGER
from mentorship.people.models import ActivationCode, Person, PersonRole
from mentorship.people.queries import people_with_role, staying
from mentorship.reminders.models import OVERVIEW, TOPICS, MailPreference
from mentorship.reminders.rules import NEWS_LASTS, PROPOSAL_LASTS, DuoNews
from mentorship.rounds.announcing import pending as announcing
from mentorship.rounds.announcing.rules import day_of, last_day
from mentorship.rounds.waiting import queries as waiting_list
from mentorship.rounds.waiting.rules import mail_about

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
    Mentorship.withdrawn_at,
)


def duo_news(session: Session, now: datetime) -> list[DuoNews]:
    """Return the proposals that wait, and those that both accepted or one refused a short while ago."""
    recent = local_date(now) - NEWS_LASTS
    waiting = and_(
        col(Mentorship.status) == PROPOSED,
        col(Mentorship.proposed_at) > now - PROPOSAL_LASTS,
    )
    accepted = and_(
        col(Mentorship.status) == ACTIVE,
        col(Mentorship.origin) != "import",
        col(Mentorship.started_on) >= recent,
    )
    refused = and_(
        col(Mentorship.status) == REFUSED,
        col(Mentorship.ended_on) >= recent,
        col(Mentorship.by_leaving).is_(False),
    )
    query = select(*_NEWS)  # type: ignore[call-overload]
    query = query.where(or_(waiting, accepted, refused))
    rows = session.execute(query.order_by(col(Mentorship.id)))
    return [DuoNews(*row) for row in rows]


def near_their_end(session: Session, now: datetime) -> list[Ask]:
    """Say who is asked whether their pair ends or goes on: both, once for each day that it was expected to end."""
    today = local_date(now)
    found = []
    for pair in acting.near_their_end(session, today):
        if pair.expected_end is None or pair.expected_end < today - NEWS_LASTS:
            continue
        about = f"{pair.id} {pair.expected_end:%Y%m%d}"
        for person_id in (pair.mentor_id, pair.junior_id):
            found.append(Ask(ENDS_SOON, person_id, today, about))
    return found


def levels_to_confirm(session: Session, now: datetime) -> list[Ask]:
    """Say whose word a level that was claimed or confirmed a short while ago waits for, the newest last."""
    since = now - NEWS_LASTS
    query = (
        select(LevelClaim, Mentorship.mentor_id)
        .join(Goal, col(Goal.id) == LevelClaim.goal_id)
        .join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
        .order_by(col(LevelClaim.id))
    )
    query = query.where(
        or_(
            col(LevelClaim.claimed_at) > since,
            col(LevelClaim.mentor_at) > since,
        ),
        col(LevelClaim.status).in_((CLAIMED, SECONDING)),
        col(Mentorship.status).in_(goals.CHANGING),
    )
    found = []
    for claim, mentor_id in session.exec(query):
        whose: int | None = mentor_id
        if claim.status == SECONDING:
            whose = claim.second_id
        if whose is not None:
            moment = claim.mentor_at or claim.claimed_at
            found.append(Ask(LEVEL, whose, local_date(moment), str(claim.id)))
    return found


def told_nobody(session: Session, now: datetime) -> list[Ask]:
    """Say for whom a round that was published a short while ago found nobody: once for each round."""
    query = (
        select(RequestOutcome.request_id, RequestOutcome.told_at, MentorRequest.person_id)
        .join(MentorRequest, col(MentorRequest.id) == RequestOutcome.request_id)
        .where(col(RequestOutcome.told_at) > now - NEWS_LASTS, MentorRequest.status == OPEN_REQUEST)
        .order_by(col(RequestOutcome.request_id))
    )
    found = []
    for request_id, told_at, person_id in session.exec(query):
        about = f"{request_id} {told_at.isoformat()}"
        found.append(Ask(NOBODY, person_id, local_date(told_at), about))
    return found


def signals_raised(session: Session, now: datetime) -> list[Ask]:
    """Say whom a signal that was raised a short while ago is for: who was asked for help, or the mentor's own side."""
    query = (
        select(Signal, Mentorship)
        .join(Mentorship, col(Mentorship.id) == Signal.mentorship_id)
        .where(Signal.status == "open")
        .where(col(Signal.raised_at) > now - NEWS_LASTS)
        .order_by(col(Signal.id))
    )
    rows = list(session.exec(query))
    if not rows:
        return []
    coordinators = people_with_role(session, COORDINATOR)
    found = []
    for row, pair in rows:
        day = local_date(row.raised_at)
        kind = HELP if row.kind == findings.HELP else SIGNAL
        for person_id in _addressed(row, pair, coordinators):
            ask = Ask(kind, person_id, day, str(row.id))
            found.append(ask)
    return found


def _addressed(row: Signal, pair: Mentorship, coordinators: Collection[int]) -> list[int]:
    """Return to whom a signal is addressed: whose help it asks, or else the mentor whose own it is."""
    if row.kind != findings.HELP:
        if is_own(MENTOR, row.kind, row.side):
            return [pair.mentor_id]
        return []
    if row.about == COORDINATOR:
        sides = {pair.mentor_id, pair.junior_id}
        return sorted(set(coordinators) - sides)
    if row.asked_id is None:
        return []
    return [row.asked_id]


def pairs_announced(session: Session, now: datetime) -> list[Ask]:
    """Say which managers, or who stands in, are told of announced pairs; reminded on the working day before the end."""
    today = local_date(now)
    found = []
    for pair in announcing.pending(session, now):
        for one in pair.asked:
            if one.said is not None or now >= one.ends:
                continue
            reader = one.stand_in_id or one.manager_id
            since = local_date(pair.told.announced_at)
            found.append(Ask(ANNOUNCED, reader, since, f"{pair.told.about} {since}"))
            last = day_of(one.ends)
            if since < today < last <= last_day(today, 1, ()):
                found.append(Ask(OBJECT_SOON, reader, today, f"{pair.told.about} {last}"))
    return list(dict.fromkeys(found))


def thanks(session: Session, now: datetime) -> list[Ask]:
    """Say which managers are to thank a mentor, once the junior had the chance to add a word."""
    today = local_date(now)
    found = []
    for one in endings.to_thank(session, today - THANKED_WITHIN, today):
        if one.ready:
            ask = Ask(THANKS, one.manager_id, one.ended_on, str(one.mentorship_id))
            found.append(ask)
    return found


def line_readers(session: Session) -> list[int]:
    """Return who reads how a line stands: managers and coordinators with an e-mail address who want to."""
    unwanted = select(MailPreference.person_id).where(
        MailPreference.topic == OVERVIEW,
        ~col(MailPreference.wanted),
    )
    query = (
        select(PersonRole.person_id)
        .join(Person, col(Person.id) == PersonRole.person_id)
        .distinct()
        .where(
            col(PersonRole.role).in_((MANAGER, COORDINATOR)),
            col(Person.left_on).is_(None),
            col(Person.email).is_not(None),
            col(PersonRole.person_id).not_in(unwanted),
        )
    )
    return sorted(session.exec(query))


def open_check_ins(session: Session) -> set[tuple[int, date]]:
    """Return whom an open check-in waits for, with the day it opened."""
    query = select(CheckIn.person_id, CheckIn.opened_at)
    query = query.where(CheckIn.status == OPEN)
    found = set()
    for person_id, opened_at in session.exec(query):
        day = local_date(opened_at)
        found.add((person_id, day))
    return found


def person_here(session: Session, person_id: int, now: datetime) -> Person | None:
    """Return a person who is still here."""
    found = session.get(Person, person_id)
    if found is None or found.is_gone(local_date(now)):
        return None
    return found


def person_with_mailbox(session: Session, person_id: int, topic: str | None, now: datetime) -> Person | None:
    """Return a person who is still here, has an e-mail address, and wants mail of this topic."""
    found = person_here(session, person_id, now)
    if found is None or not found.email:
        return None
    if topic is not None and topic not in topics_of(session, person_id):
        return None
    return found


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
    query = select(MailPreference.topic).where(
        MailPreference.person_id == person_id,
        ~col(MailPreference.wanted),
    )
    unwanted = session.exec(query).all()
    return frozenset(TOPICS).difference(unwanted)


def places_asked(session: Session) -> list[Ask]:
    """Return the mentors who were asked for a place and did not answer."""
    found = []
    for row in waiting_list.asked(session):
        if row.answer == UNANSWERED:
            about = mail_about(row.request_id, row.asked_at)
            found.append(Ask(PLACE, row.mentor_id, local_date(row.asked_at), about))
    return found


def places_freed(session: Session, now: datetime) -> list[Ask]:
    """Return the coordinators who are told that places came free: one mail for all of a day."""
    days = {local_date(row.came_at) for row in waiting_list.came_free(session, now) if row.came_at is not None}
    coordinators = staying(session, COORDINATOR) if days else set()
    return [Ask(FREED, who, day, day.isoformat()) for day in sorted(days) for who in sorted(coordinators)]
