"""A plugin for pytest that keeps which test reaches which function, and how long each test takes.

    python -m pytest -p tests.mutants.reach --reach build/mutants/reach.json -k "not postgresql" tests

Lines are traced by `coverage`, a context a test; kept by function, so that the map outlives an edit above it. Tests
that fail are left out: they would kill every mutant.
"""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import coverage
import pytest

from tests.house import ROOT
from tests.mutants.scope import files, spans


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--reach", help="where to keep which test reaches which function")


def pytest_configure(config: pytest.Config) -> None:
    if path := config.getoption("--reach"):
        config.pluginmanager.register(Tracing(Path(path)))


class Tracing:
    """Traces each test by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        self.coverage = coverage.Coverage(
            data_file=None,
            include=[str(ROOT / file) for file in files()],
            config_file=False,
        )
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self.coverage.switch_context(item.nodeid)
        done = yield
        self.coverage.switch_context("between")
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration if report.when != "teardown" else 0
        if not report.passed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {name: round(seconds, 3) for name, seconds in self.seconds.items() if name not in self.failed}
        self.path.write_text(json.dumps({"seconds": kept, "reach": self._reached(kept)}))

    def _reached(self, kept: dict[str, float]) -> dict[str, dict[str, list[int]]]:
        numbers = {name: number for number, name in enumerate(kept)}
        data = self.coverage.get_data()
        reached = {}
        for file in files():
            tests_of_line = data.contexts_by_lineno(str(ROOT / file))
            reached[file.as_posix()] = {
                span.name: sorted(
                    {
                        numbers[test]
                        for line in range(span.first, span.last + 1)
                        for test in tests_of_line.get(line, ())
                        if test in numbers
                    }
                )
                for span in spans(ast.parse((ROOT / file).read_text()))
            }
        return reached
