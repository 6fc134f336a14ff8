"""Build the demo from an HR export, the bundled one or one from a seed number, through the verbs that people use."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from mentorship import migrations, worker
from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.demo import organisation
from mentorship.demo.simulation import WAKING, Passed, Simulation, Told
from mentorship.demo.summary import summary
from mentorship.hr_import.actions import import_directory
from mentorship.insight.queries import workload
from mentorship.mentorships.models import PROPOSED, Mentorship
from mentorship.people import actions as people
from mentorship.people.access import ADMIN, COORDINATOR, JUNIOR, MANAGER, SENIOR, Actor
from mentorship.people.account import passwords
from mentorship.people.models import Account, Person, PersonRole, Site
from mentorship.people.queries import line_below, people_with_role
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import Capacity
from mentorship.programme import actions as programme
from mentorship.programme.queries import programme as programme_settings
from mentorship.reminders import actions as reminders
from mentorship.reminders.models import TOPICS

DATA = organisation.BUNDLED
PASSWORD = "samen-leren"  # noqa: S105 (printed for everybody to see)
BETWEEN_ROUNDS, LAST_ROUND = timedelta(days=61), timedelta(days=6)
"""How long after the one before a round begins; the last one is so recent that some still think."""


@dataclass(frozen=True)
class Invented:
    """An organisation of so many people that was here for so many months; another seed is another one."""

    people: int
    months: float
    seed: int


def settings(folder: Path = Path("instance")) -> Settings:
    """Return settings that are good for a demo on this machine and for nothing else."""
    return Settings(
        mode="demo",
        database_url=f"sqlite:///{folder / 'demo.db'}",
        smtp_host="",
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


def make(path: Path, now: datetime, invented: Invented | None, told: Told) -> str:
    """Build a demo in the place of the one at `path`, which stays until it is done; return what it came to."""
    begun, part = perf_counter(), path.with_name(f"{path.name}.building")
    _remove(part)
    engine = make_engine(f"sqlite:///{part}")
    try:
        passed = build(engine, now, told) if invented is None else invent(engine, now, invented, told)
        with open_session(engine, read_only=True) as session:
            came_to = summary(session, passed, perf_counter() - begun)
        engine.dispose()
        _remove(path)
        part.rename(path)
    finally:
        engine.dispose()
        _remove(part)
    return came_to


def _remove(path: Path) -> None:
    for leftover in path.parent.glob(f"{path.name}*"):  # a journal of a killed process goes with it
        if ".building" not in leftover.name.removeprefix(path.name):
            leftover.unlink()


def build(engine: Engine, now: datetime, told: Told = lambda share: None) -> Passed:
    """Fill an empty database from the bundled export: pairs that have lived, a round just published, one to review."""
    living = _begin(engine, DATA, 7, now - timedelta(days=98))
    with open_session(engine, read_only=True) as session:
        sites = [s.id for s in session.exec(select(Site).order_by(Site.name)) if s.id is not None]
    living.programme.plan_round(now - timedelta(days=60), "Proefronde", sites=sites[:2])
    living.programme.plan_round(now - timedelta(days=8), "Herfstronde", sites=sites[2:])
    return _live(engine, living, now - timedelta(days=98), now, "Najaarsronde", told, (10,))


def invent(engine: Engine, now: datetime, invented: Invented, told: Told = lambda share: None) -> Passed:
    """Fill an empty database with an organisation that does not exist, some months after it began."""
    since = now - timedelta(days=round(invented.months * 30.44))
    with TemporaryDirectory() as folder:
        organisation.write(Path(folder), invented.people, invented.seed, local_date(since))
        living = _begin(engine, Path(folder), invented.seed, since)
    starts = [since + timedelta(days=1)]
    while starts[-1] + BETWEEN_ROUNDS < now - LAST_ROUND:
        starts.append(starts[-1] + BETWEEN_ROUNDS)
    starts.append(now - LAST_ROUND)
    for number, moment in enumerate(starts, 1):
        living.programme.plan_round(moment, f"Koppelronde {number}")
    return _live(engine, living, since, now, f"Koppelronde {len(starts) + 1}", told)


def _begin(engine: Engine, export: Path, seed: int, since: datetime) -> Simulation:
    """Take in an export and set up, so that time can pass."""
    migrations.upgrade(engine)
    with open_session(engine) as session:
        import_directory(session, export, None, since)
        coordinator = _give_roles(session, since)
        _set_up(session, coordinator, since)
        _give_accounts(session, since)
        _choose_mail(session, seed, since)
        session.commit()
    return Simulation(engine, seed, coordinator, settings())


def _live(
    engine: Engine,
    living: Simulation,
    since: datetime,
    now: datetime,
    name: str,
    told: Told,
    hours: Sequence[int] = WAKING,
) -> Passed:
    """Let time pass, and leave something to do: hours to confirm and a round to review."""
    with hasty(engine):
        passed = living.run(since, now, told, hours)
        with open_session(engine) as session:
            _promise_more(session, now - timedelta(minutes=2))
            living.programme.open(session, now - timedelta(minutes=1), name)
            session.commit()
        worker.once(engine, now, settings())
    return passed


@contextmanager
def hasty(engine: Engine) -> Iterator[None]:
    """Do not wait for the disk: a demo of which the building was cut short is built again."""

    def configure(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    if engine.dialect.name != "sqlite":
        yield
        return
    event.listen(engine, "connect", configure)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", configure)
        engine.dispose()


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


def _choose_mail(session: Session, seed: int, now: datetime) -> None:
    """Let a few want no mail of some topic."""
    chance = Random(seed)  # noqa: S311 (the same every time)
    for person_id in session.exec(select(Person.id).order_by(col(Person.id))).all():
        if chance.random() < 0.04:
            reminders.choose(session, person_id or 0, set(TOPICS) - {chance.choice(TOPICS)}, now)


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
