"""Which certificates people have: most confirmed, some told by themselves, one that ends soon; practice trainers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.growth.certificate_kinds import actions as kinds
from mentorship.growth.certificates import actions as certificates
from mentorship.growth.certificates.actions import Noted
from mentorship.growth.certificates.models import CertificateKind
from mentorship.mentor_requests.actions import ask_trainer
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.people.access import JUNIOR, SENIOR, Actor
from mentorship.people.models import Person
from mentorship.people.queries import people_with_role

VALID_FOR = timedelta(days=900)
SOON = timedelta(days=40)
SINCE = timedelta(days=1200)
TRAINERS = 3
"""One mentor in so many is a practice trainer."""
OWN_WORD = 5
"""One in so many told of it themselves, and nobody confirmed it yet."""


def note_certificates(session: Session, coordinator: Actor, ends_soon: int, now: datetime) -> None:
    """Note safety certificates of mentors, of which that of one person ends soon, and who is a practice trainer."""
    kinds.start(
        session,
        coordinator,
        now,
    )
    entitling = select(CertificateKind).where(col(CertificateKind.entitles).is_(True))
    trainer = session.exec(entitling).one()
    safety = session.exec(select(CertificateKind).order_by(col(CertificateKind.id))).first()
    assert safety is not None
    for number, person_id in enumerate(_mentors(session)):
        left = SOON if person_id == ends_soon else VALID_FOR
        actor = coordinator
        if number % OWN_WORD == 1 and person_id != ends_soon:
            actor = Actor(
                person_id,
                frozenset({SENIOR}),
            )
        _note(
            session,
            actor,
            person_id,
            id_of(safety),
            left,
            now,
        )
        if number % TRAINERS == 0:
            _note(
                session,
                coordinator,
                person_id,
                id_of(trainer),
                VALID_FOR,
                now,
            )


def ask_for_a_trainer(session: Session, now: datetime) -> None:
    """Let the one who waits shortest, an apprentice, ask for a practice trainer."""
    query = select(MentorRequest).where(MentorRequest.status == OPEN).order_by(col(MentorRequest.id).desc())
    asked = session.exec(query).first()
    if asked is not None:
        ask_trainer(
            session,
            Actor(
                asked.person_id,
                frozenset({JUNIOR}),
            ),
            id_of(asked),
            True,
            now,
        )


def _mentors(session: Session) -> list[int]:
    mentors = people_with_role(
        session,
        SENIOR,
    )
    query = select(Person).where(
        col(Person.id).in_(mentors),
        col(Person.left_on).is_(None),
    )
    return [id_of(person) for person in session.exec(query.order_by(col(Person.id)))]


def _note(session: Session, actor: Actor, person_id: int, kind_id: int, left: timedelta, now: datetime) -> None:
    today = local_date(now)
    noted = Noted(
        kind_id,
        today - SINCE,
        today + left,
    )
    certificates.note(
        session,
        actor,
        [person_id],
        noted,
        now,
    )
