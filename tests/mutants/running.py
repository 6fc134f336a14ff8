"""A plugin for pytest that tries mutants: tests are collected once, and each mutant lives in a fork of that process.

A fork gets one changed function and runs the tests that reach it, until one fails. A mutant outside of any function
(a constant) needs the file to be imported anew, so it has a process of its own. The test that killed is run once more
without the mutant: a test that fails by itself kills nobody.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.house import ROOT
from tests.mutants.mutations import Mutant
from tests.mutants.planting import CannotPlant, plant_at_import, plant_live

KILLED, SURVIVED, UNREACHED, LATE, UNSURE = "killed", "survived", "no test", "killed (time)", "unsure"
ENDS_WELL, ENDS_BADLY, PLANTED_NOWHERE = "", "!", "?"


@dataclass(frozen=True)
class Task:
    """A mutant, and the tests that shall notice it, the likeliest first."""

    mutant: Mutant
    tests: list[str]
    limit: int


def written(tasks: list[Task]) -> str:
    """Return tasks as text."""
    return json.dumps([asdict(task) for task in tasks])


def read(text: str) -> list[Task]:
    """Return what `written` wrote."""
    rows = json.loads(text)
    return [Task(Mutant(**row["mutant"]), row["tests"], row["limit"]) for row in rows]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutants", help="the tasks")
    parser.addoption("--told", help="where to write what became of each, a line a mutant")
    parser.addoption("--planted", help="a file with one mutant, to be there from the import on")


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if path := early_config.known_args_namespace.planted:
        (task,) = read(Path(path).read_text())
        plant_at_import(task.mutant)


def pytest_configure(config: pytest.Config) -> None:
    if path := config.getoption("--mutants"):
        config.pluginmanager.register(Trying(read(Path(path).read_text()), Path(config.getoption("--told"))))


class Trying:
    """Tries each mutant against the tests that were collected."""

    def __init__(self, tasks: list[Task], told: Path) -> None:
        self.tasks = tasks
        self.told = told
        self.sound: dict[str, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise pytest.UsageError("tests could not be collected")
        self.items = {item.nodeid: item for item in session.items}
        self.temporary = session.config._tmp_path_factory.getbasetemp()
        _warm(session)
        with self.told.open("a") as file:
            for number, task in enumerate(self.tasks):
                outcome, by = self._try(task)
                task.mutant.applied((ROOT / task.mutant.file).read_text())  # else it was tried on another text
                file.write(json.dumps({"number": number, "outcome": outcome, "by": by}) + "\n")
                file.flush()
        return True

    def _try(self, task: Task) -> tuple[str, str]:
        tests = [name for name in task.tests if name in self.items]
        if not tests:
            return UNREACHED, ""
        outcome, by = self._forked(tests, task.limit, task.mutant)
        if outcome == UNSURE:
            outcome, by = _apart(task, tests)
        if outcome == KILLED and not self._is_sound(by, task.limit):
            rest = [name for name in task.tests if name != by]
            return self._try(Task(task.mutant, rest, task.limit))
        return outcome, by

    def _is_sound(self, name: str, limit: int) -> bool:
        if name not in self.sound:
            self.sound[name] = name not in self.items or self._forked([name], limit, None)[0] == SURVIVED
        return self.sound[name]

    def _forked(self, names: list[str], limit: int, mutant: Mutant | None) -> tuple[str, str]:
        """Return what became of the mutant in a fork, and by which test."""
        listening, telling = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(listening)
            _live(telling, [self.items[name] for name in names], limit, mutant)
        os.close(telling)
        with os.fdopen(listening) as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self._tidy()
            late = os.WTERMSIG(status) == signal.SIGALRM
            return (LATE, "") if late else (KILLED, f"signal {os.WTERMSIG(status)}")
        if said == PLANTED_NOWHERE:
            return UNSURE, ""
        return (KILLED, said) if said else (SURVIVED, "")

    def _tidy(self) -> None:
        """Take away what a killed fork left beside the database: the next one would read it."""
        for path in self.temporary.glob("**/leermaat.db-*"):
            path.unlink()


class _Elsewhere:
    """A next test of no folder and no file, so that nothing but what the whole run keeps stays set up."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    def listchain(self) -> list[pytest.Session]:
        return [self._session]


def _warm(session: pytest.Session) -> None:
    """Run one test, so that what a whole run builds once (databases, the application) stands before the first fork."""
    for fixture in ("visit", "session"):
        for item in session.items:
            if fixture in getattr(item, "fixturenames", ()):
                runtestprotocol(item, nextitem=_Elsewhere(session), log=False)  # type: ignore[arg-type]
                return


def _live(telling: int, items: list[pytest.Item], limit: int, mutant: Mutant | None) -> None:
    """Live as a fork: never returns."""
    said = PLANTED_NOWHERE
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limit)
    try:
        if mutant is not None:
            plant_live(mutant)
        said = ENDS_BADLY
        said = next(_failing(items), ENDS_WELL)
    except CannotPlant:
        pass
    finally:
        os.write(telling, said.encode())
        os._exit(0)


def _failing(items: list[Any]) -> Iterator[str]:
    for item, after in zip(items, [*items[1:], items[0]], strict=True):
        if any(report.failed for report in runtestprotocol(item, nextitem=after, log=False)):
            yield item.nodeid


def _apart(task: Task, tests: list[str]) -> tuple[str, str]:
    """Try a mutant in a process of its own, where the changed file is imported."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(written([task]))
        file.flush()
        words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutants.running", "--planted", file.name]
        try:
            done = subprocess.run(
                [*words, *tests], capture_output=True, text=True, timeout=task.limit + STARTING, check=False
            )
        except subprocess.TimeoutExpired:
            return LATE, ""
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    failed = [line.split(" ", 1)[1].split(" - ")[0] for line in lines]
    return (SURVIVED, "") if done.returncode == 0 else (KILLED, failed[0] if failed else "import")


STARTING = 60
"""Seconds that a process of its own may take before its first test."""
