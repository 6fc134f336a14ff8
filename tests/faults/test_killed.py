"""kill -9 of the server, of workers, and of PostgreSQL: what was acknowledged is there, no mail is lost."""

from __future__ import annotations

import os
import pathlib
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial

import pytest
import sqlalchemy as sa

from mentorship import migrations
from mentorship.base import delivery, outbox
from mentorship.base.db import make_engine, open_session
from mentorship.base.mail import Mail, transport
from mentorship.base.outbox import OutboxRow
from tests.conftest import lacking
from tests.databases import postgres_programs, postgres_server
from tests.faults.conftest import Tell
from tests.faults.service import serving
from tests.faults.stage import acknowledged, built, child, known, lost, wait_for, writing
from tests.outbox.postbox import Postbox, receiving, settings
from tests.serving.stage import kill_hard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends a process at once")


def test_the_server_is_killed_while_people_write(empty_url: str, tmp_path: pathlib.Path, times: int, told: Tell):
    cookies = built(empty_url)
    rng = random.Random(18)
    tried = gone = 0
    for _ in range(times):
        with (
            serving(tmp_path, **known(empty_url)) as service,
            writing(cookies, service.port) as people,
        ):
            wait_for(people, rng.randint(5, 25))
            kill_hard(service.pid)
        tried += len(acknowledged(people))
        gone += len(lost(empty_url, people))
    told(tried, gone)


def _words(_session: object, row: OutboxRow, _now: object) -> Mail:
    return Mail(f"p{row.recipient_id}@example.nl", "Vogel", "Vogel", "<p>Vogel</p>")


def _send_all(url: str, port: int, now: datetime) -> None:
    engine = make_engine(url)
    way = transport(settings(port))
    while delivery.deliver(engine, now, way, {"news": _words}, batch=20).more:
        pass


def test_three_workers_one_killed_send_each_reminder(
    empty_url: str, now, tmp_path: pathlib.Path, times: int, told: Tell
):
    """At most the mail that was under way goes out twice, with the same Message-ID."""
    mails = 100 * times
    engine = make_engine(empty_url)
    migrations.upgrade(engine)
    with open_session(engine) as session:
        for person in range(1, mails + 1):
            outbox.ask(session, "news", person, now.date(), now)
        session.commit()
    engine.dispose()
    with receiving(Postbox()) as box:
        workers = [child(partial(_send_all, empty_url, box.port, now)) for _ in range(3)]
        _until(lambda: len(box.taken) > mails // 10)
        workers[0].kill()
        ended = [worker.wait() for worker in workers]
        assert ended[1:] == [0, 0]
        _send_all(empty_url, box.port, now + outbox.LEASE + outbox.LEASE)
    with open_session(engine) as session:
        unsent = session.scalar(sa.select(sa.func.count()).where(OutboxRow.sent_at.is_(None)))  # type: ignore[union-attr]
    engine.dispose()
    often = Counter(box.to())
    twice = [who for who, number in often.items() if number > 1]
    assert len(twice) <= 1 and max(often.values()) <= 2
    assert len(set(box.ids())) == len(often), "the same Message-ID"
    told(mails, mails - len(often) + (unsent or 0))


def _until(holds) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def server(kind: str) -> Iterator[sa.URL]:
    """A PostgreSQL that keeps what it said, to be broken."""
    programs = postgres_programs()
    if programs is None:
        lacking("PostgreSQL")
    assert programs is not None
    with postgres_server(programs, synchronous_commit="on", full_page_writes="on") as url:
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE leermaat"))
        engine.dispose()
        yield url


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # the other one has no server
def test_the_database_is_restarted_while_people_write(server: sa.URL, tmp_path: pathlib.Path, times: int, told: Tell):
    """By a crash: every connection is cut, in the middle of transactions too. The same service goes on afterwards."""
    url = server.set(database="leermaat").render_as_string(hide_password=False)
    cookies = built(url)
    with serving(tmp_path, **known(url)) as service, writing(cookies, service.port) as people:
        for _ in range(times):
            wait_for(people, 10)
            _restart(server)
            wait_for(people, 10)
    told(len(acknowledged(people)), len(lost(url, people)))
    refused = [said for writer in people for said in writer.refused]
    assert not [said for said in refused if said.endswith(" 500")], refused


def _restart(server: sa.URL) -> None:
    folder = pathlib.Path(str(server.query["host"]))
    programs = postgres_programs()
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    words = [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]  # type: ignore[operator]
    command = [*prefix, *map(str, words), "-m", "immediate", "-o", options, "restart"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
