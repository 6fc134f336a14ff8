"""Build the demo from an HR export, the bundled one or one from a seed number, through the verbs that people use."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from mentorship import migrations, worker
from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import id_of, make_engine, open_session
from mentorship.demo import calendar, coming, desk, organisation
from mentorship.demo.growing import let_people_grow
from mentorship.demo.proving import ask_for_a_trainer, note_certificates
from mentorship.demo.pulsing import hold_pulse
from mentorship.demo.questions import ask_around, two
from mentorship.demo.set_up import name_confidants, promise_more, set_up
from mentorship.demo.simulation import WAKING, Passed, Simulation, Told
from mentorship.demo.staying import say_how_long
from mentorship.demo.summary import summary
from mentorship.people.account import passwords
from mentorship.people.models import Site

DATA = organisation.BUNDLED
PASSWORD = "samen-leren-werkt"  # noqa: S105 (printed for everybody to see)
BUNDLED_DAYS = timedelta(days=98)
"""How long ago the bundled organisation began."""
BETWEEN_ROUNDS = timedelta(days=61)
LAST_ROUND = timedelta(days=6)
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
        planning_feed=True,
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
            # the last verb of building; what people do afterwards does not take it away
            asked = select(AuditRow.id).where(AuditRow.verb == "solve round")
            return len(session.exec(asked).all()) >= 2
    except SQLAlchemyError:
        return False


def make(path: Path, now: datetime, invented: Invented | None, told: Told) -> str:
    """Build a demo in the place of the one at `path`, which stays until it is done; return what it came to."""
    begun = perf_counter()
    part = path.with_name(f"{path.name}.building")
    _remove(part)
    engine = make_engine(f"sqlite:///{part}")
    try:
        passed = _fill(engine, now, invented, told)
        with open_session(engine, read_only=True) as session:
            came_to = summary(session, passed, perf_counter() - begun)
        engine.dispose()
        _remove(path)
        part.rename(path)
    finally:
        engine.dispose()
        _remove(part)
    return came_to


def _fill(engine: Engine, now: datetime, invented: Invented | None, told: Told) -> Passed:
    if invented is None:
        return build(engine, now, told)
    return invent(engine, now, invented, told)


def _remove(path: Path) -> None:
    for leftover in path.parent.glob(f"{path.name}*"):  # a journal of a killed process goes with it
        if ".building" not in leftover.name.removeprefix(path.name):
            leftover.unlink()


def build(engine: Engine, now: datetime, told: Told = lambda share: None) -> Passed:
    """Fill an empty database from the bundled export: pairs that have lived, rounds, and people who come and go."""
    since = now - BUNDLED_DAYS
    living = _begin(engine, DATA, 7, since)
    with open_session(engine, read_only=True) as session:
        rows = session.exec(select(Site).order_by(Site.name))
        sites = [id_of(site) for site in rows]
    first = now - timedelta(days=60)
    living.programme.plan_round(
        first,
        "Proefronde",
        sites=sites[:2],
    )
    coming.announce(living, sites, now)
    coming.foresee(living, now)
    with open_session(engine) as session:
        calendar.keep_rosters(session, since, now)
        session.commit()
    passed = _live(
        engine,
        living,
        since,
        now,
        "Derde ronde",
        told,
        hours=(10,),
    )
    with open_session(engine) as session:
        coming.leave_something(session, living.coordinator, now)
        session.commit()
    return passed


def invent(engine: Engine, now: datetime, invented: Invented, told: Told = lambda share: None) -> Passed:
    """Fill an empty database with an organisation that does not exist, some months after it began."""
    days = round(invented.months * 30.44)
    since = now - timedelta(days=days)
    with TemporaryDirectory() as name:
        folder = Path(name)
        organisation.write(
            folder,
            invented.people,
            invented.seed,
            local_date(since),
        )
        living = _begin(engine, folder, invented.seed, since)
    starts = _starts(since, now)
    for number, moment in enumerate(starts, 1):
        living.programme.plan_round(moment, f"Koppelronde {number}")
    living.duos.silent_since = starts[-1]
    return _live(
        engine,
        living,
        since,
        now,
        f"Koppelronde {len(starts) + 1}",
        told,
    )


def _starts(since: datetime, now: datetime) -> list[datetime]:
    """Return when the rounds begin that are published by now."""
    last = now - LAST_ROUND
    starts = [since + timedelta(days=1)]
    while starts[-1] + BETWEEN_ROUNDS < last:
        starts.append(starts[-1] + BETWEEN_ROUNDS)
    starts.append(last)
    return starts


def _begin(engine: Engine, export: Path, seed: int, since: datetime) -> Simulation:
    """Take in an export and set up, so that time can pass."""
    migrations.upgrade(engine)
    hasher = passwords.from_settings(settings())
    with open_session(engine) as session:
        coordinator = set_up(
            session,
            export,
            hasher.hash(PASSWORD),
            seed,
            since,
        )
        session.commit()
    return Simulation(
        engine,
        seed,
        coordinator,
        settings(),
    )


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
            desk.work(session, living.coordinator, now, mails=settings().mails)
            promise_more(session, now - timedelta(minutes=2))
            name_confidants(session, now - timedelta(minutes=2))
            ask_around(session, two(session), now - timedelta(minutes=2))
            note_certificates(session, living.coordinator, (two(session) or [0])[-1], now - timedelta(minutes=2))
            ask_for_a_trainer(session, now - timedelta(minutes=2))
            hold_pulse(session, living.coordinator, now)
            living.programme.open(
                session,
                now - timedelta(minutes=1),
                name,
            )
            say_how_long(session, now - timedelta(minutes=1))
            let_people_grow(session, living.coordinator, now - timedelta(minutes=1))
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
