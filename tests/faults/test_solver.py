"""The process that solves a round is killed, stopped or starved: the round goes on, whole, and nothing stays locked."""

from __future__ import annotations

import multiprocessing
import os
import pathlib
import signal
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from mentorship import worker
from mentorship.base import leader
from mentorship.base.config import Settings
from mentorship.base.db import locked, make_engine, open_session
from mentorship.base.shared_clock import SharedClock
from mentorship.rounds import claim, rules, solving
from mentorship.rounds.models import Round
from tests.conftest import KEY
from tests.faults.conftest import Tell
from tests.faults.stage import LONGEST, child, known
from tests.rounds.stage import Stage
from tests.serving.stage import ONE_CORE, family, serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there no process is stopped by a signal")
QUICK = timedelta(seconds=3)
"""How long a claim and the lead last here, where half a minute and a minute would be."""


def hurry() -> None:
    """Let this process wait less long for others than the service does."""
    rules.LEASE = QUICK
    claim.RENEWED_EVERY = QUICK.total_seconds() / 6
    leader.HUNG_AFTER = int(QUICK.total_seconds())


def work(url: str) -> None:
    """Work until killed."""
    hurry()
    worker.run(make_engine(url), Settings(secret_key=KEY, _env_file=None))


def work_slowly(url: str, folder: pathlib.Path) -> None:
    """Work, but be at the first round until told to go on; tell when it begins, and when it is through with it."""
    hold_on(folder)
    work(url)


def hold_on(folder: pathlib.Path) -> None:
    """Let solving last until told to go on."""
    solve, solve_round = solving.solve, solving.solve_round

    def slow(*given: object) -> object:
        (folder / "begun").touch()
        until(lambda: (folder / "go").exists(), 600)
        return solve(*given)  # type: ignore[arg-type]

    def tell(engine: sa.Engine, round_id: int, now: datetime) -> bool:
        done = solve_round(engine, round_id, now)
        (folder / "through").touch()
        return done

    solving.solve, solving.solve_round = slow, tell  # type: ignore[assignment]


def starve(url: str, round_id: int, seconds: float) -> None:
    """Solve a round, which takes so long, behind others who leave little of the machine."""
    os.nice(5)
    solve = solving.solve

    def slow(*given: object) -> object:
        burn(seconds)
        return solve(*given)  # type: ignore[arg-type]

    solving.solve = slow  # type: ignore[assignment]
    engine = make_engine(url)
    assert solving.solve_round(engine, round_id, SharedClock(engine).now())


def burn(seconds: float) -> None:
    """Take all that one gets of a core, for so long."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        sum(range(10_000))


def until(holds: Callable[[], object], seconds: float = LONGEST) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def asked(stage: Stage) -> int:
    round_id = stage.open()
    stage.ask(round_id)
    return round_id


def is_free(stage: Stage, round_id: int) -> bool:
    """Tell whether nobody holds a lock on the round, and nothing of an outcome is written."""
    with open_session(stage.engine) as session:
        if stage.engine.dialect.name == "postgresql":
            session.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
        return locked(session, Round, round_id) is not None and not stage.pairs(round_id)


def missing(stage: Stage, round_id: int) -> int:
    """Count what an outcome should hold and does not."""
    return (stage.round(round_id).status != "solved") + abs(len(stage.pairs(round_id)) - 2)


def test_the_solver_is_killed(stage: Stage, database_url: str, tmp_path: pathlib.Path, times: int, told: Tell):
    gone = 0
    for n in range(times):
        round_id, folder = asked(stage), tmp_path / f"{n}"
        folder.mkdir()
        first = child(partial(work_slowly, database_url, folder))
        until((folder / "begun").exists)
        first.kill()
        first.wait()
        gone += not is_free(stage, round_id)
        with another(database_url):
            until(lambda: stage.round(round_id).status == "solved")  # noqa: B023
        gone += missing(stage, round_id)
    told(times, gone)


@contextmanager
def another(url: str):
    """Another worker, until the block ends."""
    second = child(partial(work, url))
    try:
        yield
    finally:
        second.kill()
        second.wait()


@pytest.mark.parametrize("kind", ["postgresql"])  # on a file there is one process, and gunicorn minds it: below
def test_the_solver_is_stopped(stage: Stage, database_url: str, tmp_path: pathlib.Path, times: int, told: Tell):
    """Another one leads and solves; the first, let go on, writes nothing over that."""
    gone, tries = 0, min(times, 10)
    for n in range(tries):
        round_id, folder = asked(stage), tmp_path / f"{n}"
        folder.mkdir()
        first = child(partial(work_slowly, database_url, folder))
        until((folder / "begun").exists)
        os.kill(first.process.pid or 0, signal.SIGSTOP)
        gone += not is_free(stage, round_id)
        with another(database_url):
            until(lambda: stage.round(round_id).status == "solved")  # noqa: B023
        solved = stage.round(round_id)
        (folder / "go").touch()
        os.kill(first.process.pid or 0, signal.SIGCONT)
        until((folder / "through").exists)
        first.kill()
        first.wait()
        again = stage.round(round_id)
        gone += missing(stage, round_id) + ((again.solved_at, again.version) != (solved.solved_at, solved.version))
    told(tries, gone)


HELD = """
import pathlib, sys
from mentorship import serving
from tests.faults.test_solver import hold_on, hurry
serving.HUNG_AFTER = 3
hurry()
folder = pathlib.Path(sys.argv.pop(1))
if not (folder / "begun").exists():
    hold_on(folder)
"""
"""A service whose first process is at the first round for ever, and is missed after three seconds."""


@pytest.mark.parametrize("kind", ["sqlite"])  # where the process that serves also works
def test_the_process_that_serves_and_solves_is_stopped(
    stage: Stage, database_url: str, tmp_path: pathlib.Path, told: Tell
):
    round_id = asked(stage)
    program = HELD + ONE_CORE
    with serving(tmp_path, ["-c", program, str(tmp_path)], **known(database_url)) as service:
        until((tmp_path / "begun").exists)
        (serves,) = family(service.pid)[1:]
        os.kill(serves, signal.SIGSTOP)
        free = is_free(stage, round_id)
        until(lambda: family(service.pid)[1:] not in ([], [serves]))
        (tmp_path / "go").touch()
        until(lambda: stage.round(round_id).status == "solved")
    told(1, missing(stage, round_id) + (not free))


def test_the_solver_is_starved(stage: Stage, database_url: str, times: int, told: Tell):
    """All cores are busy with something that goes before; nobody takes the round from who is slow.

    By `make faults` it takes longer, on SQLite, than a claim lasts that is not renewed.
    """
    round_id, clock = asked(stage), SharedClock(stage.engine)
    cores = multiprocessing.cpu_count()
    crowd = [child(partial(burn, 4 * LONGEST)) for _ in range(2 * cores)]
    slow = child(partial(starve, database_url, round_id, 35 if times > 1 and "sqlite" in database_url else 3))
    until(lambda: stage.round(round_id).claimed_at)
    taken_at, taken_over = stage.round(round_id).claimed_at, 0
    while stage.round(round_id).status != "solved":
        taken_over += solving.solve_waiting(stage.engine, clock.now())
        time.sleep(0.2)
    for one in crowd:
        one.kill()
    assert slow.wait() == 0
    told(1, taken_over + missing(stage, round_id) + (stage.round(round_id).claimed_at != taken_at))
