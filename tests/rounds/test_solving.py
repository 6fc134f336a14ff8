"""The worker: one at a time, taken over when it was killed, and never a half-written outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mentorship import worker
from mentorship.profiles.models import Capacity
from mentorship.rounds import rules, solving
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.solving import FAILED, solve_round, solve_waiting
from tests.rounds.stage import Stage, at_once

LATER = rules.LEASE + timedelta(seconds=1)


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


def test_a_killed_solve_is_taken_over_after_the_lease_and_not_before(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    meanwhile(monkeypatch, lambda: die())
    with pytest.raises(Killed):
        solve_round(stage.engine, round_id, stage.now)
    left = stage.round(round_id)
    assert (left.status, left.claimed_at) == ("solving", stage.now)
    assert not stage.pairs(round_id)
    for wait in (timedelta(0), timedelta(minutes=1), rules.LEASE):
        assert not solve_round(stage.engine, round_id, stage.now + wait)
        assert not solve_waiting(stage.engine, stage.now + wait)
    assert stage.round(round_id).status == "solving"
    worker.once(stage.engine, stage.now + LATER)
    assert stage.round(round_id).status == "solved"
    assert len(stage.pairs(round_id)) == 2


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
    """The first had read that the senior was there; the second, half an hour later, knows better."""
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
