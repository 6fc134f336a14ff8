"""Two hosts whose clocks differ by ten minutes, on one PostgreSQL: nothing is done twice, nobody is refused for it."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import pathlib
import threading
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship import worker
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import make_engine
from mentorship.base.shared_clock import SharedClock
from tests.client import InspectingClient
from tests.conftest import KEY, make_app
from tests.factories import Organisation
from tests.faults.conftest import Tell
from tests.faults.stage import Writer, acknowledged, built, child, known, lost, wait_for, writing
from tests.faults.test_solver import asked, missing, until, work_slowly
from tests.faults.test_worker import propose, unsent
from tests.outbox.postbox import Postbox, receiving, settings
from tests.people.test_second_factor import give_code, give_password, is_in, with_factor
from tests.rounds.stage import Stage
from tests.serving.stage import ONE_CORE, serving

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # the other one has one host
ZERO = timedelta(0)
PEOPLE = ("junior", "other_junior", "senior", "other_senior", "manager", "other_manager")
TEN = timedelta(minutes=10, seconds=5)
AHEAD = f"""
import time
from datetime import timedelta
real = time.time
time.time = lambda: real() + {TEN.total_seconds()}
from mentorship.base import clock
there = clock.utc_now
clock.utc_now = lambda: there() + timedelta(seconds={TEN.total_seconds()})
{ONE_CORE}"""
"""The service on a host whose clock is ahead."""


class ByTurns(Writer):
    """Asks the one host and then the other, as behind a proxy."""

    ports: tuple[int, int]

    def __init__(self, cookie: str, port: int) -> None:
        super().__init__(cookie, port)
        self._turns = itertools.cycle(self.ports)

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", next(self._turns), timeout=20)


def test_people_whose_pages_come_from_two_hosts_notice_nothing(
    empty_url: str, tmp_path: pathlib.Path, times: int, told: Tell
):
    """Nobody is signed out, and no form is stale."""
    cookies = built(empty_url)
    for name in ("right", "ahead"):
        (tmp_path / name).mkdir()
    with (
        serving(tmp_path / "right", ["-c", ONE_CORE], **known(empty_url)) as right,
        serving(tmp_path / "ahead", ["-c", AHEAD], **known(empty_url)) as ahead,
    ):
        ByTurns.ports = right.port, ahead.port
        with writing(cookies, right.port, ByTurns) as people:
            wait_for(people, 20 * min(times, 10))
        assert "of the database server" in ahead.said() and "of the database server" not in right.said()
    refused = [said for writer in people for said in writer.refused]
    told(len(acknowledged(people)), len(lost(empty_url, people)) + len(refused))


def work(url: str, port: int, off: timedelta) -> None:
    """Do what is due on a host whose clock is off; without a port it mails nothing."""
    known = settings(port) if port else Settings(secret_key=KEY, _env_file=None)
    worker.SharedClock = partial(SharedClock, of_host=lambda: utc_now() + off)  # type: ignore[assignment, misc]
    worker.once(make_engine(url), settings=known)


class Dawdling(Postbox):
    """Takes its time over the first mail, until told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.goes_on = threading.Event(), threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.begun.is_set():
            self.begun.set()
            await asyncio.to_thread(self.goes_on.wait, 60)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.parametrize("order", [(ZERO, TEN), (TEN, ZERO)], ids=["ahead second", "ahead first"])
def test_a_mail_under_way_is_not_taken_by_the_other_host(
    empty_url: str, order: tuple[timedelta, timedelta], times: int, told: Tell
):
    built(empty_url)
    waiting = propose(empty_url, 3 * min(times, 10))
    first, second = order
    with receiving(Dawdling()) as box:
        at_work = child(partial(work, empty_url, box.port, first))
        assert box.begun.wait(60)
        assert child(partial(work, empty_url, box.port, second)).wait() == 0
        box.goes_on.set()
        assert at_work.wait() == 0
    often = Counter(zip(box.to(), box.ids(), strict=True))
    gone = len(waiting - set(box.to())) + unsent(empty_url)
    told(len(waiting), gone + sum(number - 1 for number in often.values()))


def test_a_round_under_way_is_not_taken_by_the_other_host(
    stage: Stage, database_url: str, tmp_path: pathlib.Path, told: Tell
):
    round_id = asked(stage)
    first = child(partial(work_slowly, database_url, tmp_path))
    until((tmp_path / "begun").exists)
    begun = stage.round(round_id).claimed_at
    for off in (TEN, -TEN):
        assert child(partial(work, database_url, 0, off)).wait() == 0
    same = stage.round(round_id).claimed_at == begun
    (tmp_path / "go").touch()
    until(lambda: stage.round(round_id).status == "solved")
    first.kill()
    told(2, missing(stage, round_id) + (not same))


@pytest.fixture
def hosts(engine: sa.Engine, database_url: str, now: datetime) -> list[Flask]:
    """The service on a host whose clock is right, on one ahead, and on one behind."""
    found = []
    for off in (ZERO, TEN, -TEN):
        app = make_app(engine, database_url, now)
        app.config["CLOCK"] = SharedClock(engine, partial(_moment, off)).now
        found.append(app)
    return found


def _moment(off: timedelta) -> datetime:
    return utc_now() + off


def test_codes_and_sessions_hold_on_every_host(hosts: list[Flask], session: Session, organisation: Organisation, told):
    """The password on the one host, the code of the app on the other, and a page of each."""
    made = organisation.in_session(session, utc_now())
    refused = tried = 0
    for who, (one, other) in zip(PEOPLE, itertools.permutations(hosts, 2), strict=True):
        phone, _ = with_factor(session, made, who)
        here, there = InspectingClient(one), InspectingClient(other)
        there.flask._cookies = here.flask._cookies
        give_password(here, who)
        give_code(there, phone.code())
        refused += (not is_in(here)) + (not is_in(there))
        tried += 2
    told(tried, refused)
