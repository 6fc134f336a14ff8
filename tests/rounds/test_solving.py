"""The worker: one at a time, taken over when it was killed, and never a half-written outcome."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from mentorship import worker
from mentorship.base.errors import Conflict
from mentorship.profiles.models import Capacity
from mentorship.rounds import actions, claim, rules, solving
from mentorship.rounds.claim import Claim
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.solving import FAILED, solve_round, solve_waiting
from tests.rounds.stage import Stage, at_once

LATER = rules.LEASE + timedelta(seconds=1)


CHILD = """
import sys
from datetime import datetime
from mentorship.base.db import make_engine
from mentorship.rounds import solving

def forever(*_):
    print("solving", flush=True)
    sys.stdin.read()
    while True:
        pass

solving.solve = forever
solving.solve_round(make_engine(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
"""


class Killed(BaseException):
    """As kill -9: nothing in the service handles it."""


def meanwhile(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], Any]) -> None:
    """Let something happen, once, just after a worker found its pairs and before it writes them."""
    solve, waiting = solving.solve, [happen]

    def slow(*args: Any) -> Any:
        result = solve(*args)
        if waiting:
            waiting.pop()()
        return result

    monkeypatch.setattr(solving, "solve", slow)


def die(*_: object) -> None:
    raise Killed


def left_by_the_dead(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return a round whose solving was killed in its midst."""
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    meanwhile(monkeypatch, lambda: die())
    with pytest.raises(Killed):
        solve_round(stage.engine, round_id, stage.now)
    return round_id


def test_a_killed_solve_is_taken_over_after_the_lease_and_not_before(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    round_id = left_by_the_dead(stage, monkeypatch)
    left = stage.round(round_id)
    assert (left.status, left.claimed_at) == ("solving", stage.now)
    assert not stage.pairs(round_id)
    for wait in (timedelta(0), timedelta(seconds=10), rules.LEASE):
        assert not solve_round(stage.engine, round_id, stage.now + wait)
        assert not solve_waiting(stage.engine, stage.now + wait)
    assert stage.round(round_id).status == "solving"
    worker.once(stage.engine, stage.now + LATER)
    assert stage.round(round_id).status == "solved"
    assert len(stage.pairs(round_id)) == 2


def test_a_clock_set_back_leaves_no_round_in_the_hands_of_the_dead(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """Claimed tomorrow, by the clock of before; a moment ahead it may be somebody else's clock."""
    round_id = left_by_the_dead(stage, monkeypatch)
    assert not solve_waiting(stage.engine, stage.now - rules.LEASE / 2)
    assert solve_waiting(stage.engine, stage.now - timedelta(days=1))
    assert stage.round(round_id).status == "solved"


def test_who_is_killed_locks_nothing_for_longer_than_a_minute(stage: Stage, database_url: str):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    words = [sys.executable, "-c", CHILD, database_url, str(round_id), stage.now.isoformat()]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}
    ) as child:
        assert child.stdout is not None and child.stdout.readline() == "solving\n"
        assert not solve_waiting(stage.engine, stage.now), "somebody is at it"
        child.kill()
    assert solve_waiting(stage.engine, stage.now + timedelta(minutes=1))
    assert stage.round(round_id).status == "solved"


def test_who_is_at_work_for_long_keeps_the_round(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """Ten minutes pass while the first one solves, and all the time it says that it is there."""
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    passed = [0.0]
    monkeypatch.setattr(claim, "monotonic", lambda: passed[0])
    monkeypatch.setattr(claim, "RENEWED_EVERY", 0.001)
    taken_over = []

    def ten_minutes() -> None:
        while passed[0] < 600:
            passed[0] += 20
            moment = stage.now + timedelta(seconds=passed[0])
            while stage.round(round_id).renewed_at < moment:
                pass
            taken_over.append(solve_waiting(stage.engine, moment))

    meanwhile(monkeypatch, ten_minutes)
    assert solve_round(stage.engine, round_id, stage.now)
    assert taken_over == [False] * 30
    assert stage.round(round_id).status == "solved"


def test_who_writes_for_long_keeps_the_round(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """Packing a large outcome takes more than a lease, and somebody else looks for work meanwhile."""
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    passed = [0.0]
    monkeypatch.setattr(claim, "monotonic", lambda: passed[0])
    monkeypatch.setattr(claim, "RENEWED_EVERY", 0.001)
    pack, late, taken_over = solving.pack, stage.now + timedelta(minutes=1), []

    def slow(*args: Any) -> bytes:
        passed[0] = 60
        gives_up = time.monotonic() + 20
        while stage.round(round_id).renewed_at < late and time.monotonic() < gives_up:
            pass
        taken_over.append(stage.round(round_id).renewed_at < late)
        return pack(*args)

    monkeypatch.setattr(solving, "pack", slow)
    assert solve_round(stage.engine, round_id, stage.now)
    assert taken_over == [False]
    assert stage.round(round_id).status == "solved"


def test_a_database_that_is_away_for_a_moment_does_not_end_the_renewing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    monkeypatch.setattr(claim, "RENEWED_EVERY", 0.001)
    tell, told, again = Claim.tell, [], Event()

    def stumble_once(self: Claim, **values: Any) -> bool:
        if not values:
            told.append(len(told))
            if len(told) == 1:
                raise sa.exc.OperationalError("UPDATE", {}, Exception("restarting"))
            again.set()
        return tell(self, **values)

    monkeypatch.setattr(Claim, "tell", stumble_once)
    meanwhile(monkeypatch, lambda: again.wait(20))
    assert solve_round(stage.engine, round_id, stage.now) and again.is_set()
    assert stage.round(round_id).status == "solved"
    assert "the database does not answer: Exception: restarting" in caplog.text


def test_stopped_by_the_coordinator_it_writes_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO, solving.log.name)
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)

    def stop() -> None:
        version = stage.round(round_id).version
        stage.act(actions.stop_solving, stage.coordinator, round_id, version, stage.now)

    meanwhile(monkeypatch, stop)
    assert solve_round(stage.engine, round_id, stage.now)
    stopped = stage.round(round_id)
    assert (stopped.status, stopped.stage, stopped.claimed_at, stopped.failure) == ("draft", "", None, "")
    assert not stage.pairs(round_id) and not solve_waiting(stage.engine, stage.now)
    assert len(stage.audit("stop solving")) == 1
    assert "is solved" not in caplog.text
    with pytest.raises(Conflict):
        stop()
    assert stage.solve(round_id).status == "solved", "and it can be solved again"


def test_killed_while_writing_leaves_the_outcome_of_before_whole(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    first, second = stage.cast()
    round_id = stage.solved()
    before, solved = stage.pairs(round_id), stage.round(round_id)
    stage.change(Capacity, stage.person("senior"), paused=True)
    stage.ask(round_id)
    explained = []

    def second_one_kills(self: Explainer, edge: int) -> dict[str, Any]:
        explained.append(edge)
        return die() if len(explained) == 2 else {}

    with monkeypatch.context() as patched:
        patched.setattr(Explainer, "explain", second_one_kills)
        with pytest.raises(Killed):
            solve_round(stage.engine, round_id, stage.now)
    assert stage.pairs(round_id) == before
    assert stage.round(round_id).input_hash == solved.input_hash
    assert solve_round(stage.engine, round_id, stage.now + LATER)
    assert stage.pairs(round_id) == dict.fromkeys((first, second), stage.person("other_senior"))


def test_a_worker_that_was_taken_over_writes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """The first had read that the senior was there; the second, a lease later, knows better."""
    first, _ = stage.cast()
    round_id = stage.open()
    stage.ask(round_id)

    def take_over() -> None:
        stage.change(Capacity, stage.person("senior"), paused=True)
        assert solve_round(stage.engine, round_id, stage.now + LATER)

    meanwhile(monkeypatch, take_over)
    solve_round(stage.engine, round_id, stage.now)
    found = stage.round(round_id)
    assert (found.status, found.solved_at) == ("solved", stage.now + LATER)
    assert (found.version, found.stage) == (3, ""), "asked for and solved: two changes, not three"
    assert stage.pairs(round_id)[first] == stage.person("other_senior")


def test_a_worker_that_was_taken_over_and_then_fails_does_not_stop_the_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    stages = []

    def take_over_and_fail() -> None:
        with pytest.raises(Killed):  # the second one is at work as well
            meanwhile(monkeypatch, lambda: die())
            solve_round(stage.engine, round_id, stage.now + LATER)
        stages.append(stage.round(round_id).stage)
        raise RuntimeError("out of memory")

    meanwhile(monkeypatch, take_over_and_fail)
    solve_round(stage.engine, round_id, stage.now)
    found = stage.round(round_id)
    assert (found.status, found.failure, found.claimed_at) == ("solving", "", stage.now + LATER)
    assert [found.stage] == stages, "nor does it tell how far the other is"
    assert found.version == 2


def test_a_failure_is_said_and_can_be_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    stage.cast()
    round_id = stage.open()

    def fail() -> None:
        raise RuntimeError("a fault of ours")

    meanwhile(monkeypatch, fail)
    failed = stage.solve(round_id)
    assert (failed.status, failed.failure) == ("draft", FAILED)
    assert stage.solve(round_id).failure == ""
    assert len(stage.pairs(round_id)) == 2


def test_two_workers_at_once_and_one_solves(stage: Stage):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    found = at_once(*[lambda: solve_round(stage.engine, round_id, stage.now)] * 3)
    assert sorted(found) == [False, False, True]
    assert stage.round(round_id).status == "solved" and len(stage.pairs(round_id)) == 2


def test_the_worker_solves_all_that_waits_and_then_has_nothing_to_do(stage: Stage):
    stage.cast()
    waiting = [stage.open("Een"), stage.open("Twee")]
    draft = stage.open("Niet gevraagd")
    for round_id in waiting:
        stage.ask(round_id)
    assert [solve_waiting(stage.engine, stage.now) for _ in waiting] == [True, True]
    assert [stage.round(i).status for i in (*waiting, draft)] == ["solved", "solved", "draft"]
    assert not solve_waiting(stage.engine, stage.now)


def test_a_round_over_nothing_is_solved_too(stage: Stage):
    found = stage.solve(stage.open())
    assert (found.status, found.quality["requests"], found.quality["matched"]) == ("solved", 0, 0)
