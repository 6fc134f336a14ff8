"""kill -9 of the worker while people write: their writes are there, and each mail goes out, at most once more."""

from __future__ import annotations

import pathlib
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship import worker
from mentorship.base import outbox
from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from mentorship.base.outbox import OutboxRow
from tests.factories import Organisation
from tests.faults.conftest import Tell
from tests.faults.service import serving
from tests.faults.stage import acknowledged, built, child, known, lost, wait_for, writing
from tests.outbox.postbox import Postbox, receiving, settings
from tests.reminders.conftest import ask_before

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends a process at once")
PAIRS = 5
KILLS = 2


def propose(url: str, number: int) -> set[str]:
    """Propose pairs an hour ago; return the addresses of those who are to hear of it now."""
    now = utc_now()
    engine = make_engine(url)
    with Session(engine) as session:
        made = Organisation(session, now, sites={"Ede": 1}, domains={"Pneumatiek": 1}, rosters={"DAG": 1})
        told = []
        for n in range(number):
            for role in ("senior", "junior"):
                key = f"{role}{n}"
                told.append(f"{key}@example.nl")
                made.person(key, role, roster=None, email=told[-1])
            made.offers(f"senior{n}")
            made.pair(f"senior{n}", f"junior{n}", proposed_at=now - timedelta(hours=1))
        ask_before(session, now)
        session.commit()
    engine.dispose()
    return set(told)


def work(url: str, port: int) -> None:
    """Work until killed: as `worker` on a server, and by `worker --once` on a file, where another one leads."""
    engine = make_engine(url)
    if engine.dialect.name == "postgresql":
        worker.run(engine, settings(port))
    while True:
        worker.once(engine, settings=settings(port))


def unsent(url: str) -> int:
    """Count the mails that neither went out nor were dropped."""
    engine = make_engine(url)
    with open_session(engine, read_only=True) as session:
        query = select(sa.func.count(col(OutboxRow.id))).where(OutboxRow.sent_at.is_(None))  # type: ignore[union-attr]
        found = session.exec(query.where(col(OutboxRow.dropped_at).is_(None))).one()
    engine.dispose()
    return found


def test_the_worker_is_killed_while_people_write(empty_url: str, tmp_path: pathlib.Path, times: int, told: Tell):
    cookies = built(empty_url)
    waiting = propose(empty_url, PAIRS * times)
    rng = random.Random(18)
    kills = KILLS * times
    with (
        receiving(Postbox()) as box,
        serving(tmp_path, **known(empty_url)) as service,
        writing(cookies, service.port) as people,
    ):
        for _ in range(kills):
            at_work = child(partial(work, empty_url, box.port))
            at_work.started()
            wait_for(people, 2)
            time.sleep(rng.uniform(0, 0.5))
            at_work.kill()
            assert at_work.wait() < 0, "it was killed"
        wait_for(people, 2)
    with receiving(box, box.port):
        engine = make_engine(empty_url)
        worker.once(engine, utc_now() + 2 * outbox.LEASE, settings(box.port))
        engine.dispose()
    often = Counter(box.ids())
    twice = [one for one in often.values() if one > 1]
    assert max(often.values()) <= 2 and len(twice) <= kills
    gone = len(waiting - set(box.to())) + unsent(empty_url)
    told(len(acknowledged(people)) + len(waiting), gone + len(lost(empty_url, people)))
