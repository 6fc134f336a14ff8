"""What is there when a demo begins: people from an export with roles and accounts, and a programme set up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins.confidants import actions as confidants
from mentorship.home.agreements.actions import arrange
from mentorship.hr_import.actions import import_directory
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people import actions as people
from mentorship.people.access import ADMIN, COORDINATOR, HR, JUNIOR, MANAGER, SENIOR, Actor
from mentorship.people.models import Account, Person, PersonRole, Site
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import Capacity
from mentorship.programme.queries import programme as programme_settings
from mentorship.reminders import actions as reminders
from mentorship.reminders.models import DUO, OVERVIEW, REMINDER, TOPICS

CHOOSY = 0.04
"""How many want no mail of some topic."""
ASKED_BEFORE = 70
"""In how many days before the beginning the first requests came."""
UNFIT = {JUNIOR, MANAGER, COORDINATOR, ADMIN, HR}
"""Whoever has one of these roles is no confidant."""
EVERY = 12
"""One in so many mentors promises more hours at the end."""
SERVICE = Actor(0, frozenset({ADMIN}))


def set_up(session: Session, export: Path, password_hash: str, seed: int, now: datetime) -> Actor:
    """Take in an export, so that everybody can sign in and a round can be held; return the coordinator."""
    import_directory(session, export, None, now)
    coordinator = _give_roles(session, now)
    _complete(session, coordinator, now)
    _give_accounts(session, password_hash)
    _ask_on_different_days(session, seed, now)
    _choose_mail(session, seed, now)
    return coordinator


COMPANY = "Voorbeeld Techniek"
"""What the organisation that does not exist is called: mails and pages say it."""
CONTACT = "leermaat@voorbeeldtechniek.example"
SYSTEMS = ({"kind": "planning", "with": ""},)
"""The other systems that the demo switches on, which is agreed to with the rest."""


def _give_roles(session: Session, now: datetime) -> Actor:
    """Make three employees without a role coordinator, admin and hr."""
    held = select(PersonRole.person_id)
    without = select(Person).where(col(Person.id).not_in(held))
    found = session.exec(without.order_by(Person.number).limit(3)).all()
    for person, role in zip(found, (COORDINATOR, ADMIN, HR), strict=True):
        people.set_roles(
            session,
            SERVICE,
            id_of(person),
            [role],
            now,
        )
    coordinator = found[0]
    return Actor(
        id_of(coordinator),
        frozenset({COORDINATOR}),
        coordinator.name,
    )


def _complete(session: Session, coordinator: Actor, now: datetime) -> None:
    """Note what must have been done before anything is published."""
    day = local_date(now)
    values = {
        "works_council_on": day - timedelta(days=40),
        "dpia_on": day - timedelta(days=50),
        "visibility": "classes",
        "organisation": COMPANY,
        "contact_name": coordinator.name,
        "contact_reach": CONTACT,
    }
    settings = programme_settings(session)
    settings.objection_days = 0  # the first rounds of the life lived so far were published at once
    version = settings.version
    arrange(
        session,
        coordinator,
        version,
        values,
        SYSTEMS,
        now,
    )


def _give_accounts(session: Session, password_hash: str) -> None:
    """Give everybody the demo password: one hash for all, which is fast and as insecure as a demo may be."""
    for person_id in session.exec(select(Person.id)).all():
        assert person_id is not None
        account = Account(person_id=person_id, password_hash=password_hash)
        session.add(account)


def _ask_on_different_days(session: Session, seed: int, now: datetime) -> None:
    """Date the requests as they come in life: over the weeks before, not all on the day of the import."""
    chance = Random(f"requests {seed}")  # noqa: S311 (the same every time)
    for request in session.exec(select(MentorRequest).order_by(col(MentorRequest.id))).all():
        earlier = timedelta(
            days=chance.randrange(ASKED_BEFORE),
            minutes=chance.randrange(24 * 60),
        )
        request.created_at = now - earlier


def _choose_mail(session: Session, seed: int, now: datetime) -> None:
    """Let a few want no mail of some topic."""
    chance = Random(seed)  # noqa: S311 (the same every time)
    everybody = select(Person.id).order_by(col(Person.id))
    for person_id in session.exec(everybody).all():
        assert person_id is not None
        if chance.random() < CHOOSY:
            unwanted = chance.choice((DUO, REMINDER, OVERVIEW))
            reminders.choose(
                session,
                person_id,
                set(TOPICS) - {unwanted},
                now,
            )


def promising(session: Session) -> Sequence[Capacity]:
    """Return what some mentors offer, who promise more at the end."""
    everybody = select(Capacity).order_by(col(Capacity.person_id))
    return session.exec(everybody).all()[::EVERY]


def promise_more(session: Session, now: datetime) -> None:
    """Let some mentors promise more hours, which wait for their managers."""
    for offer in promising(session):
        mentor = Actor(offer.person_id, frozenset({SENIOR}))
        places = min(offer.places + 1, 20)
        hours = min(offer.hours + Decimal(2), Decimal(40))
        profiles.set_places(
            session,
            mentor,
            places,
            hours,
            now,
        )


def name_confidants(session: Session, now: datetime) -> None:
    """Name somebody of each site who can be asked in confidence: no manager and no junior, best without a role."""
    held: dict[int, set[str]] = defaultdict(set)
    for role in session.exec(select(PersonRole)):
        held[role.person_id].add(role.role)
    by_number = session.exec(select(Person).order_by(Person.number))
    everybody = [person for person in by_number if not person.is_gone(local_date(now))]
    coordinator = next(id_of(person) for person in everybody if COORDINATOR in held[id_of(person)])
    for site in session.exec(select(Site).order_by(col(Site.id))).all():
        here = [person for person in everybody if person.site_id == site.id and not held[id_of(person)] & UNFIT]
        if here:
            confidant = min(here, key=lambda person: len(held[id_of(person)]))
            confidants.appoint(
                session,
                Actor(coordinator, frozenset({COORDINATOR})),
                id_of(site),
                confidant.number,
                now,
            )
