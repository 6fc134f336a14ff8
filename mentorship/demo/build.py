"""Build the demo from the bundled HR export, through the same verbs that people use."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from mentorship import migrations
from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.demo.check_ins import live
from mentorship.hr_import.actions import import_directory
from mentorship.insight.queries import workload
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.models import PROPOSED, Mentorship
from mentorship.people import actions as people
from mentorship.people import passwords
from mentorship.people.access import ADMIN, COORDINATOR, JUNIOR, MANAGER, SENIOR, Actor
from mentorship.people.models import Account, Person, PersonRole, Site
from mentorship.people.queries import line_below, people_with_role, roles_of
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import Capacity
from mentorship.programme import actions as programme
from mentorship.programme.queries import programme as programme_settings
from mentorship.rounds import actions as rounds
from mentorship.rounds.models import Round
from mentorship.rounds.solving import solve_round

DATA = Path(__file__).parent / "installatiebedrijf"
PASSWORD = "samen-leren"  # noqa: S105 (printed for everybody to see)


def settings(folder: Path = Path("instance")) -> Settings:
    """Return settings that are good for a demo on this machine and for nothing else."""
    return Settings(
        mode="demo",
        database_url=f"sqlite:///{folder / 'demo.db'}",
        secret_key=secrets.token_hex(32),
        secure_cookies=False,
        trusted_hosts=[],
        argon2_memory_kib=19 * 1024,
        argon2_time_cost=2,
    )


def usable(engine: Engine) -> bool:
    """Tell whether the demo was built completely by this version."""
    try:
        found, wanted = migrations.state(engine)
        if found != wanted:
            return False
        with open_session(engine, read_only=True) as session:
            asked = session.exec(select(AuditRow.id).where(AuditRow.verb == "solve round")).all()
            return len(asked) >= 2  # the last verb of building; what people do afterwards does not take it away
    except SQLAlchemyError:
        return False


def build(engine: Engine, now: datetime) -> None:
    """Fill an empty database: import, set-up, three months of check-ins, a round partly accepted, one to review."""
    migrations.upgrade(engine)
    before, start = now - timedelta(days=98), now - timedelta(days=14)
    with open_session(engine) as session:
        import_directory(session, DATA, None, before)
        coordinator = _give_roles(session, before)
        _set_up(session, coordinator, before)
        _give_accounts(session, before)
        session.commit()
    live(engine, coordinator, before, now)
    with open_session(engine) as session:
        sites = [s.id for s in session.exec(select(Site).order_by(Site.name)) if s.id is not None]
        first = rounds.open_round(session, coordinator, name="Proefronde", site_ids=sites[:2], now=start)
        rounds.ask_to_solve(session, coordinator, first.id or 0, first.version, start)
        session.commit()
        first_id = first.id or 0
    solve_round(engine, first_id, start)
    with open_session(engine) as session:
        published = session.get_one(Round, first_id)
        rounds.publish(session, coordinator, first_id, published.version, start + timedelta(days=1))
        session.commit()
    with open_session(engine) as session:
        _answer(session, start + timedelta(days=3))
        _promise_more(session, now - timedelta(days=1))
        second = rounds.open_round(session, coordinator, name="Najaarsronde", site_ids=[], now=now - timedelta(hours=2))
        rounds.ask_to_solve(session, coordinator, second.id or 0, second.version, now - timedelta(hours=2))
        session.commit()
        second_id = second.id or 0
    solve_round(engine, second_id, now - timedelta(hours=1))


def _give_roles(session: Session, now: datetime) -> Actor:
    """Make two employees without a role coordinator and admin."""
    held = select(PersonRole.person_id)
    free = list(session.exec(select(Person).where(col(Person.id).not_in(held)).order_by(Person.number).limit(2)))
    service = Actor(0, frozenset())
    for person, role in zip(free, (COORDINATOR, ADMIN), strict=True):
        people.set_roles(session, service, person.id or 0, [role], now)
    return Actor(free[0].id or 0, frozenset({COORDINATOR}), free[0].name)


def _set_up(session: Session, coordinator: Actor, now: datetime) -> None:
    day = local_date(now)
    values = {
        "works_council_on": day - timedelta(days=40),
        "dpia_on": day - timedelta(days=50),
        "visibility": "classes",
    }
    programme.change(session, coordinator, programme_settings(session).version, values, now)


def _give_accounts(session: Session, now: datetime) -> None:
    """Give everybody the demo password: one hash for all, which is fast and as insecure as a demo may be."""
    shared = passwords.from_settings(settings()).hash(PASSWORD)
    for person_id in session.exec(select(Person.id)).all():
        session.add(Account(person_id=person_id or 0, password_hash=shared, changed_at=now))


def _answer(session: Session, now: datetime) -> None:
    """Let most accept, a few refuse, and some still think."""
    proposals = select(Mentorship).where(Mentorship.status == PROPOSED).order_by(col(Mentorship.id))
    for number, proposal in enumerate(session.exec(proposals).all()):
        mentor, junior = (Actor(i, roles_of(session, i)) for i in (proposal.mentor_id, proposal.junior_id))
        fate = number % 10
        if fate == 9:
            mentorships.answer(session, junior, proposal.id or 0, False, now)
        elif fate < 6:
            mentorships.answer(session, mentor, proposal.id or 0, True, now)
            mentorships.answer(session, junior, proposal.id or 0, True, now)
        elif fate == 6:
            mentorships.answer(session, mentor, proposal.id or 0, True, now)


def _promise_more(session: Session, now: datetime) -> None:
    """Let some mentors promise more hours, which wait for their managers."""
    offers = session.exec(select(Capacity).order_by(col(Capacity.person_id))).all()
    for offer in offers[::12]:
        mentor = Actor(offer.person_id, frozenset({SENIOR}))
        profiles.set_places(session, mentor, min(offer.places + 1, 20), min(offer.hours + Decimal(2), Decimal(40)), now)


def who(session: Session, now: datetime) -> list[tuple[str, str, str]]:
    """Return (name, number, role) of one person per role who has something to do."""
    waiting = select(Mentorship).where(Mentorship.status == PROPOSED, col(Mentorship.mentor_accepted).is_(None))
    proposal = session.exec(waiting.order_by(col(Mentorship.id))).first()
    managers = sorted(people_with_role(session, MANAGER))
    loads = workload(session, None, local_date(now))
    lines = {m: set(session.scalars(line_below(m))) for m in managers}

    def busy(manager: int) -> tuple[bool, bool, int]:
        line = [load for load in loads if load.person.id in lines[manager]]
        return not any(load.waits for load in line), not any(load.taken for load in line), len(line)

    manager = min(managers, key=busy, default=None)
    chosen = {
        JUNIOR: proposal.junior_id if proposal else None,
        SENIOR: proposal.mentor_id if proposal else None,
        MANAGER: manager,
        COORDINATOR: min(people_with_role(session, COORDINATOR), default=None),
        ADMIN: min(people_with_role(session, ADMIN), default=None),
    }
    found = [(session.get(Person, person_id), role) for role, person_id in chosen.items() if person_id is not None]
    return [(p.name, p.number, role) for p, role in found if p is not None]
