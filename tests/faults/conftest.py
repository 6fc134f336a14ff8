"""Fixtures: how often each fault is tried, and what is told of it for the table of `make faults`."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from tests.factories import Organisation
from tests.faults.disks import may_mount, may_trace
from tests.rounds.stage import Stage

TIMES = {"": 1, "whole": 10}
WHOLE_ONLY = (
    "test_time.py::",
    "test_the_server_is_killed",
    "test_the_worker_is_killed",
    "test_the_solver_is_starved",
    "test_half_a_day",
)
"""What `make faults` alone tries on PostgreSQL too: among the tests the embedded database stands for both."""
NEEDS = {"disk": may_mount, "traced": may_trace}
"""Fixtures that not every machine has; what wants one is left out there, and `make faults` says so."""
Tell = Callable[[int, int], None]


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Leave out what this machine cannot bring about, and what takes long and tells little more."""
    items[:] = [item for item in items if all(may() for name, may in NEEDS.items() if name in item.fixturenames)]
    if os.environ.get("FAULTS"):
        return
    items[:] = [item for item in items if not ("[postgresql" in item.nodeid and _is_whole_only(item))]


def _is_whole_only(item: pytest.Item) -> bool:
    return any(name in item.nodeid for name in WHOLE_ONLY)


@pytest.fixture
def times() -> int:
    """How often a fault is brought about: once among the tests, ten times by `make faults`, or as FAULTS says."""
    said = os.environ.get("FAULTS", "")
    return TIMES[said] if said in TIMES else int(said)


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime) -> Stage:
    """Two who ask, and two mentors."""
    found = Stage(engine, organisation, now)
    found.cast()
    return found


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Tell:
    """Tell how much was tried, and how much of it was lost: nothing may be."""

    def tell(tried: int, lost: int) -> None:
        record_property("tried", tried)
        record_property("lost", lost)
        assert tried and not lost

    return tell
