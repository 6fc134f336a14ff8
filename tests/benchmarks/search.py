"""Searching among 30,000 people and 10,000 duos, as each role, on both databases: python -m tests.benchmarks.search.

Milliseconds of the processor, of the service and its database together: what else the machine does counts little.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from mentorship import migrations
from mentorship.app import TASKS
from mentorship.base.db import make_engine, open_session
from mentorship.home.search.finding import Asked, find
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.actions import renew_sort_keys
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles.models import Capacity, Domain
from tests.databases import postgres_programs, postgres_server

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PEOPLE, DUOS, WAITING = 30_000, 10_000, 3_000
LEADERS, TIMES, SHOWN = 1_000, 10, 4
GIVEN = ("Bilal", "Nazan", "Kenan", "Piet", "Jan", "Anja", "Björn", "Zoë", "Małgorzata", "Søren", "Fatima", "Lotte")
INFIXES = ("", "", "van", "de", "van der", "ter", "'t")
FAMILY = ("Öztürk", "Jansen", "Yıldırım", "Bakker", "Müller", "Smits", "Nguyen", "Visser", "Kowalski", "Groot")
QUERIES = ("ozturk", "jansen piet", "kenan nazan", "a", "10023", "van der", "uren", "xyzzy", "code ozturk", "")
WHO = (
    ("coordinator", Actor(2, frozenset({"coordinator"}))),
    ("manager of all", Actor(1, frozenset({"manager"}))),
    ("manager", Actor(3, frozenset({"manager"}))),
    ("admin", Actor(4, frozenset({"admin"}))),
    ("junior", Actor(PEOPLE, frozenset({"junior"}))),
)


def build(session: Session) -> None:
    """Write the organisation: a third guides, a third is guided, of the rest some wait."""
    rng = random.Random(1)
    session.add_all([Site(id=1, name="Ede"), Domain(id=1, name="Laagspanning"), Domain(id=2, name="Pneumatiek")])
    session.flush()
    people = [person(n, rng) for n in range(1, PEOPLE + 1)]
    session.execute(sa.insert(Person), people)
    renew_sort_keys(session)
    roles = [{"person_id": n, "role": "manager" if n <= LEADERS else "junior"} for n in range(1, PEOPLE + 1)]
    session.execute(sa.insert(PersonRole), roles)
    offer = {"places": 2, "hours": Decimal(4), "confirmed_hours": Decimal(4), "paused": False}
    session.execute(sa.insert(Capacity), [{"person_id": n, **offer} for n in range(LEADERS + 1, LEADERS + DUOS + 1)])
    session.execute(sa.insert(Mentorship), [_duo(n) for n in range(1, DUOS + 1)])
    first = LEADERS + 2 * DUOS
    waiting = range(1, WAITING + 1)
    session.execute(sa.insert(MentorRequest), [_request(n, first + n) for n in waiting])
    need = {"domain_id": 1, "position": 1, "current_level": 0, "target_level": 3, "importance": 3}
    session.execute(sa.insert(Need), [{"request_id": n, **need} for n in waiting])


def person(number: int, rng: random.Random) -> dict[str, object]:
    """Return somebody at the one site: the first leads all, a thousand others each some thirty."""
    manager = None if number == 1 else 1
    if number > LEADERS:
        manager = number % LEADERS + 1
    return {
        "id": number,
        "number": str(10_000 + number),
        "given_name": rng.choice(GIVEN),
        "infix": rng.choice(INFIXES),
        "family_name": rng.choice(FAMILY) + rng.choice(("", "", "-Bos", "sma")),
        "site_id": 1,
        "department": "",
        "manager_id": manager,
        "languages": "nl",
        "locale": "nl",
    }


def _duo(number: int) -> dict[str, object]:
    return {
        "mentor_id": LEADERS + number,
        "junior_id": LEADERS + DUOS + number,
        "domain_id": number % 2 + 1,
        "origin": "import",
        "status": "active",
        "round_name": "",
        "explanation": {},
        "started_on": NOW.date() - timedelta(days=90),
    }


def _request(number: int, person_id: int) -> dict[str, object]:
    asked = NOW - timedelta(days=number % 200)
    return {
        "id": number,
        "person_id": person_id,
        "status": "open",
        "goal": "",
        "created_at": asked,
        "changed_at": asked,
    }


def measure(engine: sa.Engine, actor: Actor, text: str) -> tuple[float, int]:
    """Return how many milliseconds of the processor a search takes on average, and how much it found."""
    tasks = [task for task in TASKS if not task.on_person or actor.has("coordinator")]
    asked = Asked(actor, NOW, text, SHOWN, tasks=tasks)
    found = _found(engine, asked)
    began = spent()
    for _ in range(TIMES):
        _found(engine, asked)
    return (spent() - began) / TIMES, found


def _found(engine: sa.Engine, asked: Asked) -> int:
    with open_session(engine, read_only=True) as session:
        return sum(len(group.rows) for group in find(session, asked))


def spent() -> float:
    """Return the milliseconds of the processor that this process and the database's took so far."""
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().partition("(")[2].rpartition(")")
        except OSError:  # it ended meanwhile
            continue
        if name == "postgres":
            user_system = slice(11, 15)  # of itself and of those it waited for
            ticks += sum(map(int, rest.split()[user_system]))
    return (time.process_time() + ticks / os.sysconf("SC_CLK_TCK")) * 1000


@contextmanager
def databases() -> Iterator[Sequence[tuple[str, str]]]:
    """Hand out the URLs of an empty database of each kind that this machine has."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = "SQLite", f"sqlite:///{Path(folder) / 'bench.db'}"
        programs = postgres_programs()
        if programs is None:
            yield [sqlite]
            return
        with postgres_server(programs) as server:
            yield [sqlite, ("PostgreSQL", server.render_as_string(hide_password=False))]


def main() -> int:
    """Print a table per database, in milliseconds."""
    with databases() as urls:
        for name, url in urls:
            engine = make_engine(url)
            migrations.upgrade(engine)
            with open_session(engine) as session:
                build(session)
                session.commit()
            with engine.connect() as connection:
                connection.execute(sa.text("ANALYZE"))
                connection.commit()
            print(f"\n{name}: {PEOPLE} people, {DUOS} duos, {WAITING} requests; ms of the processor (found)")
            print(f"{'':<16}" + "".join(f"{text or '(empty)':>15}" for text in QUERIES))
            for role, actor in WHO:
                cells = [measure(engine, actor, text) for text in QUERIES]
                print(f"{role:<16}" + "".join(f"{spent:9.1f} ({found:3})" for spent, found in cells))
            engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
