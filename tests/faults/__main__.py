"""Bring every fault about, on both databases, and print what was tried and what was lost: `make faults`.

FAULTS=100 tries as often instead of ten times. It ends after a quarter of an hour, and names what was not reached.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figures import table

LONGEST = 15 * 60
DATABASES = ("sqlite", "postgresql")
ENDED_WELL = (0, 1, 5)
"""What pytest returns when all passed, some failed, or none is about that database; else it told of no test."""
NOT_RUN = "could not be run"
FAULTS: dict[str, tuple[str, ...]] = {
    "server killed while people write": ("tests/faults/test_killed.py::test_the_server_is_killed_while_people_write",),
    "worker killed while people write": ("tests/faults/test_worker.py",),
    "power cut while people write": ("tests/faults/test_power.py",),
    "database crashed while people write": (
        "tests/faults/test_killed.py::test_the_database_is_restarted_while_people_write",
    ),
    "disk full while people write": ("tests/faults/test_disk.py",),
    "disk full: pages, uploads, imports": (
        "tests/web/test_errors.py::test_a_full_disk_beneath_the_embedded_database",
        "tests/web/test_errors.py::test_a_full_disk_beneath_postgresql",
        "tests/web/test_errors.py::test_a_full_disk_beneath_an_upload",
        "tests/hr_import/test_full_disk.py",
    ),
    "disk full: backup": ("tests/operations/test_backup.py::test_a_full_disk_is_told_and_nothing_is_left",),
    "backup changed, cut, of another": (
        "tests/operations/test_backup.py::test_a_backup_that_is_not_what_was_written_is_refused",
    ),
    "all at once for one place": ("tests/faults/test_at_once.py::test_one_place",),
    "all at once accept one pair": ("tests/faults/test_at_once.py::test_one_acceptance",),
    "all at once with one activation code": ("tests/faults/test_at_once.py::test_one_activation_code",),
    "three workers, one killed, reminders": (
        "tests/faults/test_killed.py::test_three_workers_one_killed_send_each_reminder",
    ),
    "killed between SMTP's yes and the commit": (
        "tests/outbox/test_delivery.py::test_killed_around_the_yes_of_the_server",
        "tests/outbox/test_delivery.py::test_a_process_killed_between_the_yes_and_our_note",
    ),
    "SMTP down, 4xx, 5xx, hangs up, tarpit": ("tests/outbox/test_server.py",),
    "summer time, each day of 2026-2036": (
        "tests/faults/test_time.py::test_every_day_of_ten_years_has_its_shifts_at_wall_time",
    ),
    "clock set back or ahead": (
        "tests/faults/test_time.py::test_a_clock_that_is_set_back_asks_nothing_twice",
        "tests/outbox/test_delivery.py::test_a_clock_that_jumps_sends_nothing_twice_and_loses_nothing",
    ),
    "two hosts ten minutes apart": ("tests/faults/test_clocks.py", "tests/base/test_shared_clock.py"),
    "worker away 1, 7, 28 days": ("tests/faults/test_time.py::test_a_worker_that_was_away_asks_each_thing_once",),
    "solver killed": ("tests/faults/test_solver.py::test_the_solver_is_killed",),
    "solver stopped": (
        "tests/faults/test_solver.py::test_the_solver_is_stopped",
        "tests/faults/test_solver.py::test_the_process_that_serves_and_solves_is_stopped",
    ),
    "solver starved": ("tests/faults/test_solver.py::test_the_solver_is_starved",),
    "migration killed half-way": ("tests/faults/test_migrating.py::test_a_migration_is_killed_and_done_again",),
    "migrations begun at once": ("tests/faults/test_migrating.py::test_several_that_begin_at_once_end_well",),
    "twelve hours of light load, compressed": ("tests/faults/test_half_a_day.py",),
    "import killed": ("tests/faults/test_import.py",),
    "import twice, two at once": (
        "tests/hr_import/test_actions.py::test_the_same_files_again_change_nothing",
        "tests/hr_import/test_upload.py::test_of_two_imports_at_the_same_moment_one_is_written",
        "tests/hr_import/test_upload.py::test_of_two_imports_into_nothing_the_second_changes_nothing",
    ),
}


@dataclass
class Row:
    """What became of one fault on one database."""

    tried: int = 0
    lost: int = 0
    skipped: str = ""


def main() -> int:
    """Print the table; return 1 when anything was lost, or could not be tried."""
    until = time.monotonic() + LONGEST
    rows = []
    wrong = False
    for name, selected in FAULTS.items():
        tried = False
        for database, found in zip(DATABASES, _on_both(selected, until), strict=True):
            if found is None:
                continue
            tried = True
            wrong = wrong or bool(found.lost or found.skipped)
            rows.append([name, database, str(found.tried), found.skipped or str(found.lost)])
            print(f"{name} ({database}): {found.tried} tried, {found.lost} lost {found.skipped}", flush=True)
        if not tried:
            wrong = True
            rows.append([name, "neither", "0", NOT_RUN])
            print(f"{name}: {NOT_RUN} on either database", flush=True)
    table("What broke, and what was lost", ["fault", "database", "tried", "lost"], rows)
    return int(wrong)


def _on_both(selected: tuple[str, ...], until: float) -> list[Row | None]:
    """Run the tests of a fault on both databases at once: each leaves a core to the other."""
    with ThreadPoolExecutor() as lanes:
        return list(lanes.map(lambda database: _try(selected, database, until - time.monotonic()), DATABASES))


def _try(selected: tuple[str, ...], database: str, seconds: float) -> Row | None:
    """Run the tests of a fault on one database; None when none is about that database."""
    if seconds <= 0:
        return Row(skipped="not reached")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        words = [
            "-q",
            "-n",
            "0",
            "-k",
            database if database == "postgresql" else "not postgresql",
            f"--junitxml={told}",
            *selected,
        ]
        known = {"FAULTS": "whole", **os.environ}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", *words],
                env=known,
                timeout=seconds,
                stdout=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Row(skipped="not reached in time")
        if done.returncode not in ENDED_WELL or not told.exists():
            return Row(skipped=NOT_RUN)
        return _read(told)


def _read(told: Path) -> Row | None:
    """Add up what the tests told; one that tells no numbers was tried once."""
    found = Row()
    cases = list(ElementTree.parse(told).iter("testcase"))
    for case in cases:
        said = {one.get("name"): one.get("value") for one in case.iter("property")}
        failed = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped")
        if skipped is not None:
            found.skipped = skipped.get("message") or "skipped"
            continue
        found.tried += int(said.get("tried") or 1)
        found.lost += max(int(said.get("lost") or 0), int(failed))
    return found if cases else None


if __name__ == "__main__":
    sys.exit(main())
