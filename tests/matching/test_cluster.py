"""Many organisations or sites at once: their parts are solved on a real Dask cluster of processes."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from distributed import Client, LocalCluster

from mentorship.matching import assign, check, solve
from tests.matching.builders import sites

solve_part = assign.solve_part


@pytest.fixture
def client(tmp_path):
    room = {"local_directory": str(tmp_path / "dask"), "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **room) as cluster, Client(cluster) as client:
        yield client


def killed_once(mark, part):
    """Solve a part; whoever comes to the first one is killed at it, as by want of memory or a machine that stops."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return solve_part(part)
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def assert_same(problem, shared, alone):
    check(problem, shared)
    assert np.array_equal(shared.mentor, alone.mentor) and np.array_equal(shared.prices, alone.prices)
    assert shared.objective == shared.bound == alone.objective


@pytest.mark.long
def test_a_cluster_comes_to_the_same_round_also_when_a_worker_is_killed(client, monkeypatch, tmp_path):
    monkeypatch.undo()  # a fixture's function cannot travel
    monkeypatch.setattr("mentorship.matching.parts.PART", 100)
    problem = sites(12, 20)
    alone = solve(problem, seed=4)
    with client.get_executor() as executor:
        assert_same(problem, solve(problem, seed=4, executor=executor), alone)

    workers, mark = set(client.run(os.getpid).values()), tmp_path / "killed"
    monkeypatch.setattr(assign, "solve_part", partial(killed_once, str(mark)))
    with client.get_executor() as executor:
        shared = solve(problem, seed=4, executor=executor)
    assert mark.exists()
    client.wait_for_workers(2)
    assert workers - set(client.run(os.getpid).values()), "no worker was lost"
    assert_same(problem, shared, alone)
