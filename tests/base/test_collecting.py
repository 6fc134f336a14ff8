"""The garbage collector is off for no longer than somebody needs that."""

from __future__ import annotations

import pytest

from mentorship.base import collecting


class Collector:
    """One that another thread turns on just after somebody found it off."""

    on = False

    def isenabled(self) -> bool:
        found, self.on = self.on, True
        return found

    def disable(self) -> None:
        self.on = False

    def enable(self) -> None:
        self.on = True


def test_two_at_once_never_leave_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Collector()
    monkeypatch.setattr(collecting, "gc", shared)
    with collecting.paused():
        pass
    assert shared.on
