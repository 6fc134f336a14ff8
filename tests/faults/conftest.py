"""Fixtures: how often each fault is tried, and what is told of it for the table of `make faults`."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

TIMES = {"": 1, "whole": 10}
Tell = Callable[[int, int], None]


@pytest.fixture
def times() -> int:
    """How often a fault is brought about: once among the tests, ten times by `make faults`, or as FAULTS says."""
    said = os.environ.get("FAULTS", "")
    return TIMES[said] if said in TIMES else int(said)


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Tell:
    """Tell how much was tried, and how much of it was lost: nothing may be."""

    def tell(tried: int, lost: int) -> None:
        record_property("tried", tried)
        record_property("lost", lost)
        assert tried and not lost

    return tell
