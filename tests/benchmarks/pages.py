"""How long pages take with 30,000 people and 10,000 duos, as each role, on SQLite: python -m tests.benchmarks.pages."""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlmodel import Session

from mentorship import migrations
from mentorship.app import create_app
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.people.account.actions import start_session
from mentorship.people.models import Person, PersonRole
from mentorship.programme.models import Programme
from tests.benchmarks.figures import table
from tests.benchmarks.search import DUOS, LEADERS, NOW, PEOPLE, build

TIMES = 20
WHO = {
    "junior": PEOPLE,
    "senior": LEADERS + 1,
    "manager": 3,
    "manager of all": 1,
    "coordinator": 2,
}
PAGES = (
    ("junior", "/"),
    ("junior", "/mentor-requests/mine"),
    ("junior", "/profiles"),
    ("senior", "/"),
    ("senior", "/mentorships"),
    ("senior", "/checkins"),
    ("manager", "/"),
    ("manager", "/insight/workload"),
    ("manager of all", "/"),
    ("manager of all", "/insight/workload"),
    ("coordinator", "/"),
    ("coordinator", "/people"),
    ("coordinator", "/people?q=ozturk"),
    ("coordinator", "/waiting"),
    ("coordinator", "/mentorships"),
    ("coordinator", "/rounds"),
    ("coordinator", "/insight/workload"),
    ("manager", "/duos"),
    ("manager of all", "/duos"),
    ("coordinator", "/duos"),
    ("coordinator", "/duos?view=attention"),
    ("coordinator", "/duos?q=ozturk"),
    ("coordinator", "/duos?open=1"),
    ("coordinator", "/checkins/signals"),
    ("coordinator", "/rosters"),
    ("coordinator", "/domains"),
)
"""Pages that stand in every version since 0.1, so that two versions can be compared; one that is not there is named."""


@contextmanager
def served(write: Callable[[Session], None], now: datetime) -> Iterator[Flask]:
    """Write an organisation into a database of its own, and hand out the service on it as it is at a moment."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        engine = make_engine(url)
        migrations.upgrade(engine)
        with open_session(engine) as session:
            write(session)
            session.commit()
        with engine.connect() as connection:
            connection.execute(sa.text("ANALYZE"))
            connection.commit()
        settings = Settings(
            mode="test",
            database_url=url,
            secret_key=SecretStr("of a benchmark"),
            secure_cookies=False,
            trusted_hosts=["localhost"],
        )
        app = create_app(settings)
        gc.freeze()  # as whoever serves it does
        app.config["CLOCK"] = lambda: now
        yield app
        engine.dispose()


def organisation(session: Session) -> None:
    """Write the organisation of the search's benchmark, with who looks and all that is set up."""
    build(session)
    held = ((WHO["coordinator"], "coordinator"), (WHO["senior"], "senior"))
    session.execute(sa.insert(PersonRole), [{"person_id": who, "role": role} for who, role in held])
    # an organisation with so many pairs has set itself up: the guide is over
    session.execute(sa.update(Programme).values(no_works_council=True, dpia_on=NOW, visibility="classes"))


def signed_in(app: Flask, engine: sa.Engine, person_id: int) -> FlaskClient:
    """Return a client that is signed in as somebody."""
    with open_session(engine) as session:
        secret = start_session(session, session.get_one(Person, person_id), "bench", 12, NOW)
        session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    return client


def spent(client: FlaskClient, path: str) -> tuple[list[float], int]:
    """Return how many milliseconds of the processor each load of a page took, in order of size, and its status."""
    status = client.get(path, follow_redirects=True).status_code
    times = []
    for _ in range(TIMES):
        began = time.process_time()
        client.get(path, follow_redirects=True)
        times.append((time.process_time() - began) * 1000)
    return sorted(times), status


def main() -> int:
    """Print a line a page: the median and the 95 % of its loads, in milliseconds."""
    rows = []
    with served(organisation, NOW) as app:
        engine = app.extensions["mentorship_engine"]
        for role, path in PAGES:
            client = signed_in(app, engine, WHO[role])
            times, status = spent(client, path)
            slow = times[int(TIMES * 0.95) - 1]
            rows.append([role, path, str(status), f"{statistics.median(times):.1f}", f"{slow:.1f}"])
    title = f"{PEOPLE} people, {DUOS} duos; {TIMES} loads a page; ms of the processor"
    table(title, ["role", "page", "status", "median", "95 %"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
