"""The table of faults says so when a fault was not tried at all, and ends as a failure."""

from __future__ import annotations

import pytest

from tests.faults import __main__ as faults


def test_a_fault_whose_test_is_not_there_could_not_be_run():
    found = faults._try(("tests/faults/test_lightning.py",), "sqlite", 120)
    assert found == faults.Row(skipped=faults.NOT_RUN)


def test_a_fault_that_is_about_neither_database_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(faults, "FAULTS", {"lightning": ()})
    monkeypatch.setattr(faults, "_try", lambda *_: None)
    assert faults.main() == 1
    assert "on either database" in capsys.readouterr().out


def test_a_fault_on_one_database_alone_is_enough(monkeypatch: pytest.MonkeyPatch):
    found = {"sqlite": faults.Row(tried=1), "postgresql": None}
    monkeypatch.setattr(faults, "FAULTS", {"lightning": ()})
    monkeypatch.setattr(faults, "_try", lambda _selected, database, _seconds: found[database])
    assert faults.main() == 0
